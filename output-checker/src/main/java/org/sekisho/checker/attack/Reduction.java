package org.sekisho.checker.attack;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Takes the equations of a cluster one by one, writes each over bundles that are still free, and lets one of these
 * follow from the others from then on. Twice: modulo the prime, which decides what is 0, and in fractions.
 */
final class Reduction {
    /** The step of a bundle that follows from no others. */
    static final int FREE = -1;

    private static final long P = RankTest.P;

    final int[] stepOf;
    final int[] following;
    final int[][] from;
    final long[][] residues;
    final double[][] factors;
    int steps;
    private final int[] uses;
    /** The equation at hand, twice: a factor for each bundle. */
    private final long[] residue;

    private final double[] factor;
    private final BitSet stepsToDo = new BitSet();
    private final int[] free;
    private int freeSize;
    private final BitSet listed = new BitSet();

    Reduction(Bundles bundles) {
        int size = bundles.size();
        int most = Math.min(size, bundles.rows().size());
        stepOf = new int[size];
        Arrays.fill(stepOf, FREE);
        following = new int[most];
        from = new int[most][];
        residues = new long[most][];
        factors = new double[most][];
        residue = new long[size];
        factor = new double[size];
        free = new int[size];
        uses = uses(size, bundles.rows());
    }

    private static int[] uses(int size, List<Bundles.Row> rows) {
        var uses = new int[size];
        for (var row : rows) {
            for (int bundle : row.bundles()) {
                uses[bundle]++;
            }
        }
        return uses;
    }

    /** Writes the equation over free bundles, and makes one of them follow from the others. */
    void take(Bundles.Row row) {
        for (int at = 0; at < row.length(); at++) {
            add(row.bundles()[at], Math.floorMod(row.factors()[at], P), row.factors()[at]);
        }
        // What a bundle follows from was free when that was found out, so only later steps are still to come.
        for (int step = stepsToDo.nextSetBit(0); step >= 0; step = stepsToDo.nextSetBit(step + 1)) {
            substitute(step);
        }
        stepsToDo.clear();
        letOneFollow();
        freeSize = 0;
    }

    private void substitute(int step) {
        int bundle = following[step];
        long times = residue[bundle];
        double timesReal = factor[bundle];
        residue[bundle] = 0;
        factor[bundle] = 0;
        for (int at = 0; at < from[step].length && times != 0; at++) {
            add(from[step][at], times * residues[step][at] % P, timesReal * factors[step][at]);
        }
    }

    private void add(int bundle, long its, double itsReal) {
        residue[bundle] = (residue[bundle] + its) % P;
        factor[bundle] += itsReal;
        if (stepOf[bundle] != FREE) {
            stepsToDo.set(stepOf[bundle]);
        } else if (!listed.get(bundle)) {
            listed.set(bundle);
            free[freeSize++] = bundle;
        }
    }

    /** The free bundle in the fewest equations follows from the others from now on. */
    private void letOneFollow() {
        int next = FREE;
        int left = 0;
        for (int at = 0; at < freeSize; at++) {
            int bundle = free[at];
            listed.clear(bundle);
            if (residue[bundle] == 0) {
                factor[bundle] = 0;
            } else {
                free[left++] = bundle;
                next = next == FREE || uses[bundle] < uses[next] ? bundle : next;
            }
        }
        if (next != FREE) {
            letFollow(next, left);
        }
    }

    private void letFollow(int next, int left) {
        long minusInverse = P - RankTest.inverse(residue[next]);
        double minusInverseReal = -1 / factor[next];
        var its = new int[left - 1];
        var itsResidues = new long[left - 1];
        var itsFactors = new double[left - 1];
        int filled = 0;
        for (int at = 0; at < left; at++) {
            int bundle = free[at];
            if (bundle != next) {
                its[filled] = bundle;
                itsResidues[filled] = residue[bundle] * minusInverse % P;
                itsFactors[filled++] = factor[bundle] * minusInverseReal;
            }
            residue[bundle] = 0;
            factor[bundle] = 0;
        }
        following[steps] = next;
        from[steps] = its;
        residues[steps] = itsResidues;
        factors[steps] = itsFactors;
        stepOf[next] = steps++;
    }
}
