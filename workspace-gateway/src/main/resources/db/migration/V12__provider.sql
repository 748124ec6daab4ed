-- Accounts whose identity is vouched for elsewhere (OpenID Connect): who says so, and under which name.
alter table account add column issuer text;
alter table account add column subject text;
create unique index account_of_provider on account(issuer, subject) where issuer is not null;
