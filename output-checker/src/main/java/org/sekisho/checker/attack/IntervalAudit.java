package org.sekisho.checker.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Equations;

/**
 * The interval that an outsider can compute for each hidden cell: smallest and largest value over all tables that
 * agree with everything published (two linear programmes per cell; Fischetti and Salazar 2001, section 2). Works on
 * deviations from the true values, which keeps the programmes feasible whatever the rounding. Cells that can only move
 * as one are asked once; the questions are independent of each other, and spread over all processors.
 */
public final class IntervalAudit {
    /** Questions that are asked together, by one thread. */
    private static final int SHARE = 32;

    private static final long MICROSECONDS = 300;

    /** A climb lets one bundle after another come to its bound; where an equation holds more, a solver is quicker. */
    private static final int WIDE = 200;

    private final Knowledge knowledge;

    private IntervalAudit(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** Roughly how many microseconds of one processor {@link #run(Knowledge)} needs. */
    public static long work(Equations equations, BitSet hidden) {
        return Cluster.of(equations, hidden).stream()
                .map(cluster -> new Bundles(equations, cluster))
                .mapToLong(IntervalAudit::work)
                .sum();
    }

    private static long work(Bundles bundles) {
        long size = bundles.size();
        return plain(bundles) ? size : wide(bundles) ? 2 * size * size : size * (MICROSECONDS + size);
    }

    private static boolean wide(Bundles bundles) {
        return bundles.widest() > WIDE;
    }

    private static boolean plain(Bundles bundles) {
        return bundles.rows().size() <= 1;
    }

    /** For every hidden cell. */
    public static Map<Integer, Interval> run(Knowledge knowledge) {
        return run(knowledge, knowledge.hidden());
    }

    /**
     * The same answers whatever is asked beside them, in whatever order.
     *
     * @param wanted hidden cells
     * @return for wanted cells, and for those that move as one with them
     */
    public static Map<Integer, Interval> run(Knowledge knowledge, BitSet wanted) {
        var audit = new IntervalAudit(knowledge);
        var all = new TreeMap<Integer, Interval>();
        Cluster.of(knowledge.equations(), knowledge.hidden()).parallelStream()
                .map(cluster -> audit.of(cluster, wanted))
                .toList()
                .forEach(all::putAll);
        return all;
    }

    private Map<Integer, Interval> of(Cluster cluster, BitSet wanted) {
        if (IntStream.of(cluster.cells()).noneMatch(wanted::get)) {
            return Map.of();
        }
        var bundles = new Bundles(knowledge.equations(), cluster);
        var asked = new BitSet();
        for (int place = 0; place < cluster.size(); place++) {
            if (wanted.get(cluster.cells()[place]) && bundles.bundle(place) >= 0) {
                asked.set(bundles.bundle(place));
            }
        }
        var leeway = Leeway.of(bundles, cluster, knowledge);
        var ranges = plain(bundles)
                ? plainRanges(bundles, leeway)
                : ranges(bundles, leeway, asked.stream().toArray());
        var intervals = new TreeMap<Integer, Interval>();
        for (int place = 0; place < cluster.size(); place++) {
            int bundle = bundles.bundle(place);
            var range = bundle < 0 ? Range.NONE : ranges.get(bundle);
            if (range != null) {
                int cell = cluster.cells()[place];
                intervals.put(cell, range.around(knowledge.values()[cell], bundles.sign(place)));
            }
        }
        return intervals;
    }

    private static Map<Integer, Range> plainRanges(Bundles bundles, Leeway leeway) {
        var ranges = new TreeMap<Integer, Range>();
        for (int bundle = 0; bundle < bundles.size(); bundle++) {
            ranges.put(bundle, new Range(leeway.low(bundle), leeway.high(bundle)));
        }
        for (var row : bundles.rows()) {
            var sum = new PlainSum(row, leeway);
            for (int at = 0; at < row.length(); at++) {
                ranges.put(row.bundles()[at], sum.range(at));
            }
        }
        return ranges;
    }

    private static Map<Integer, Range> ranges(Bundles bundles, Leeway leeway, int[] asked) {
        var ranges = new TreeMap<Integer, Range>();
        if (asked.length > 0) {
            var elimination = Elimination.of(bundles);
            shares(asked).parallelStream()
                    .map(share -> ranges(bundles, leeway, elimination, share))
                    .toList()
                    .forEach(ranges::putAll);
        }
        return ranges;
    }

    private static List<int[]> shares(int[] asked) {
        var shares = new ArrayList<int[]>();
        for (int from = 0; from < asked.length; from += SHARE) {
            shares.add(Arrays.copyOfRange(asked, from, Math.min(asked.length, from + SHARE)));
        }
        return shares;
    }

    private static Map<Integer, Range> ranges(Bundles bundles, Leeway leeway, Elimination elimination, int[] share) {
        var ranges = new TreeMap<Integer, Range>();
        var climb = new Climb(elimination, leeway);
        boolean climbs = !wide(bundles);
        try (var programme = new Programme(bundles, leeway)) {
            for (int bundle : share) {
                double low = climbs ? climb.push(bundle, false) : Double.NaN;
                double high = climbs ? climb.push(bundle, true) : Double.NaN;
                // Where rounding kept a climb from proving its answer, the programme as a whole is solved.
                ranges.put(
                        bundle,
                        new Range(
                                Double.isNaN(low) ? programme.push(bundle, false) : low,
                                Double.isNaN(high) ? programme.push(bundle, true) : high));
            }
        }
        return ranges;
    }
}
