-- When a workspace ended locked: the next one that shows its home is opened by its owner, proved since then.
alter table home add column locked text;
