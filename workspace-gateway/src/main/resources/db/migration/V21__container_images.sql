-- Container images are brought in like everything else. What an image is stands in its report; its files are a folder.

create table brought (
  id        text primary key,
  number    integer not null unique,
  project   text not null references project(id),
  uploader  text not null,
  name      text not null,
  kind      text not null check (kind in ('file', 'python-wheel', 'r-package', 'container-image')),
  purpose   text not null,
  bytes     integer not null check (bytes > 0),
  declared  text,
  received  integer not null default 0,
  state     text not null check (state in
            ('uploading', 'scanning', 'waiting', 'accepted', 'delivered', 'refused', 'withdrawn', 'abandoned')),
  sha256    text,
  report    text,
  ending    text,
  reviewer  text,
  note      text,
  reviewed  text,
  created   text not null,
  touched   text not null,
  delivered text
) strict;

insert into brought select * from input;
drop table input;
alter table brought rename to input;

create unique index input_by_name on input(project, kind, name)
  where state in ('uploading', 'scanning', 'waiting', 'accepted', 'delivered');
create index input_by_project on input(project, number);
create index input_by_state on input(state, number);

-- The image that a notebook names; null for the usual one.
alter table job add column image text;
