-- An entry that sums up refused sign-ins counts as often as it says that there were some.
alter table alert_hit add column times integer not null default 1;
