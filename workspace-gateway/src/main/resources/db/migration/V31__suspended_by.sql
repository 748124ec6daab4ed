alter table account add column suspended_by text;
