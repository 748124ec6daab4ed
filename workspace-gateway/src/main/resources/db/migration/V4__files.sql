-- Outputs of several files, and notebooks. What was there before is the result of one statement.

alter table output add column origin text not null default 'query'
  check (origin in ('query', 'workspace', 'notebook'));
alter table output add column workspace text;
alter table output add column context text not null default '';

-- The files of an output as they were given. The result of a statement has none here: its name is in output.file.
create table submitted_file (
  output   text not null references output(id),
  position integer not null,
  name     text not null,
  bytes    integer not null,
  sha256   text not null,
  primary key (output, position),
  unique (output, name)
) strict;

-- What left: held is the name of the held file, which differs where it was amended.
create table released_file (
  output   text not null references release(output),
  position integer not null,
  name     text not null,
  held     text not null,
  type     text not null,
  bytes    integer not null,
  sha256   text not null,
  primary key (output, position),
  unique (output, name)
) strict;

insert into released_file (output, position, name, held, type, bytes, sha256)
  select r.output, 0, o.file, r.file, 'text/csv', r.bytes, r.sha256
  from release r join output o on o.id = r.output;

alter table release drop column file;
alter table release drop column bytes;
alter table release drop column sha256;

-- A notebook lies in a file of its own; the row has its SHA-256 and what can be said of it without running it.
alter table job add column notebook text;
alter table job add column kernel text;
alter table job add column cells integer;
alter table job add column context text not null default '';
