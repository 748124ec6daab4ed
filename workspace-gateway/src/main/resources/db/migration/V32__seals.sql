-- Of what has not left the store keeps seals: a plain hash of a small table tells the table to whoever tries candidates.
-- The next start makes one of each hash that an earlier version kept, of the outputs that are listed here. They stay
-- listed, as sealed, until the files of the store have nothing of those hashes any more.
create table unsealed (
  output text primary key references output(id),
  sealed integer not null default 0
) strict;

insert into unsealed (output) select id from output;

alter table output drop column result;
alter table submitted_file rename column sha256 to seal;
