-- Since when a workspace is locked; its owner unlocks it, proved since then.
alter table workspace add column locked text;
update workspace set locked = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') where state = 'locked';
