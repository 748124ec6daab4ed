package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sekisho.checker.Samples.column;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.checker.policy.RulePacks;

/**
 * The cross table of ACRO's own tests: income from grants by year and type of grant, 918 rows of microdata of charities.
 * ACRO finds 6 cells below the threshold, 1 against (n,k), 2 against the p-ratio.
 */
class AcroTest {
    @TempDir
    Path held;

    /** Income from grants of everybody in a cell; NaN where it is not known. */
    private final Map<String, List<Double>> cells = new TreeMap<>();

    private static final List<String> MODEL = List.of("inc_activity", "inc_grants", "inc_donations", "total_costs");

    /** Rows in which every variable of the models is known. */
    private long complete;

    @Test
    void findsTheCellsThatAcroFinds() throws IOException {
        var data = data();
        assumeTrue(Files.exists(data), "SKIPPED: shared/data/sdc/acro_test_data.dta is not here to compare with");
        read(Files.readAllBytes(data));
        assertThat(cells).hasSize(24);
        write();
        var judgement = OutputChecker.with(RulePacks.load("sacro")).judgeResult(held, "r");
        assertThat(rows(judgement, "minimum-persons")).isEqualTo(6);
        assertThat(rows(judgement, "dominance")).isEqualTo(1);
        assertThat(rows(judgement, "p-percent")).isEqualTo(2);
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
    }

    /** ACRO's own tests of regressions have 6, 807 and 806 residual degrees of freedom, of which it lets the last two pass. */
    @Test
    void judgesTheRegressionsOfAcrosTestsByTheirDegreesOfFreedom() throws IOException {
        var data = data();
        assumeTrue(Files.exists(data), "SKIPPED: shared/data/sdc/acro_test_data.dta is not here to compare with");
        read(Files.readAllBytes(data));
        var rule = RulePacks.load("sacro").statistics().degreesOfFreedom();
        assertThat(complete)
                .as("rows with activity, grants, donations and costs")
                .isEqualTo(811);
        // The first ten rows, ordinary least squares of all, probit and logit with one variable more.
        long[] observations = {10, complete, complete};
        long[] parameters = {4, 4, 5};
        long[] degrees = {6, 807, 806};
        for (int test = 0; test < degrees.length; test++) {
            assertThat(observations[test] - parameters[test]).isEqualTo(degrees[test]);
            assertThat(rule.unsafe(observations[test], parameters[test])).isEqualTo(degrees[test] < 10);
            Files.writeString(
                    held.resolve("summary.txt"),
                    "No. Observations: %16d   AIC: 2.9e+04%nDf Residuals: %20d   BIC: 2.9e+04%n"
                            .formatted(observations[test], degrees[test]));
            var judgement = OutputChecker.with(RulePacks.load("sacro"))
                    .judgeFiles(List.of(held.resolve("summary.txt")), Files.createTempDirectory(held, "leaving"));
            assertThat(judgement.verdict()).isEqualTo(degrees[test] < 10 ? Verdict.REFUSE : Verdict.REFER);
        }
    }

    private static long rows(Judgement judgement, String rule) {
        return judgement.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .map(finding -> finding.where().row())
                .distinct()
                .count();
    }

    private void write() {
        var keys = cells.keySet().stream().map(key -> key.split("/", 2)).toList();
        Samples.arrow(
                held.resolve("result.arrow"),
                column("year", keys.stream().map(key -> key[0]).toArray()),
                column("grant_type", keys.stream().map(key -> key[1]).toArray()),
                column("n", whole(List::size)),
                column("grants", real(AcroTest::sum)));
        Samples.statement(held, cells.size(), List.of("year", "grant_type"), "n:count:persons", "grants:sum");
        Samples.arrow(
                held.resolve("contributions.arrow"),
                column("row", LongStream.range(0, cells.size()).boxed().toArray()),
                column("persons", whole(List::size)),
                column("facilities", whole(_ -> 50)),
                column("grants/total", real(AcroTest::sum)),
                column("grants/largest-1", real(List::getFirst)),
                column("grants/largest-2", real(all -> all.get(1))));
    }

    private static double sum(List<Double> all) {
        return all.stream().mapToDouble(Double::doubleValue).sum();
    }

    private Object[] whole(ToLongFunction<List<Double>> number) {
        return cells.values().stream().map(number::applyAsLong).toArray();
    }

    /** Of what is known, largest first; two are known in each. */
    private Object[] real(ToDoubleFunction<List<Double>> number) {
        return cells.values().stream()
                .map(all -> number.applyAsDouble(all.stream()
                        .filter(value -> !value.isNaN())
                        .sorted(Comparator.reverseOrder())
                        .toList()))
                .toArray();
    }

    /** Stata's format 118: https://www.stata.com/help.cgi?dta, sections map, variable_types, varnames and data. */
    private void read(byte[] file) {
        var bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int columns = bytes.getShort(after(file, "<K>"));
        long rows = bytes.getLong(after(file, "<N>"));
        int map = after(file, "<map>");
        int types = (int) bytes.getLong(map + 16) + "<variable_types>".length();
        int names = (int) bytes.getLong(map + 24) + "<varnames>".length();
        int at = (int) bytes.getLong(map + 72) + "<data>".length();
        for (long row = 0; row < rows; row++) {
            var values = new TreeMap<String, Object>();
            for (int column = 0; column < columns; column++) {
                int type = bytes.getShort(types + 2 * column) & 0xFFFF;
                var value = value(file, bytes, at, type);
                if (value != null) {
                    values.put(text(file, names + 129 * column, 129), value);
                }
                at += width(type);
            }
            complete += MODEL.stream().allMatch(values::containsKey) ? 1 : 0;
            cells.computeIfAbsent(values.get("year") + "/" + values.get("grant_type"), _ -> new ArrayList<>())
                    .add(values.get("inc_grants") instanceof Double known ? known : Double.NaN);
        }
    }

    private static int width(int type) {
        return switch (type) {
            case 65_526 -> 8;
            case 65_527, 65_528 -> 4;
            case 65_529 -> 2;
            case 65_530 -> 1;
            default -> type;
        };
    }

    /** @return null where it is missing, or of a type that is not asked for */
    private static @Nullable Object value(byte[] file, ByteBuffer bytes, int at, int type) {
        return switch (type) {
            case 65_527 -> bytes.getFloat(at) < 1.701e38 ? (Object) (double) bytes.getFloat(at) : null;
            case 65_529 -> (Object) bytes.getShort(at);
            default -> type <= 2_045 ? text(file, at, type) : null;
        };
    }

    private static String text(byte[] file, int from, int most) {
        int to = from;
        while (to < from + most && file[to] != 0) {
            to++;
        }
        return new String(file, from, to - from, StandardCharsets.UTF_8);
    }

    private static int after(byte[] file, String mark) {
        return new String(file, 0, 1_000, StandardCharsets.ISO_8859_1).indexOf(mark) + mark.length();
    }

    private static Path data() {
        var here = Path.of("").toAbsolutePath();
        for (var up = here; up != null; up = up.getParent()) {
            var data = up.resolve("shared/data/sdc/acro_test_data.dta");
            if (Files.exists(data)) {
                return data;
            }
        }
        return here.resolve("../shared/data/sdc/acro_test_data.dta");
    }
}
