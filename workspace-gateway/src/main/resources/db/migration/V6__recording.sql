-- What was shown of which workspace. The bytes are files, sealed; here stands what they are and where their seal is.
create table recording (
  id        text primary key,
  number    integer not null unique,
  workspace text not null,
  project   text not null references project(id),
  person    text not null,
  state     text not null check (state in ('running', 'sealed', 'cut')),
  started   text not null,
  ended     text,
  parts     integer,
  bytes     integer,
  seal      text
) strict;

create index recording_by_project on recording(project, number);
