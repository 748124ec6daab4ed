package org.sekisho.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                    select count(*) as n from person full join claim using (person_id) | neither inner nor left
                    """)
    void doesNotKnow(String sql, String reason) throws IOException {
        var statement = ask(sql);
        assertThat(statement.contributions()).isEqualTo(Statement.Knowledge.UNKNOWN);
        assertThat(statement.reason()).contains(reason);
        assertThat(directory.resolve("contributions.arrow")).doesNotExist();
    }
}
