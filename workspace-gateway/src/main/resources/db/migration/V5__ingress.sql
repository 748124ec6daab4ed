-- What members bring in. Bytes are files; here is where each stands and what was found. Times are RFC 3339 UTC text.

create table input (
  id        text primary key,
  number    integer not null unique,
  project   text not null references project(id),
  uploader  text not null,
  name      text not null,
  kind      text not null check (kind in ('file', 'python-wheel', 'r-package', 'image')),
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

-- One living input of a name: what is delivered is never replaced under the feet of those who use it.
create unique index input_by_name on input(project, kind, name)
  where state in ('uploading', 'scanning', 'waiting', 'accepted', 'delivered');
create index input_by_project on input(project, number);
create index input_by_state on input(state, number);
