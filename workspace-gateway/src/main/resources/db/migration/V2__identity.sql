-- Who may sign in, and who is signed in. Passwords as Argon2id hashes, session secrets as SHA-256.

create table account (
  id           text primary key,
  name         text not null unique,
  display_name text not null,
  roles        text not null,
  password     text not null,
  active       integer not null default 1 check (active in (0, 1)),
  created      text not null
) strict;

create table session (
  id      text primary key,
  account text not null references account(id),
  secret  text not null unique,
  opened  text not null,
  expires text not null,
  seen    text not null
) strict;

create index session_by_account on session(account);
