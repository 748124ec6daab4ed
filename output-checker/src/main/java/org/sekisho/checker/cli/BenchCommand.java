package org.sekisho.checker.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.sekisho.checker.attack.Knowledge;
import org.sekisho.checker.attack.RankTest;
import org.sekisho.checker.suppress.Question;
import org.sekisho.checker.suppress.Suppressor;
import org.sekisho.checker.table.Crossing;

/**
 * {@code bench checker [B1|...|differencing]}: protects a reproducible hierarchical table (counts 1 to 9 primary, zeros
 * published), attacks the result by rank test and by intervals, and prints one line of JSON for each figure. Exit 1 when
 * a limit is broken or a hidden cell is exactly computable, 2 for a name that it does not know.
 */
public final class BenchCommand {
    private static final long PRIMARY_BELOW = 10;
    private static final int SAMPLE = 1000;
    private static final int PORTION = 100;
    private static final long SAMPLE_SEED = 1;

    /**
     * @param seconds to protect a table and to put it through the rank test
     * @param intervalSeconds to compute the intervals of all its hidden cells, or of a sample of them
     * @param secondary cells that may be hidden besides the primary ones
     * @param gigabytes that the process may have had resident
     */
    private record Limit(double seconds, double intervalSeconds, double secondary, double gigabytes) {}

    private static final Map<String, Limit> LIMITS = Map.of(
            "B1", new Limit(3, 10, 708, 12),
            "B2", new Limit(30, 300, 4_600, 12),
            "B3", new Limit(180, 300, Double.POSITIVE_INFINITY, 12),
            "B4", new Limit(900, 300, Double.POSITIVE_INFINITY, 12));

    private final String name;
    private final Crossing table;
    private final Limit limit;
    private boolean within = true;

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
            System.exit(new BenchCommand(table.get()).run() ? 0 : 1);
        }
    }

    private BenchCommand(BenchTable bench) {
        name = bench.name();
        table = bench.crossed();
        limit = Objects.requireNonNull(LIMITS.get(name));
    }

    private boolean run() {
        var question = question(table);
        long begin = System.nanoTime();
        var pattern = Suppressor.suppress(question);
        double protect = seconds(begin);
        var hidden = pattern.hidden(question.primary());
        begin = System.nanoTime();
        int computable = RankTest.run(table.equations(), hidden).computable().cardinality();
        double rank = seconds(begin);
        var sizes = "\"cells\":" + table.values().length + ",\"equations\":"
                + table.equations().size() + ",\"primary\":"
                + question.primary().cardinality();
        figure("seconds", protect + rank, limit.seconds, sizes + ",\"exactly_computable\":" + computable);
        figure("seconds-to-protect", protect, limit.seconds, sizes);
        figure("seconds-of-rank-test", rank, limit.seconds, sizes);
        figure("secondary", pattern.secondary().cardinality(), limit.secondary, sizes);
        boolean closed = intervals(hidden);
        peak().ifPresent(gigabytes -> figure("gigabytes-resident", gigabytes, limit.gigabytes, sizes));
        return within && computable == 0 && closed;
    }

    /**
     * All hidden cells of the smallest table; of the others a sample of a thousand, or as many as the time is enough for,
     * which breaks the limit. A hidden cell is known to be 0 or more.
     */
    private boolean intervals(BitSet hidden) {
        boolean all = name.equals("B1");
        var values = Arrays.stream(table.values()).asDoubleStream().toArray();
        var knowledge = Knowledge.of(table.equations(), hidden, values, new double[values.length]);
        long begin = System.nanoTime();
        var sample = IntervalSample.of(
                knowledge,
                all ? hidden.cardinality() : SAMPLE,
                all ? hidden.cardinality() : PORTION,
                SAMPLE_SEED,
                () -> !all && seconds(begin) > limit.intervalSeconds);
        figure(
                "seconds-of-intervals",
                seconds(begin),
                limit.intervalSeconds,
                "\"hidden\":" + hidden.cardinality() + ",\"asked\":" + sample.asked() + ",\"seed\":" + SAMPLE_SEED
                        + ",\"exactly_computable\":" + sample.exact());
        return sample.exact() == 0;
    }

    /** The most memory that the process had resident so far, where the system tells. */
    private static OptionalDouble peak() {
        var status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return OptionalDouble.empty();
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")) / 1e9)
                    .findFirst();
        } catch (IOException unknown) {
            return OptionalDouble.empty();
        }
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

    private void figure(String figure, double value, double atMost, String sizes) {
        System.out.println(String.format(
                Locale.ROOT,
                "{\"bench\":\"checker\",\"table\":\"%s\",\"figure\":\"%s\",\"value\":%.3f,%s%s}",
                name,
                figure,
                value,
                Double.isInfinite(atMost)
                        ? ""
                        : String.format(Locale.ROOT, "\"limit\":%.0f,\"ratio\":%.4f,", atMost, value / atMost),
                sizes));
        within &= value <= atMost;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
