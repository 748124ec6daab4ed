-- A workspace that ended locked leaves its home locked: the next one that shows it is opened by its owner proved anew.
alter table home add column locked integer not null default 0;
