package org.sekisho.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.engine.arrow.Rows;
import org.sekisho.engine.provision.Provision;

class ContributionsIT {

    private static House house;
    private static Engine engine;
    private static Provision provision;

    @BeforeAll
    static void open() throws IOException {
        house = new House();
        engine = new Engine(house.settings(SandboxChoice.PREFERRED));
        provision = house.small("mine");
    }

    @AfterAll
    static void close() throws IOException {
        engine.close();
        house.close();
    }

    private static Path directory = Path.of("");

    private static Statement ask(String sql) throws IOException {
        directory = house.outputs("c" + System.nanoTime());
        var answer = engine.run(provision, sql, directory, new Cancellation(), p -> {});
        assertThat(answer).as(sql).isInstanceOf(QueryAnswer.Answered.class);
        return engine.contributions(provision, sql, directory, new Cancellation());
    }

    private static List<String> column(String file, String name) throws IOException {
        var rows = Rows.read(directory.resolve(file));
        var at = rows.names().indexOf(name);
        assertThat(at).as(name + " of " + rows.names()).isNotNegative();
        return rows.values().stream().map(row -> String.valueOf(row.get(at))).toList();
    }

    private static List<String> figures(String name) throws IOException {
        return column("contributions.arrow", name).stream()
                .map(value -> value.equals("null") ? value : new java.math.BigDecimal(value).toPlainString())
                .toList();
    }

    @Test
    void countsThePersonsBehindEachCellInTheOrderOfTheResult() throws IOException {
        var statement = ask("select prefecture, count(*) as n from person group by prefecture order by n, prefecture");
        assertThat(statement.contributions()).isEqualTo(Statement.Knowledge.KNOWN);
        assertThat(statement.keys()).containsExactly("prefecture");
        assertThat(statement.measures())
                .containsExactly(new Statement.Measure("n", Statement.Function.COUNT, null, Statement.Counts.ROWS));
        assertThat(statement.persons()).isEqualTo(Statement.Reach.KNOWN);
        assertThat(statement.facilities()).isEqualTo(Statement.Reach.NONE);
        assertThat(figures("persons"))
                .hasSize(10)
                .startsWith("1", "111")
                .isEqualTo(column("result.arrow", "n").stream()
                        .map(n -> new java.math.BigDecimal(n).toPlainString())
                        .toList());
        assertThat(figures("facilities")).containsOnly("null");
        assertThat(Files.readString(directory.resolve("statement.json")))
                .contains("\"contributions\":\"known\"", "\"function\":\"count\"", "\"counts\":\"rows\"");
    }

    @Test
    void findsTheLargestPartsOfSums() throws IOException {
        var statement = ask("select code, sum(points) as p, avg(points) as m from claim where code = 'C1' group by 1");
        assertThat(statement.measures())
                .extracting(Statement.Measure::function)
                .containsExactly(Statement.Function.SUM, Statement.Function.MEAN);
        assertThat(figures("persons")).containsExactly("200");
        assertThat(figures("facilities")).containsExactly("2");
        // Person 996 has 10996 points twice, person 991 has 10991 twice.
        assertThat(figures("p/largest-1")).containsExactly("21992");
        assertThat(figures("p/largest-2")).containsExactly("21982");
        assertThat(figures("p/total")).containsExactly("4199400");
        assertThat(figures("m/largest-1")).containsExactly("21992");
        assertThat(figures("p/facility-largest-1")).hasSize(1);
    }

    @Test
    void tellsTotalsAndNullKeysApart() throws IOException {
        ask("select grade, count(*) as n, sum(points) as s from claim group by rollup(grade) order by n");
        assertThat(column("result.arrow", "grade")).contains("null", "null");
        assertThat(figures("persons")).hasSize(5).endsWith("1000").contains("100");
    }

    @Test
    void takesTheFewestContributorsWhereAnAggregateSkipsRows() throws IOException {
        ask("select prefecture, count(*) filter (where birth_year = 1930) as n from person"
                + " where prefecture = 'p01' group by prefecture");
        var n = column("result.arrow", "n").getFirst();
        assertThat(figures("persons")).containsExactly(new java.math.BigDecimal(n).toPlainString());
    }

