package org.sekisho.checker.attack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Equations;

/**
 * The cells of one cluster in bundles that can only move as one. Where an equation holds two hidden cells alone, one
 * follows the other; where it holds one, that cell cannot move at all. What is left are fewer unknowns and fewer,
 * shorter equations, with the same solutions.
 */
final class Bundles {
    private final Equations equations;
    private final Cluster cluster;
    /** Forest over local numbers: a cell is its leader times its sign. */
    private final int[] leader;

    private final byte[] sign;
    /** Circles of cells that move together. */
    private final int[] nextInBundle;

    private final int[] bundleSize;
    private final BitSet still = new BitSet();
    private final int[] number;
    private final List<Row> rows = new ArrayList<>();
    private final int size;

    /** {@code sum of factor * bundle = 0} over deviations from the true values. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(int[] bundles, int[] factors) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Row row
                    && Arrays.equals(bundles, row.bundles)
                    && Arrays.equals(factors, row.factors);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(bundles) + Arrays.hashCode(factors);
        }

        int length() {
            return bundles.length;
        }
    }

    Bundles(Equations equations, Cluster cluster) {
        this.equations = equations;
        this.cluster = cluster;
        leader = IntStream.range(0, cluster.size()).toArray();
        nextInBundle = leader.clone();
        sign = new byte[leader.length];
        Arrays.fill(sign, (byte) 1);
        bundleSize = new int[leader.length];
        Arrays.fill(bundleSize, 1);
        number = new int[leader.length];
        tie();
        int bundles = 0;
        for (int place = 0; place < leader.length; place++) {
            number[place] = leader[place] == place && !still.get(place) ? bundles++ : -1;
        }
        size = bundles;
        keepRows();
    }

    /** How many bundles can move. */
    int size() {
        return size;
    }

    List<Row> rows() {
        return rows;
    }

    /** How many bundles the longest equation holds. */
    int widest() {
        return rows.stream().mapToInt(Row::length).max().orElse(0);
    }

    /** The bundle of a cell by its local number; -1 for a cell that cannot move. */
    int bundle(int place) {
        return number[find(place)];
    }

    /** How the cell moves when its bundle moves up: +1 or -1. */
    int sign(int place) {
        find(place);
        return sign[place];
    }

    private void tie() {
        var doubtful = new Doubtful();
        for (int equation = doubtful.next(); equation >= 0; equation = doubtful.next()) {
            var row = row(cluster.equations()[equation]);
            if (row.length() == 1) {
                still.set(row.bundles[0]);
                doubtful.add(row.bundles[0]);
            } else if (row.length() == 2 && Math.abs(row.factors[0]) == Math.abs(row.factors[1])) {
                boolean firstIsSmaller = bundleSize[row.bundles[0]] < bundleSize[row.bundles[1]];
                int small = row.bundles[firstIsSmaller ? 0 : 1];
                doubtful.add(small);
                join(row.bundles[firstIsSmaller ? 1 : 0], small, row.factors[0] == row.factors[1] ? -1 : 1);
            }
        }
    }

    private void join(int large, int small, int relation) {
        leader[small] = large;
        sign[small] = (byte) relation;
        bundleSize[large] += bundleSize[small];
        int after = nextInBundle[large];
        nextInBundle[large] = nextInBundle[small];
        nextInBundle[small] = after;
    }

    /** Also makes the leader and the sign of the cell direct. */
    private int find(int place) {
        int up = leader[place];
        if (up == place) {
            return place;
        }
        int top = find(up);
        if (top != up) {
            sign[place] *= sign[up];
            leader[place] = top;
        }
        return top;
    }

    /** Equations of the cluster, by their place in it, that may have become shorter. */
    private final class Doubtful {
        private final ArrayDeque<Integer> queue = new ArrayDeque<>();
        private final BitSet queued = new BitSet();

        private Doubtful() {
            for (int equation = 0; equation < cluster.equations().length; equation++) {
                put(equation);
            }
        }

        private void put(int equation) {
            if (!queued.get(equation)) {
                queued.set(equation);
                queue.add(equation);
            }
        }

        /** Those that hold a cell of the bundle. */
        private void add(int bundle) {
            int place = bundle;
            do {
                int cell = cluster.cells()[place];
                for (int use = equations.uses(cell); use < equations.uses(cell + 1); use++) {
                    put(Arrays.binarySearch(cluster.equations(), equations.equation(use)));
                }
                place = nextInBundle[place];
            } while (place != bundle);
        }

        private int next() {
            var next = queue.poll();
            if (next == null) {
                return -1;
            }
            queued.clear(next);
            return next;
        }
    }

    /** The equation over leaders of bundles that can move, the first factor above 0. */
    private Row row(int equation) {
        int length = equations.from(equation + 1) - equations.from(equation);
        var entries = new long[length];
        int filled = 0;
        for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
            int place = cluster.place(equations.cell(at));
            if (place >= 0 && !still.get(find(place))) {
                entries[filled++] = ((long) find(place) << 32) | (equations.sign(at) * sign(place) + 1);
            }
        }
        Arrays.sort(entries, 0, filled);
        return merged(entries, filled);
    }

    private static Row merged(long[] entries, int filled) {
        var bundles = new int[filled];
        var factors = new int[filled];
        int size = 0;
        for (int at = 0; at < filled; ) {
            int bundle = (int) (entries[at] >> 32);
            int factor = 0;
            for (; at < filled && (int) (entries[at] >> 32) == bundle; at++) {
                factor += (int) entries[at] - 1;
            }
            if (factor != 0) {
                bundles[size] = bundle;
                factors[size++] = factor;
            }
        }
        int direction = size > 0 && factors[0] < 0 ? -1 : 1;
        for (int at = 0; at < size; at++) {
            factors[at] *= direction;
        }
        return new Row(Arrays.copyOf(bundles, size), Arrays.copyOf(factors, size));
    }

    private void keepRows() {
        Set<Row> seen = new HashSet<>();
        for (int equation : cluster.equations()) {
            var row = row(equation);
            if (row.length() > 0 && seen.add(row)) {
                rows.add(new Row(
                        Arrays.stream(row.bundles).map(place -> number[place]).toArray(), row.factors));
            }
        }
    }
}
