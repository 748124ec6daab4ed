package org.sekisho.checker.attack;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.SplittableRandom;

/**
 * Solves the equations of one cluster: each makes one bundle follow from others, or says nothing new. Bundles that
 * follow from no others can be chosen freely. Whether a factor is 0 is decided modulo the prime 2^31 - 1; beside it the
 * factor is kept as a fraction for those who ask how far, not whether.
 */
final class Elimination {
    private static final long P = RankTest.P;

    private final int size;
    /** By step: the bundle that follows, the bundles that it is a sum of (free at that time), and their factors. */
    private final int[] following;

    private final int[][] from;
    private final long[][] residues;
    private final double[][] factors;
    private int steps;
    private final int[] stepOf;
    /** By bundle: the steps whose sums hold it. */
    private final int[][] within;

    private Elimination(Reduction reduction) {
        size = reduction.stepOf.length;
        following = reduction.following;
        from = reduction.from;
        residues = reduction.residues;
        factors = reduction.factors;
        steps = reduction.steps;
        stepOf = reduction.stepOf;
        within = new int[size][];
        var counts = new int[size];
        for (int step = 0; step < steps; step++) {
            for (int bundle : from[step]) {
                counts[bundle]++;
            }
        }
        Arrays.setAll(within, bundle -> new int[counts[bundle]]);
        for (int step = steps - 1; step >= 0; step--) {
            for (int bundle : from[step]) {
                within[bundle][--counts[bundle]] = step;
            }
        }
    }

    static Elimination of(Bundles bundles) {
        var reduction = new Reduction(bundles);
        bundles.rows().stream()
                .sorted(Comparator.comparingInt(Bundles.Row::length))
                .forEach(reduction::take);
        return new Elimination(reduction);
    }

    int size() {
        return size;
    }

    boolean free(int bundle) {
        return stepOf[bundle] == Reduction.FREE;
    }

    /** A random solution modulo the prime. */
    long[] draw(SplittableRandom random) {
        var values = new long[size];
        for (int bundle = 0; bundle < size; bundle++) {
            values[bundle] = free(bundle) ? 1 + random.nextLong(P - 1) : 0;
        }
        for (int step = steps - 1; step >= 0; step--) {
            long sum = 0;
            for (int at = 0; at < from[step].length; at++) {
                sum = (sum + residues[step][at] * values[from[step][at]]) % P;
            }
            values[following[step]] = sum;
        }
        return values;
    }

    /**
     * From how the free bundles move to how the others follow.
     *
     * @param moves of free bundles; those of the others are added
     * @param queue empty, and left empty
     */
    void follow(Moves moves, BitSet queue) {
        moves.forEach(bundle -> enqueue(bundle, queue));
        for (int step = queue.length() - 1; step >= 0; step = queue.previousSetBit(step - 1)) {
            double sum = 0;
            for (int at = 0; at < from[step].length; at++) {
                sum += factors[step][at] * moves.of(from[step][at]);
            }
            if (Math.abs(sum) > Climb.ZERO) {
                moves.set(following[step], sum);
                enqueue(following[step], queue);
            }
        }
        queue.clear();
    }

    private void enqueue(int bundle, BitSet queue) {
        for (int step : within[bundle]) {
            queue.set(step);
        }
    }

    /**
     * Writes a weighted sum of bundles as one of free bundles alone.
     *
     * @param weights of any bundles; afterwards those of following ones are 0
     * @param queue empty, and left empty
     */
    void rewrite(Moves weights, BitSet queue) {
        weights.forEach(bundle -> {
            if (!free(bundle)) {
                queue.set(stepOf[bundle]);
            }
        });
        for (int step = queue.nextSetBit(0); step >= 0; step = queue.nextSetBit(step + 1)) {
            double weight = weights.of(following[step]);
            weights.set(following[step], 0);
            if (Math.abs(weight) <= Climb.ZERO) {
                continue;
            }
            for (int at = 0; at < from[step].length; at++) {
                int bundle = from[step][at];
                weights.add(bundle, weight * factors[step][at]);
                if (!free(bundle)) {
                    queue.set(stepOf[bundle]);
                }
            }
        }
        queue.clear();
    }
}