    @Test
    void countsThoseWhomOnlyTheDifferenceOfTwoCountsShows() throws IOException {
        // 111 persons, one of them born in 1931 (i = 1) and none else: i = 81 is in p00.
        ask(
                "select prefecture, count(*) as n, count(*) filter (where person_id is not null and birth_year <> 1931) as m"
                        + " from person where prefecture = 'p01' group by prefecture");
        assertThat(figures("persons").getFirst())
                .isEqualTo(String.valueOf(Long.parseLong(plain("n")) - Long.parseLong(plain("m"))));
    }

    @Test
    void countsThePersonsWhoHaveNoRowThatADistinctCountSees() throws IOException {
        ask("select count(distinct person_id) as n, count(distinct person_id) filter (where points > 10004) as m"
                + " from claim");
        assertThat(figures("persons")).containsExactly("5");
    }

    @Test
    void whoAddsNothingToASumStandsBehindNone() throws IOException {
        ask(
                "select code, sum(grade) as g from claim where grade = 0 or points = 10011 group by code having count(*) > 1"
                        + " order by code");
        assertThat(column("result.arrow", "code")).contains("C1");
        assertThat(figures("persons").get(column("result.arrow", "code").indexOf("C1")))
                .isEqualTo("1");
    }

    @Test
    void aSumOfAnExpressionMayBeACountInDisguise() throws IOException {
        var statement = ask("select sum(case when birth_year = 1930 then 2 else 1 end) as s, sum(birth_year) as y,"
                + " avg(birth_year + 0) as a from person");
        assertThat(statement.measures())
                .extracting(Statement.Measure::function)
                .containsExactly(Statement.Function.OTHER, Statement.Function.SUM, Statement.Function.OTHER);
    }

    @Test
    void saysWhenRowsWereChosenByWhatTheyHold() throws IOException {
        assertThat(ask("select code, count(*) as n from claim group by 1").chosen())
                .isFalse();
        assertThat(ask("select code, count(*) as n from claim group by 1 having count(*) = 7")
                        .chosen())
                .isTrue();
        assertThat(ask("select code, count(*) as n from claim group by 1 order by 2 limit 1")
                        .chosen())
                .isTrue();
    }

    private static String plain(String name) throws IOException {
        return new java.math.BigDecimal(column("result.arrow", name).getFirst()).toPlainString();
    }

    @Test
    void followsJoinsOnThePerson() throws IOException {
        var statement = ask("select p.prefecture, count(distinct c.facility_id) as f, count(distinct p.person_id) as n"
                + " from person p join claim c on p.person_id = c.person_id group by all");
        assertThat(statement.measures())
                .extracting(Statement.Measure::counts)
                .containsExactly(Statement.Counts.FACILITIES, Statement.Counts.PERSONS);
        assertThat(statement.facilities()).isEqualTo(Statement.Reach.KNOWN);
        assertThat(figures("persons"))
                .isEqualTo(column("result.arrow", "n").stream()
                        .map(v -> new java.math.BigDecimal(v).toPlainString())
                        .toList());
    }

    @Test
    void handsOverWhoStandsBehindEachRow() throws IOException {
        var statement = ask("select prefecture, count(*) as n from person group by prefecture order by prefecture");
        assertThat(sets(statement).aspects()).containsExactly(new Statement.Aspect(List.of("n"), "count", false));
        var sets = Sets.read(directory);
        assertThat(sets.rows()).isEqualTo(10);
        assertThat(sets.kinds()).isEqualTo(1);
        // Person i has the number i: pseudonyms are i times 1,000,003, and were numbered in their order.
        for (int row = 0; row < 9; row++) {
            int prefecture = row;
            assertThat(sets.persons(row, 0))
                    .containsExactlyElementsOf(IntStream.range(1, 1000)
                            .filter(i -> i % 9 == prefecture)
                            .boxed()
                            .toList());
        }
        assertThat(sets.persons(9, 0)).containsExactly(0);
        assertThat(sets(statement).sha256())
                .isEqualTo(sha256(Files.readAllBytes(directory.resolve("contributors.sets"))));
    }

    @Test
    void handsOverFacilitiesToo() throws IOException {
        ask("select code, count(*) as n from claim where points < 10002 group by code order by code");
        assertThat(Sets.read(directory).kinds()).isEqualTo(2);
        ask("select code, count(*) as n, count(distinct facility_id) as f from claim group by code order by code");
        var sets = Sets.read(directory);
        assertThat(sets.facilities(0, 0)).containsExactly(0, 1);
        assertThat(sets.persons(1, 0)).contains(1, 6, 996).hasSize(200);
    }

