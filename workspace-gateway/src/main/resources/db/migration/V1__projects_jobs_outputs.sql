-- Times are RFC 3339 UTC text. Documents are JSON text. No data of persons, no results, no keys.

create table project (
  id       text primary key,
  title_ja text not null,
  title_en text not null,
  created  text not null
) strict;

-- Every version a permit ever had; the highest one is in force.
create table permit (
  project  text not null references project(id),
  version  integer not null,
  document text not null,
  decided  text not null,
  by       text not null,
  primary key (project, version)
) strict;

-- The members of the permit in force, as rows, so that "my projects" is one look-up.
create table member (
  project text not null references project(id),
  person  text not null,
  primary key (project, person)
) strict;

create table application (
  id        text primary key,
  number    integer not null unique,
  applicant text not null,
  state     text not null check (state in ('submitted', 'approved', 'rejected', 'returned')),
  document  text not null,
  submitted text not null,
  decided   text,
  by        text,
  note      text,
  project   text references project(id)
) strict;

create table job (
  id              text primary key,
  number          integer not null unique,
  project         text not null references project(id),
  author          text not null,
  kind            text not null,
  title           text not null,
  sql             text not null,
  idempotency_key text,
  permit          integer not null,
  state           text not null check (state in ('queued', 'running', 'held', 'failed', 'cancelled')),
  cancelling      integer not null default 0,
  output          text,
  error           text,
  queued          text not null,
  started         text,
  ended           text
) strict;

create unique index job_resubmission on job(project, author, idempotency_key) where idempotency_key is not null;
create index job_by_author on job(project, author, number);
create index job_unfinished on job(project, number) where state in ('queued', 'running');

-- One output per job at most: a job that ran twice cannot be held twice.
create table output (
  id        text primary key,
  number    integer not null unique,
  project   text not null references project(id),
  author    text not null,
  job       text unique references job(id),
  title     text not null,
  state     text not null check (state in ('checking', 'held', 'released', 'returned', 'refused', 'withdrawn')),
  file      text not null,
  permit    integer not null,
  reviews   integer not null,
  provision text not null,
  result    text not null,
  verdict   text,
  rules     text,
  judgement text,
  created   text not null,
  checked   text,
  decided   text
) strict;

create index output_by_project on output(project, number);
create index output_by_state on output(state, number);

create table vote (
  output   text not null references output(id),
  reviewer text not null,
  decision text not null,
  note     text not null,
  at       text not null,
  primary key (output, reviewer)
) strict;

create table release (
  output      text primary key references output(id),
  file        text not null,
  bytes       integer not null,
  sha256      text not null,
  amended     integer not null,
  entry       integer not null,
  certificate text not null,
  at          text not null
) strict;

-- Snapshots this gateway has announced in its log.
create table adopted (
  dataset  text not null,
  snapshot text not null,
  at       text not null,
  primary key (dataset, snapshot)
) strict;
