package org.sekisho.checker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.Samples;
import org.sekisho.checker.attack.IndependentAttacker;
import org.sekisho.checker.attack.Knowledge;
import org.sekisho.checker.spec.Tables;

/**
 * Three small tables, each option of the specification by itself. Whether a pattern is the cheapest is decided by trying
 * every pattern of cells against another attacker.
 */
class ProtectOptionsTest {
    private static final int CELLS_AT_MOST = 12;

    /** Counts with a zero, and what a column says. */
    private static final String COUNTS =
            "town,sex,n,own,price\nA,f,1,0,5\nA,m,21,0,1\nB,f,0,0,2\nB,m,8,1,9\nC,f,12,0,3\nC,m,33,0,4\n";

    /** Sums with contributors' counts and their two largest contributions. */
    private static final String SUMS = """
            trade,size,firms,turnover,first,second
            X,small,12,80.5,20.0,11.5
            X,large,2,99.5,90.0,9.5
            Y,small,7,61.0,15.0,12.0
            Y,large,6,150.0,60.0,40.0
            """;

    /** A group among the labels, complete with all totals. */
    private static final String COMPLETE = """
            area,n
            All,118
            North,45
            n1,6
            n2,39
            South,73
            s1,30
            s2,11
            s3,32
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"cost\":\"count\"",
                "\"cost\":\"price\"",
                "\"zeros\":\"protect\",\"cost\":\"count\"",
                "\"zeros\":\"publish\"",
                "\"protection\":{\"width\":6}",
                "\"protection\":{\"absolute\":3}",
                "\"protection\":{\"relative\":0.5}",
                "\"protection\":{\"rule\":true}",
                "\"bounds\":{\"lower\":1}",
                "\"bounds\":{\"lower\":0,\"upper-factor\":1.2,\"of\":\"n\"},\"protection\":{\"absolute\":2}",
                "\"primary\":[{\"flag\":\"own\"}]",
                "\"primary\":[{\"minimum-count\":{\"n\":5}},{\"flag\":\"own\"}]",
                "\"singletons\":\"protect\"",
                "\"primary\":[{\"flag\":\"own\"}],\"singletons\":\"protect\""
            })
    void protectsCountsAtLeastCost(String option) throws IOException {
        costsTheLeast(COUNTS, spec("{\"name\":\"town\"},{\"name\":\"sex\"}", "inner", "\"frequency\":\"n\"", option));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"primary\":[{\"dominance\":{\"n\":1,\"k\":85}}],\"largest\":[\"first\"],\"protection\":{\"rule\":true}",
                "\"primary\":[{\"dominance\":{\"n\":2,\"k\":90}}],\"largest\":[\"first\",\"second\"],\"protection\":{\"rule\":true}",
                "\"primary\":[{\"p-percent\":{\"p\":10}}],\"largest\":[\"first\",\"second\"],\"protection\":{\"rule\":true}",
                "\"primary\":[{\"minimum-count\":{\"n\":3}}],\"protection\":{\"rule\":true}",
                "\"primary\":[{\"minimum-count\":{\"n\":3}}],\"protection\":{\"relative\":0.1},\"cost\":\"count\"",
                "\"primary\":[{\"minimum-count\":{\"n\":3}}],\"protection\":{\"relative\":0.2},\"cost\":\"firms\","
                        + "\"bounds\":{\"lower\":0,\"upper-factor\":3,\"of\":\"first\"}"
            })
    void protectsSumsAtLeastCost(String option) throws IOException {
        costsTheLeast(
                SUMS,
                spec(
                        "{\"name\":\"trade\"},{\"name\":\"size\"}",
                        "inner",
                        "\"frequency\":\"firms\",\"value\":\"turnover\"",
                        option));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "child,parent\nn1,North\nn2,North\ns1,South\ns2,South\ns3,South\n",
                "region,town\nNorth,n1\nNorth,n2\nSouth,s1\nSouth,s2\nSouth,s3\n"
            })
    void protectsAGroupedTableThatHasItsTotalsAtLeastCost(String hierarchy) throws IOException {
        Samples.write(directory.resolve("areas.csv"), hierarchy);
        var dimension = "{\"name\":\"area\",\"total\":\"All\",\"hierarchy\":\"areas.csv\"}";
        var report = costsTheLeast(COMPLETE, spec(dimension, "complete", "\"frequency\":\"n\"", ""));
        // n1 needs n2 or North; with n2 the sum of both is North, which may be shown.
        assertThat(report.path("cost").asDouble()).isEqualTo(39);
    }

    @Test
    void asksForTheNextCheapestWhereACellIsTooSmallToHideBehind() throws IOException {
        Samples.write(
                directory.resolve("areas.csv"), "child,parent\nn1,North\nn2,North\ns1,South\ns2,South\ns3,South\n");
        var dimension = "{\"name\":\"area\",\"total\":\"All\",\"hierarchy\":\"areas.csv\"}";
        var option = "\"primary\":[{\"minimum-count\":{\"n\":12}}],\"protection\":{\"absolute\":11}";
        costsTheLeast(COMPLETE, spec(dimension, "complete", "\"frequency\":\"n\"", option));
    }

    private com.fasterxml.jackson.databind.JsonNode costsTheLeast(String table, String spec) throws IOException {
        var file = Samples.write(directory.resolve("t.csv"), table);
        var specification = Samples.write(directory.resolve("spec.json"), spec);
        var out = directory.resolve("out");
        int exit = new ProtectCommand(new PrintStream(java.io.OutputStream.nullOutputStream(), true))
                .run(file.toString(), "--spec", specification.toString(), "--out", out.toString());
        var report = new ObjectMapper().readTree(Files.readString(out.resolve("report.json")));
        double best = best(Tables.read(file, specification), spec.contains("\"singletons\":\"protect\""));
        if (Double.isInfinite(best)) {
            assertThat(exit).isEqualTo(3);
            assertThat(report.path("unprotected")).isNotEmpty();
        } else {
            assertThat(exit).isZero();
            assertThat(report.path("cost").asDouble()).isCloseTo(best, within(1e-9));
            assertThat(report.path("optimal").asBoolean()).isTrue();
        }
        return report;
    }

    private static double best(Tables tables, boolean singletons) {
        var problem = tables.problem();
        var free = IntStream.range(0, tables.values().length)
                .filter(cell -> !problem.primary().get(cell) && !problem.shown().get(cell))
                .toArray();
        assertThat(free.length).isLessThanOrEqualTo(CELLS_AT_MOST);
        double best = Double.POSITIVE_INFINITY;
        for (int choice = 0; choice < 1 << free.length; choice++) {
            var hidden = (BitSet) problem.primary().clone();
            double cost = 0;
            for (int at = 0; at < free.length; at++) {
                if ((choice >> at & 1) == 1) {
                    hidden.set(free[at]);
                    cost += problem.cost()[free[at]];
                }
            }
            if (cost < best && safe(tables, hidden, singletons)) {
                best = cost;
            }
        }
        return best;
    }

    private static boolean safe(Tables tables, BitSet hidden, boolean singletons) {
        var problem = tables.problem();
        var values = tables.values();
        var lowest = values.clone();
        var highest = values.clone();
        for (int cell = 0; cell < values.length; cell++) {
            lowest[cell] -= problem.below()[cell];
            highest[cell] += problem.above()[cell];
        }
        var knowledge = new Knowledge(problem.equations(), hidden, values, lowest, highest);
        try (var attacker = new IndependentAttacker(knowledge)) {
            return problem.demands().stream().allMatch(demand -> {
                        var interval = attacker.interval(demand.cell());
                        double value = values[demand.cell()];
                        return demand.metBy(value - interval.lower(), interval.upper() - value);
                    })
                    && hidden.stream()
                            .filter(cell ->
                                    singletons && tables.tasks().getFirst().value(cell, "n") == 1)
                            .allMatch(knower -> safeFrom(knower, knowledge, tables));
        }
    }

    /** Whether somebody who knows one of the hidden cells can compute no other primary one. */
    private static boolean safeFrom(int knower, Knowledge known, Tables tables) {
        var others = (BitSet) known.hidden().clone();
        others.clear(knower);
        var primary = (BitSet) tables.problem().primary().clone();
        primary.clear(knower);
        var knowledge = new Knowledge(known.equations(), others, known.values(), known.lowest(), known.highest());
        return IndependentAttacker.intervals(knowledge, primary).values().stream()
                .noneMatch(interval -> interval.exact());
    }

    /** What an option names again stands in place of what would be there without it. */
    private static String spec(String dimensions, String rows, String measures, String option) {
        var fields = new java.util.ArrayList<String>();
        fields.add("\"dimensions\":[" + dimensions + "],\"rows\":\"" + rows + "\"," + measures);
        if (!option.contains("\"primary\"")) {
            fields.add("\"primary\":[{\"minimum-count\":{\"n\":10}}]");
        }
        if (!option.contains("\"protection\"")) {
            fields.add("\"protection\":{\"width\":1}");
        }
        if (!option.isEmpty()) {
            fields.add(option);
        }
        return "{" + String.join(",", fields) + "}";
    }
}