    @Test
    void handsOverTheUnionOfAllPartsOfATotal() throws IOException {
        ask(
                "select prefecture, \"性別\" as s, count(*) as n from person group by cube (1, 2) order by 1 nulls last, 2 nulls last");
        var sets = Sets.read(directory);
        var rows = Rows.read(directory.resolve("result.arrow")).values();
        for (int row = 0; row < rows.size(); row++) {
            var n = ((java.math.BigDecimal)
                            java.util.Objects.requireNonNull(rows.get(row).get(2)))
                    .intValueExact();
            assertThat(sets.persons(row, 0)).as(rows.get(row).toString()).hasSize(n);
        }
        assertThat(sets.persons(rows.size() - 1, 0)).hasSize(1000);
    }

    @Test
    void handsOverWhatAFilterShowsAndWhatTheDifferenceShows() throws IOException {
        var statement = ask("select count(*) as n, count(*) filter (where birth_year <> 1931) as m from person");
        assertThat(sets(statement).aspects())
                .containsExactly(
                        new Statement.Aspect(List.of("n"), "count", false),
                        new Statement.Aspect(List.of("m"), "count", false),
                        new Statement.Aspect(List.of("n", "m"), "count", true));
        var sets = Sets.read(directory);
        assertThat(sets.persons(0, 0)).hasSize(1000);
        assertThat(sets.persons(0, 1)).hasSize(987);
        assertThat(sets.persons(0, 2)).containsExactly(1, 81, 161, 241, 321, 401, 481, 561, 641, 721, 801, 881, 961);
    }

    @Test
    void aDifferenceIsOnlyToldWhereOnePartLiesWithinTheOther() throws IOException {
        var statement = ask("select count(*) filter (where birth_year < 1940) as a,"
                + " count(*) filter (where birth_year < 1950) as b,"
                + " count(*) filter (where prefecture = 'p01') as c from person");
        var sets = Sets.read(directory);
        for (int aspect = 0; aspect < sets.aspects(); aspect++) {
            var columns = sets(statement).aspects().get(aspect);
            if (columns.difference()) {
                assertThat(sets.persons(0, aspect) != null)
                        .as(columns.toString())
                        .isEqualTo(columns.columns().equals(List.of("a", "b")) && sets.persons(0, aspect) != null);
            }
        }
        assertThat(IntStream.range(0, sets.aspects())
                        .filter(aspect -> sets(statement).aspects().get(aspect).difference())
                        .mapToObj(aspect -> sets.persons(0, aspect))
                        .filter(java.util.Objects::nonNull))
                .singleElement()
                .satisfies(set -> assertThat(set).hasSize(130).contains(10, 19).doesNotContain(9, 20));
    }

    @Test
    void doesNotSayWhoIsWhoWhereRowsLookAlikeAndSomeAreMissing() throws IOException {
        var all = ask("select count(*) as n from person where prefecture in ('p01', 'p02') group by prefecture");
        assertThat(sets(all).file()).isEqualTo("contributors.sets");
        assertThat(Sets.read(directory).persons(0, 0))
                .doesNotContainAnyElementsOf(
                        java.util.Objects.requireNonNull(Sets.read(directory).persons(1, 0)));
        var some =
                ask("select count(*) as n from person where prefecture in ('p01', 'p02') group by prefecture limit 1");
        assertThat(some.contributions()).isEqualTo(Statement.Knowledge.KNOWN);
        assertThat(sets(some).reason()).contains("cannot be told apart");
        assertThat(directory.resolve("contributors.sets")).doesNotExist();
    }

