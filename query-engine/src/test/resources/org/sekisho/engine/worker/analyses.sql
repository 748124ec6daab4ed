select 1
---
select * from person limit 10
---
from person select prefecture where birth_year > 1980 limit 5
---
select prefecture, count(*) as n from person group by prefecture order by n desc, prefecture
---
select prefecture, "性別", count(*) as "人数" from person group by all order by all
---
select "都道府県", count(distinct person_id) from "患者" group by "都道府県"
---
select 都道府県 from 患者 where 都道府県 like 'p0%'
---
select "select", "group" from "order"
---
select main.person.prefecture from main.person limit 1
---
with old as (select person_id from person where birth_year < 1950), c as (select * from claim where points > 10100) select code, count(*) from c join old using (person_id) group by code
---
with recursive n(i) as (select 1 union all select i + 1 from n where i < 10) select sum(i) from n
---
select prefecture, "性別", grouping(prefecture, "性別") as g, count(*) from person group by rollup (prefecture, "性別") order by all
---
select prefecture, "性別", count(*) from person group by cube (prefecture, "性別")
---
select prefecture, "性別", count(*) from person group by grouping sets ((prefecture), ("性別"), ())
---
select code, points, row_number() over (partition by code order by points desc, person_id, day) as r from claim qualify r <= 3
---
select day, sum(points) over (order by day rows between 6 preceding and current row) from claim order by day limit 20
---
select person_id, day, lag(day) over (partition by person_id order by day) as previous, day - lag(day) over w as gap from claim window w as (partition by person_id order by day) limit 10
---
select code, quantile_cont(points, [0.25, 0.5, 0.75]), median(points), mode(points) from claim group by code
---
select code, percentile_cont(0.9) within group (order by points) from claim group by code
---
select date_trunc('month', day) as m, count(*) from claim group by m order by m
---
select year(day), quarter(day), extract(dow from day), strftime(day, '%Y-%m') from claim limit 3
---
select day + interval 3 months, date_diff('day', day, date '2021-01-01'), age(day) is not null from claim limit 3
---
select regexp_extract(prefecture, 'p(\d+)', 1)::integer as number, regexp_replace(prefecture, '^p', 'q') from person limit 3
---
select code, count(*) filter (where points > 10500) as many, avg(points), stddev_samp(points) from claim group by code having count(*) > 10
---
select p.prefecture, c.code, sum(c.points) from person p join claim c on p.person_id = c.person_id where c.day between date '2020-03-01' and date '2020-06-30' group by 1, 2 order by 3 desc limit 10
---
select * from person p where exists (select 1 from claim c where c.person_id = p.person_id and c.code = 'C1') limit 5
---
select prefecture from person where birth_year > (select avg(birth_year) from person) limit 5
---
select person_id from person except select person_id from claim where code = 'C1' limit 5
---
select 'a' as k, 1 as v union all select 'b', 2 union select 'c', 3 order by k
---
select list_sort(list(distinct code)) as codes, len(list(code)) as n from claim
---
select list_transform(range(5), lambda x: x * 2), [x + 1 for x in [1, 2, 3] if x > 1], list_sum([1, 2])
---
select {'code': code, 'n': count(*)} as pair, map([code], [count(*)]) from claim group by code
---
select unnest([1, 2, 3]) as i, unnest({'a': 1, 'b': 2})
---
select i from generate_series(1, 10) t(i) where i % 2 = 0
---
select case when points < 10200 then 'low' when points < 10800 then 'middle' else 'high' end as band, count(*) from claim group by band
---
select coalesce(grade, -1) as grade, nullif(code, 'C0'), greatest(1, 2), if(points > 0, 'y', 'n') from claim limit 3
---
select grade, count(*) from claim group by grade
---
select corr(points, grade), regr_slope(points, grade) from claim
---
select code, string_agg(distinct grade::varchar, ',' order by grade::varchar) from claim group by code
---
select columns('p.*') from person limit 2
---
select * exclude (note) replace (birth_year // 10 as birth_year) from person limit 2
---
select c.* from claim c semi join person p on c.person_id = p.person_id and p.prefecture = 'p01' limit 2
---
select * from claim c asof join person p on c.points >= p.birth_year limit 1
---
select histogram(birth_year) from person
---
select 1 / 0, 'nan'::double, null, 1e308 * 10
---
select count(*) from person where false
---
select try_cast(note as integer) from person limit 1;
---
select /* a comment; with a semicolon */ 1 -- and another ; here
---
select distinct on (code) code, points from claim order by code, points desc
---
values (1, 'x'), (2, 'y')
---
select current_date >= date '2020-01-01', now() is not null
---
select prefecture from person order by md5(prefecture || 'x') limit 3
---
select lower(upper('Ａｂ')), substring('日本語' from 2 for 1), '日本' || '語', length('日本語')
---
select printf('%05d', 42), format('{:.2f}', 3.14159), lpad('7', 3, '0'), round(2.567, 1)
---
select time_bucket(interval 1 week, day) as w, sum(points) from claim group by w order by w limit 5
---
select ntile(4) over (order by points), dense_rank() over (order by points), first_value(code) over (order by day, person_id) from claim limit 5
