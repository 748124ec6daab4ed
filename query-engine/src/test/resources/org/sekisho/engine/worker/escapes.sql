-- function-not-allowed
select read_text('/etc/passwd')
---
-- table-function-not-allowed
select * from read_text('/etc/passwd')
---
-- table-function-not-allowed
from read_text('/proc/self/environ')
---
-- table-function-not-allowed
from READ_BLOB('/proc/self/maps')
---
-- not-a-select
copy person to '/tmp/x.csv'
---
-- not-a-select
copy (select * from person) to '/tmp/x.parquet' (format parquet)
---
-- not-a-select
export database '/tmp/x'
---
-- not-a-select
import database '/tmp/x'
---
-- not-a-select
attach '/worker/data/other.duckdb' as o
---
-- not-a-select
attach ':memory:' as m
---
-- not-a-select
detach data
---
-- not-a-select
use other
---
-- not-a-select
install httpfs
---
-- not-a-select
load httpfs
---
-- not-a-select
set memory_limit = '100GB'
---
-- not-a-select
reset lock_configuration
---
-- not-a-select
pragma database_list
---
-- not-a-select
call pragma_version()
---
-- not-a-select
checkpoint
---
-- not-a-select
vacuum
---
-- table-function-not-allowed
from read_csv('/etc/passwd')
---
-- table-function-not-allowed
select * from read_csv_auto('/etc/passwd', sep => ':')
---
-- table-function-not-allowed
from read_json('/x')
---
-- table-function-not-allowed
from read_parquet('/x')
---
-- table-function-not-allowed
from parquet_metadata('/x')
---
-- table-function-not-allowed
from sniff_csv('/etc/passwd')
---
-- table-function-not-allowed
from glob('/**')
---
-- unknown-table
from '/etc/passwd'
---
-- unknown-table
select * from 'file.csv'
---
-- unknown-table
select * from "/proc/self/environ"
---
-- several-statements
select 1; select 2
---
-- several-statements
select 1; /* hidden */ select * from person;
---
-- not-a-select
select 1; drop table person
---
-- not-a-select
/* select */ -- select
 drop table person
---
-- not-a-select
select 1; copy person to '/tmp/x'
---
-- not-a-select
create table t as select 1
---
-- not-a-select
create or replace macro lower(x) as 'x'
---
-- not-a-select
create temp table t as select * from person
---
-- not-a-select
insert into person values (1)
---
-- not-a-select
delete from person
---
-- not-a-select
update person set note = 'x'
---
-- statement-not-allowed
with d as (delete from person returning *) select * from d
---
-- statement-not-allowed
with d as (insert into "order" values (1,'x') returning *) select * from d
---
-- statement-not-allowed
with d as (update person set note = '' returning *) select * from d
---
-- statement-not-allowed
with d as (copy person to '/tmp/x') select * from d
---
-- unknown-table
select * from "other-project".main.person
---
-- unknown-table
select * from other.person
---
-- unknown-table
select * from main.nothing
---
-- unknown-table
select * from information_schema.tables
---
-- unknown-table
select * from sqlite_master
---
-- unknown-table
select * from pg_catalog.pg_tables
---
-- unknown-table
select * from duckdb_tables
---
-- table-function-not-allowed
select * from duckdb_settings()
---
-- table-function-not-allowed
select * from duckdb_secrets()
---
-- table-function-not-allowed
select * from duckdb_databases()
---
-- table-function-not-allowed
from pragma_storage_info('person')
---
-- table-function-not-allowed
from pragma_table_info('person')
---
-- table-function-not-allowed
select * from query('select 1')
---
-- table-function-not-allowed
select * from query_table('person')
---
-- table-function-not-allowed
from json_execute_serialized_sql('{}')
---
-- function-not-allowed
select json_serialize_sql('select 1')
---
-- function-not-allowed
select current_setting('temp_directory')
---
-- function-not-allowed
select getvariable('x')
---
-- function-not-allowed
select getenv('PATH')
---
-- function-not-allowed
select nextval('s')
---
-- function-not-allowed
select sleep_ms(1000)
---
-- function-not-allowed
select write_log('x')
---
-- function-not-allowed
select error(note) from person
---
-- function-not-allowed
select random()
---
-- function-not-allowed
select uuid()
---
-- function-not-allowed
select version()
---
-- function-not-allowed
select current_query()
---
-- function-not-allowed
select system.main.lower('x')
---
-- function-not-allowed
select 'x'.read_text()
---
-- function-not-allowed
select __internal_compress_string_ubigint('x')
---
-- function-not-allowed
select prefecture from person where exists (select 1 from claim where current_setting('x') = code)
---
-- function-not-allowed
select list_transform([1], lambda x: getvariable('x'))
---
-- not-a-select
explain select * from person
---
-- not-a-select
explain analyze select * from person
---
-- statement-not-allowed
describe person
---
-- statement-not-allowed
select * from (describe person)
---
-- statement-not-allowed
show tables
---
-- statement-not-allowed
select * from (show all tables)
---
-- statement-not-allowed
summarize person
---
-- statement-not-allowed
from (summarize person)
---
-- statement-not-allowed
select * from (pivot person on prefecture in ('p01') using count(*))
---
-- not-a-select
pivot person on prefecture
---
-- not-a-select
prepare x as select 1
---
-- not-a-select
execute x
---
-- not-a-select
begin transaction
---
-- not-a-select
create secret s (type s3)
---
-- statement-not-allowed
select $1
---
-- statement-not-allowed
select * from person tablesample 10%
---
-- statement-not-allowed
select * from person at (version => 1)
---
-- unknown-table
with t as (select * from later), later as (select 1) select * from t
---
-- unknown-table
select * from (with hidden as (select 1) select * from hidden), hidden
---
-- syntax
select 1 into outfile '/tmp/x'
---
-- syntax
select 1 as "x
---
-- syntax
select＊from person
---
-- syntax
ＳＥＬＥＣＴ 1
---
-- unknown-table
select * from ρerson
---
-- table-function-not-allowed
select * from range(3), lateral (select * from read_text('/etc/passwd'))
---
-- unknown-table
select (select count(*) from duckdb_logs)
---
-- table-function-not-allowed
from test_all_types()
---
-- table-function-not-allowed
from arrow_scan(1, 2, 3)
---
-- table-function-not-allowed
from seq_scan('person')
---
-- table-function-not-allowed
from which_secret('s3://x', 's3')
---
-- table-function-not-allowed
from repeat_row(1, num_rows => 3)
---
-- statement-not-allowed
select 1::main.integer
