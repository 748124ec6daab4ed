package org.sekisho.checker.exact;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.sekisho.checker.table.Equations;

/**
 * What is to be protected, and against what knowledge. Works in deviations from the true values, which keeps every
 * programme feasible whatever the rounding of the table.
 *
 * @param below how far below its true value an outsider must think each cell possible, at least 0; may be infinite
 * @param above the same above
 * @param cost of hiding each cell, at least 0
 * @param primary cells that are hidden anyway
 * @param shown cells that cannot be hidden
 * @param demands on primary cells
 */
@SuppressWarnings("ArrayRecordComponent")
public record Problem(
        Equations equations,
        double[] below,
        double[] above,
        double[] cost,
        BitSet primary,
        BitSet shown,
        List<Demand> demands) {
    public Problem {
        int cells = equations.cells();
        if (below.length != cells || above.length != cells || cost.length != cells || primary.intersects(shown)) {
            throw new IllegalArgumentException("bounds, costs, primary and shown cells must fit the equations");
        }
        demands = List.copyOf(demands);
    }

    /** The same with other demands. */
    public Problem asking(List<Demand> other) {
        return new Problem(equations, below, above, cost, primary, shown, other);
    }

    int cells() {
        return cost.length;
    }

    boolean couldHide(int cell) {
        return !shown.get(cell);
    }

    double cost(BitSet secondary) {
        return secondary.stream().mapToDouble(cell -> cost[cell]).sum();
    }

    double meanCost() {
        return Arrays.stream(cost).average().orElse(0);
    }

    /** Two different costs differ by at least this much: 1 where all costs are whole numbers. */
    double step() {
        for (double each : cost) {
            if (each != Math.rint(each)) {
                return 0;
            }
        }
        return 1;
    }
}
