-- How people come to have accounts and roles: invited by one, granted by two, trained until a day.

create table training (
  account  text not null references account(id),
  training text not null,
  until    text not null,
  by       text not null,
  recorded text not null,
  primary key (account, training)
) strict;

-- The mark of a code, never the code.
create table invitation (
  account text primary key references account(id),
  mark    text not null unique,
  until   text not null
) strict;

-- What one person wants changed about an account, and what another one decided.
create table account_change (
  id       text primary key,
  number   integer not null unique,
  account  text not null references account(id),
  kind     text not null check (kind in ('roles', 'reset', 'reinstate')),
  roles    text,
  by       text not null,
  proposed text not null,
  state    text not null check (state in ('open', 'confirmed', 'refused')),
  decider  text,
  decided  text
) strict;

create index account_change_open on account_change(number) where state = 'open';
