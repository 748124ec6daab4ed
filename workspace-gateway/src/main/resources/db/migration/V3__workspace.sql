-- What members work in, and the homes that outlive it.

create table workspace (
  id       text primary key,
  number   integer not null unique,
  project  text not null references project(id),
  owner    text not null,
  image    text not null,
  state    text not null check (state in ('starting', 'running', 'locked', 'ended')),
  permit   integer not null,
  opened   text not null,
  seen     text not null,
  ended    text,
  ended_by text,
  ending   text
) strict;

-- Opening again answers the one that is open.
create unique index workspace_live on workspace(project, owner, image) where state <> 'ended';
create index workspace_by_owner on workspace(owner, number);

-- The number says which user ids of the machine its files have: never given to another home.
create table home (
  project text not null references project(id),
  person  text not null,
  number  integer not null unique,
  created text not null,
  primary key (project, person)
) strict;
