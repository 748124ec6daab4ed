-- Second factors. TOTP secrets sealed and recovery codes marked under a key that is a file; passkeys hold public keys.


alter table session add column proved text;

create table totp (
  account text primary key references account(id),
  secret  text not null,
  -- The last time step that was accepted: neither it nor an earlier one is accepted again.
  step    integer not null,
  created text not null
) strict;

create table recovery_code (
  account text not null references account(id),
  mark    text not null,
  primary key (account, mark)
) strict;

create table passkey (
  id         text primary key,
  account    text not null references account(id),
  name       text not null,
  credential text not null,
  eligible   integer not null check (eligible in (0, 1)),
  counter    integer not null,
  created    text not null,
  used       text
) strict;

create index passkey_by_account on passkey(account);
