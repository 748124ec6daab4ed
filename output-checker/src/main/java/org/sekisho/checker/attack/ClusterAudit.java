package org.sekisho.checker.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The intervals of one cluster; its equations are solved when the first question comes. */
final class ClusterAudit {
    /** Questions that are asked together, by one thread; fewer where each takes longer to answer than to begin. */
    private static final int SHARE = 32;

    private static final int SHARE_OF_MANY = 4;

    /** From so many bundles on a question takes tens of milliseconds. */
    private static final int MANY = 4_000;

    private static final long MICROSECONDS = 300;

    /** A climb lets one bundle after another come to its bound; where an equation holds more, a solver is quicker. */
    private static final int WIDE = 200;

    private final Knowledge knowledge;
    private final Cluster cluster;
    private @Nullable Ready ready;

    /** What all questions share. */
    private record Ready(
            Bundles bundles, Leeway leeway, @Nullable Elimination elimination) {}

    ClusterAudit(Knowledge knowledge, Cluster cluster) {
        this.knowledge = knowledge;
        this.cluster = cluster;
    }

    /** Roughly, in microseconds of one processor. */
    static long work(Bundles bundles) {
        long size = bundles.size();
        return plain(bundles) ? size : wide(bundles) ? 2 * size * size : size * (MICROSECONDS + size);
    }

    private static boolean wide(Bundles bundles) {
        return bundles.widest() > WIDE;
    }

    private static boolean plain(Bundles bundles) {
        return bundles.rows().size() <= 1;
    }

    /** For those of the wanted cells that are in the cluster, and for those that move as one with them. */
    Map<Integer, Interval> intervals(BitSet wanted) {
        return IntStream.of(cluster.cells()).noneMatch(wanted::get) ? Map.of() : intervals(ready(), wanted);
    }

    private synchronized Ready ready() {
        if (ready == null) {
            var bundles = new Bundles(knowledge.equations(), cluster);
            boolean climbs = !plain(bundles) && !wide(bundles);
            ready = new Ready(bundles, Leeway.of(bundles, cluster, knowledge), climbs ? Elimination.of(bundles) : null);
        }
        return ready;
    }

    private Map<Integer, Interval> intervals(Ready its, BitSet wanted) {
        var bundles = its.bundles;
        var asked = new BitSet();
        for (int place = 0; place < cluster.size(); place++) {
            if (wanted.get(cluster.cells()[place]) && bundles.bundle(place) >= 0) {
                asked.set(bundles.bundle(place));
            }
        }
        var ranges =
                plain(bundles) ? plainRanges(its) : ranges(its, asked.stream().toArray());
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

    private static Map<Integer, Range> plainRanges(Ready its) {
        var ranges = new TreeMap<Integer, Range>();
        for (int bundle = 0; bundle < its.bundles.size(); bundle++) {
            ranges.put(bundle, new Range(its.leeway.low(bundle), its.leeway.high(bundle)));
        }
        for (var row : its.bundles.rows()) {
            var sum = new PlainSum(row, its.leeway);
            for (int at = 0; at < row.length(); at++) {
                ranges.put(row.bundles()[at], sum.range(at));
            }
        }
        return ranges;
    }

    private static Map<Integer, Range> ranges(Ready its, int[] asked) {
        var ranges = new TreeMap<Integer, Range>();
        shares(asked, its.bundles.size() < MANY ? SHARE : SHARE_OF_MANY).parallelStream()
                .map(share -> share(its, share))
                .toList()
                .forEach(ranges::putAll);
        return ranges;
    }

    private static List<int[]> shares(int[] asked, int size) {
        var shares = new ArrayList<int[]>();
        for (int from = 0; from < asked.length; from += size) {
            shares.add(Arrays.copyOfRange(asked, from, Math.min(asked.length, from + size)));
        }
        return shares;
    }

    private static Map<Integer, Range> share(Ready its, int[] share) {
        var ranges = new TreeMap<Integer, Range>();
        var climb = its.elimination == null ? null : new Climb(its.elimination, its.leeway);
        try (var programme = new Programme(its.bundles, its.leeway)) {
            for (int bundle : share) {
                double low = climb == null ? Double.NaN : climb.push(bundle, false);
                double high = climb == null ? Double.NaN : climb.push(bundle, true);
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
