-- The end of a project, which takes two people. What is refused is gone; the log has it.

create table closing (
  project     text primary key references project(id),
  state       text not null check (state in ('proposed', 'destroying', 'closed')),
  by          text not null,
  note        text not null,
  proposed    text not null,
  decider     text,
  decided     text,
  closed      text,
  files       integer not null default 0,
  bytes       integer not null default 0,
  certificate integer
) strict;
