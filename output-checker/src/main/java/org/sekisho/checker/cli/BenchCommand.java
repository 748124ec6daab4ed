package org.sekisho.checker.cli;

import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import org.sekisho.checker.attack.RankTest;
import org.sekisho.checker.suppress.Question;
import org.sekisho.checker.suppress.Suppressor;
import org.sekisho.checker.table.Crossing;

/**
 * {@code bench checker [B1|...|differencing]}: protects a reproducible hierarchical table (counts 1 to 9 primary, zeros published),
 * attacks the result, and prints one line of JSON for each figure. Exit 1 when a limit is broken or a hidden cell is
 * exactly computable, 2 for a name that it does not know.
 */
public final class BenchCommand {
    private static final long PRIMARY_BELOW = 10;

    /** Seconds that a table may take. */
    private static final Map<String, Double> LIMITS = Map.of("B1", 5.0, "B2", 30.0, "B3", 180.0, "B4", 900.0);

    private BenchCommand() {}

    public static void main(String[] arguments) {
        var name = arguments.length == 0 ? "B1" : arguments[0].toUpperCase(Locale.ROOT);
        var table = BenchTable.ALL.stream()
                .filter(bench -> bench.name().equals(name))
                .findFirst();
        if (name.equals("DIFFERENCING")) {
            System.exit(DifferencingBench.run() ? 0 : 1);
        } else if (arguments.length > 1 || table.isEmpty()) {
            System.err.println("usage: bench checker [B1|B2|B3|B4|differencing]");
            System.exit(2);
        } else {
            System.exit(run(table.get()) ? 0 : 1);
        }
    }

    private static boolean run(BenchTable bench) {
        var crossed = bench.crossed();
        var question = question(crossed);
        long begin = System.nanoTime();
        var pattern = Suppressor.suppress(question);
        double protect = seconds(begin);
        begin = System.nanoTime();
        int computable = RankTest.run(crossed.equations(), pattern.hidden(question.primary()))
                .computable()
                .cardinality();
        double audit = seconds(begin);
        var sizes = "\"cells\":" + crossed.values().length + ",\"primary\":"
                + question.primary().cardinality() + ",\"secondary\":"
                + pattern.secondary().cardinality() + ",\"exactly_computable\":" + computable;
        double limit = LIMITS.getOrDefault(bench.name(), Double.NaN);
        boolean inTime = figure(bench.name(), "seconds", protect + audit, limit, sizes);
        figure(bench.name(), "seconds-to-protect", protect, limit, sizes);
        figure(bench.name(), "seconds-to-audit", audit, limit, sizes);
        return inTime && computable == 0;
    }

    /** Costs count cells, and among equals prefer small values. */
    static Question question(Crossing table) {
        var primary = new BitSet();
        var shown = new BitSet();
        var cost = new double[table.values().length];
        for (int cell = 0; cell < cost.length; cell++) {
            long value = table.values()[cell];
            primary.set(cell, value > 0 && value < PRIMARY_BELOW);
            shown.set(cell, value == 0);
            cost[cell] = 1 + 0.2 * Math.log1p((double) value);
        }
        return new Question(table.equations(), cost, primary, shown);
    }

    private static boolean figure(String table, String figure, double value, double limit, String sizes) {
        System.out.println(String.format(
                Locale.ROOT,
                "{\"bench\":\"checker\",\"table\":\"%s\",\"figure\":\"%s\",\"value\":%.3f,\"limit\":%.0f,\"ratio\":%.4f,%s}",
                table,
                figure,
                value,
                limit,
                value / limit,
                sizes));
        return value <= limit;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
