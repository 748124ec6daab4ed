package org.sekisho.checker.exact;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Any safe pattern of least cost satisfies {@code sum of weight * x[cell] >= bound}, x being 1 for hidden cells.
 * Scaled so that no weight exceeds 1.
 */
@SuppressWarnings("ArrayRecordComponent")
record Cut(int[] cells, double[] weights, double bound) {
    private static final double NEGLIGIBLE = 1e-9;

    /**
     * A primary cell whose distance is the weighted sum of the distances of others must be able to go as far as the
     * level. What primary cells contribute is there anyway; no other cell needs to count for more than what is left.
     *
     * @param reach of each cell if it is hidden: weight times the distance that an outsider must think possible
     * @return nothing when the primary cells suffice
     */
    static @Nullable Cut attack(Problem problem, double[] reach, double level) {
        double left = level;
        int size = 0;
        for (int cell = 0; cell < reach.length; cell++) {
            if (problem.primary().get(cell)) {
                left -= reach[cell];
            } else if (problem.couldHide(cell) && reach[cell] > 0) {
                size++;
            }
        }
        if (!(left > NEGLIGIBLE * level)) {
            return null;
        }
        var cells = new int[size];
        var weights = new double[size];
        int next = 0;
        for (int cell = 0; cell < reach.length; cell++) {
            if (!problem.primary().get(cell) && problem.couldHide(cell) && reach[cell] > 0) {
                cells[next] = cell;
                // Weights just below 1 are rounded up, which is valid and keeps the cut a clause.
                weights[next++] = reach[cell] > left * (1 - 1e-7) ? 1 : reach[cell] / left;
            }
        }
        return new Cut(cells, weights, 1);
    }

    /**
     * A hidden cell that could be computed from the others is hidden in vain: whoever hides it hides another one of
     * those that its distance depends on.
     */
    static @Nullable Cut company(Problem problem, int hidden, double[] weight) {
        double own = 1 - weight[hidden];
        if (Math.abs(own) < 1e-6) {
            return null;
        }
        int size = 1;
        for (int cell = 0; cell < weight.length; cell++) {
            if (cell != hidden && weight[cell] != 0) {
                if (problem.primary().get(cell)) {
                    return null;
                }
                size += problem.couldHide(cell) ? 1 : 0;
            }
        }
        var cells = new int[size];
        var weights = new double[size];
        cells[0] = hidden;
        weights[0] = -1;
        int next = 1;
        for (int cell = 0; cell < weight.length; cell++) {
            if (cell != hidden && weight[cell] != 0 && problem.couldHide(cell)) {
                cells[next] = cell;
                weights[next++] = 1;
            }
        }
        return new Cut(cells, weights, 0);
    }

    /** How much is missing to the bound; above 0 when the point is cut off. */
    double missing(double[] x) {
        double sum = bound;
        for (int at = 0; at < cells.length; at++) {
            sum -= weights[at] * x[cells[at]];
        }
        return sum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cut cut
                && bound == cut.bound
                && Arrays.equals(cells, cut.cells)
                && Arrays.equals(weights, cut.weights);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(cells) + Arrays.hashCode(weights);
    }
}
