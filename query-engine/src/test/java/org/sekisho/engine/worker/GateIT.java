package org.sekisho.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.engine.provision.Provision;

/** What analysts may and may not submit, through a real worker. */
class GateIT {

    private static House house;
    private static Engine engine;
    private static Provision provision;

    @BeforeAll
    static void open() throws IOException {
        house = new House();
        house.small("other-project");
        engine = new Engine(house.settings(SandboxChoice.PREFERRED));
        provision = house.small("mine");
    }

    @AfterAll
    static void close() throws IOException {
        engine.close();
        house.close();
    }

    private static QueryAnswer run(String sql) throws IOException {
        return engine.run(provision, sql, house.outputs("gate"), new Cancellation(), p -> {});
    }

    static String[] escapes() throws IOException {
        return statements("escapes.sql");
    }

    static String[] analyses() throws IOException {
        return statements("analyses.sql");
    }

    private static String[] statements(String resource) throws IOException {
        try (var in = GateIT.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .split("\n---\n");
        }
    }

    /** Each begins with {@code -- code}: the code it must be refused with. */
    @Tag("abuse-45")
    @ParameterizedTest
    @MethodSource("escapes")
    void refusesEscapes(String escape) throws IOException {
        var code = escape.substring(escape.indexOf("-- ") + 3, escape.indexOf('\n'));
        var answer = run(escape.substring(escape.indexOf('\n') + 1));
        assertThat(answer).isInstanceOf(QueryAnswer.Refused.class);
        assertThat(((QueryAnswer.Refused) answer).code()).isEqualTo(code);
        assertThat(((QueryAnswer.Refused) answer).message()).isNotBlank().doesNotContain(House.CANARY);
    }

    @ParameterizedTest
    @MethodSource("analyses")
    void runsAnalyses(String sql) throws IOException {
        assertThat(run(sql)).as(sql).isInstanceOf(QueryAnswer.Answered.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    selec 1 | syntax | 1 | 1
                    select | syntax | |
                    '' | syntax | |
                    select 1 from nowhere | unknown-table | 1 | 15
                    select '日本語', nothing from person | unknown-column | 1 | 15
                    select noway(1) | function-not-allowed | 1 | 8
                    select sum(note) from person | type | 1 | 8
                    select note from person group by prefecture | type | 1 | 8
                    select cast(note as integer) from person | conversion | 1 | 8
                    select note::date from person | conversion | 1 | 12
                    select strptime(note, '%Y') from person | conversion | |
                    select 100::tinyint * points::tinyint from claim | conversion | |
                    """)
    @Tag("abuse-55")
    void saysWhatIsWrongAndWhereWithoutQuotingData(
            String sql, String code, @Nullable Integer line, @Nullable Integer column) throws IOException {
        switch (run(sql)) {
            case QueryAnswer.Refused refused -> {
                assertThat(refused.code()).isEqualTo(code);
                assertPlace(refused.line(), refused.column(), line, column);
                assertThat(refused.toString()).doesNotContain(House.CANARY);
            }
            case QueryAnswer.Failed failed -> {
                assertThat(failed.code()).isEqualTo(code);
                assertPlace(failed.line(), failed.column(), line, column);
                assertThat(failed.toString()).doesNotContain(House.CANARY);
            }
            case QueryAnswer.Answered answered -> throw new AssertionError(answered);
            case QueryAnswer.Cancelled cancelled -> throw new AssertionError(cancelled);
        }
    }

    private static void assertPlace(
            @Nullable Integer line,
            @Nullable Integer column,
            @Nullable Integer expectedLine,
            @Nullable Integer expectedColumn) {
        if (expectedLine != null) {
            assertThat(line).isEqualTo(expectedLine);
            assertThat(column).isEqualTo(expectedColumn);
        }
    }

    @Test
    void countsColumnsInCodePointsAndLinesFromOne() throws IOException {
        var answer = (QueryAnswer.Refused) run("select '患者', -- 日本語\n  '𠮷', nope\nfrom person");
        assertThat(answer.line()).isEqualTo(2);
        assertThat(answer.column()).isEqualTo(8);
    }

    @Test
    void refusesAStatementThatIsTooLong() throws IOException {
        var answer = run("select '" + "x".repeat(100_000) + "'");
        assertThat(answer)
                .isInstanceOfSatisfying(
                        QueryAnswer.Refused.class, r -> assertThat(r.code()).isEqualTo("statement-not-allowed"));
    }

    @ParameterizedTest
    @CsvSource({"1+,1,", "(,1,)", "[,1,]", "not ,true,", "'case when true then ',1,' end'", "abs(,1,)"})
    void outlivesDeepStatements(String open, String core, @Nullable String shut) throws IOException {
        for (var depth : new int[] {200, 900, 5_000, 9_000}) {
            var answer = run("select " + open.repeat(depth) + core + (shut == null ? "" : shut.repeat(depth)));
            if (answer instanceof QueryAnswer.Failed failed) {
                assertThat(failed.code()).as("%d deep", depth).isNotIn("worker-crashed", "internal");
            }
        }
        assertThat(run("select 1")).isInstanceOf(QueryAnswer.Answered.class);
    }

    @Test
    void asksForANameWhereAnExpressionIsTooLongToBeOne() throws IOException {
        var expression = IntStream.range(0, 900)
                .mapToObj(i -> "when birth_year = %d then 'group number %d'".formatted(i, i))
                .collect(Collectors.joining(" ", "case ", " end"));
        assertThat(run("select " + expression + " from person"))
                .isInstanceOfSatisfying(QueryAnswer.Refused.class, refused -> {
                    assertThat(refused.code()).isEqualTo("type");
                    assertThat(refused.message()).contains("give it a name with AS");
                });
        assertThat(run("select " + expression + " as grouped from person")).isInstanceOf(QueryAnswer.Answered.class);
    }

    @Test
    void leavesNoFileOfARefusedStatement() throws IOException {
        var directory = house.outputs("refused");
        engine.run(provision, "select nope", directory, new Cancellation(), p -> {});
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }
}