    @Test
    void aCountOfPersonsWithoutTheirRowsIsOne() throws IOException {
        ask("select count(distinct person_id) as n, count(distinct person_id) filter (where points > 10004) as m"
                + " from claim");
        var sets = Sets.read(directory);
        assertThat(sets.persons(0, sets.aspects() - 1)).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void saysThatNothingIsKnownOfPersonsWithoutANumber() throws IOException {
        var other = house.provision("unnumbered", List.of(House.SMALL.getFirst()), House.TABLES.subList(0, 1));
        Files.delete(other.personNumbers());
        directory = house.outputs("c" + System.nanoTime());
        var sql = "select count(*) as n from person";
        engine.run(other, sql, directory, new Cancellation(), p -> {});
        var statement = engine.contributions(other, sql, directory, new Cancellation());
        assertThat(statement.contributions()).isEqualTo(Statement.Knowledge.UNKNOWN);
        assertThat(statement.reason()).contains("no number");
    }

    private static Statement.Sets sets(Statement statement) {
        return java.util.Objects.requireNonNull(statement.sets());
    }

    private static String sha256(byte[] bytes) throws IOException {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) as n from person",
                "select prefecture as p, count(*) from person group by p having count(*) > 5 order by 2 desc limit 3",
                "select birth_year // 10 * 10 as decade, \"性別\", count(*) from person group by 1, 2",
                "select count(*) as n from person p, claim c where p.person_id = c.person_id and c.points > 10",
                "select code, count(*) from person left join claim using (person_id) group by code",
                "select 都道府県, count(*) from 患者 group by cube(都道府県)",
                "select prefecture, round(100.0 * count(*) filter (where birth_year > 1970) / count(*), 1) as r"
                        + " from person group by 1",
                "select prefecture, count(*) filter (where birth_year > 1970) as young,"
                        + " count(*) filter (where birth_year <= 1970) as old, count(*) as n from person group by 1",
                "select c.code, count(p.note) as n from claim c left join person p on c.person_id = p.person_id"
                        + " where p.person_id is not null group by 1",
                "select count(distinct c.person_id) as a, count(distinct p.person_id) as b, count(c.person_id) as n"
                        + " from person p left join claim c on p.person_id = c.person_id and c.points > 10500",
                "select median(points) as m, max(points), min(day) from claim",
                "select count(*) as n from person where false group by prefecture"
            })
    void knows(String sql) throws IOException {
        var statement = ask(sql);
        assertThat(statement.reason()).isNull();
        assertThat(figures("row")).hasSize((int) statement.rows());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    select * from person | takes columns as they are
                    select prefecture from person | takes rows as they are
                    select distinct prefecture from person | duplicates
                    select a.prefecture, count(*) from person a, person b group by 1 | several persons
                    select a.code, count(*) from claim a left join claim b on a.code = b.code group by 1 | several persons
                    select prefecture, count(*) over () as n from person | window
                    with p as (select * from person) select count(*) as n from p | WITH
                    select count(*) as n from (select * from person) | subquery
                    select count(*) as n from person where person_id in (select person_id from claim) | subquery
                    select 1 as a union select 2 | no single SELECT
                    select sum("select") as s from "order" | no table with persons
                    select count(*), count(*) from person | one name
                    select person_id as x, count(*) from claim group by 1 | single persons
                    select count(*) as n from person where person_id <> 1000003 | single persons
                    select count(*) filter (where person_id = 5) as n from person | single persons
                    select sum(person_id % 10) as n from person | single persons
                    select rowid as r, count(*) as n from person group by 1 | not clear
                    select hash(person) as r, count(*) as n from person group by 1 | not clear
                    select count(*) as n from person where main.person.birth_year = 1950 | not clear
                    select prefecture, count(*) as n from person group by 1 having max(birth_year) > 2005 | HAVING
                    select prefecture, count(*) as n from person group by 1 having count(*) filter (where note = 'x') = 0 | HAVING
                    select prefecture, count(*) as n from person group by rollup(1) having count(*) > 9 | without all
                    select prefecture, count(*) as n from person group by rollup(prefecture) order by 2 desc limit 3 | without all
                    select prefecture, birth_year, count(*) as n from person group by grouping sets (1, 2) | in common
                    select count(distinct person_id) filter (where grade = 1) as a, count(distinct person_id) filter (where grade = 2) as b from claim | different parts
                    select count(*) as n from person full join claim using (person_id) | neither inner nor left
                    """)
    void doesNotKnow(String sql, String reason) throws IOException {
        var statement = ask(sql);
        assertThat(statement.contributions()).isEqualTo(Statement.Knowledge.UNKNOWN);
        assertThat(statement.reason()).contains(reason);
        assertThat(directory.resolve("contributions.arrow")).doesNotExist();
    }
}
