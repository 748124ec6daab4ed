-- What the watcher of the log knows. Everything here but acknowledgements, measures and holds could be had again by
-- reading the log from its beginning. Times are RFC 3339 UTC text, or milliseconds where they are compared.

create table alert_position (
  one  integer primary key check (one = 1),
  next integer not null
) strict;

insert into alert_position (one, next) values (1, 0);

-- Entries that count towards an alert which is not there yet.
create table alert_hit (
  rule    text not null,
  subject text not null,
  entry   integer not null,
  at      integer not null,
  primary key (rule, subject, entry)
) strict;

create index alert_hit_by_time on alert_hit(rule, at);

-- What happened for the first time already.
create table alert_seen (
  rule    text not null,
  subject text not null,
  value   text not null,
  primary key (rule, subject, value)
) strict;

create table alert (
  id              text primary key,
  number          integer not null unique,
  rule            text not null,
  severity        text not null check (severity in ('notice', 'warning', 'critical')),
  state           text not null check (state in ('open', 'acknowledged')),
  about           text not null check (about in ('person', 'project', 'everybody')),
  subject         text not null,
  words           text not null,
  count           integer not null check (count > 0),
  first_entry     integer,
  last_entry      integer,
  first           text not null,
  last            text not null,
  acknowledged_by text,
  acknowledged    text,
  note            text,
  measure         text,
  measure_state   text check (measure_state in ('wanted', 'in-force', 'nothing', 'failed', 'reversed')),
  imposed         text,
  measured        text,
  reversed_by     text,
  reversed        text
) strict;

-- One open alert for one cause: what comes on top is added to it.
create unique index alert_open on alert(rule, subject) where state = 'open';
create index alert_by_measure on alert(measure_state) where measure_state is not null;

-- Projects of which nothing is released for now.
create table project_hold (
  project text primary key references project(id),
  since   text not null,
  by      text not null
) strict;

-- How much was done, by day in the zone of the data holder.
create table usage (
  day     text not null,
  project text not null,
  person  text not null,
  kind    text not null check (kind in ('queries', 'outputs', 'releases', 'downloads', 'desktop-seconds')),
  amount  integer not null,
  primary key (day, project, person, kind)
) strict;

-- Desktops that are open, until their end says for how long.
create table usage_desktop (
  workspace text primary key,
  person    text not null,
  project   text not null,
  since     integer not null
) strict;
