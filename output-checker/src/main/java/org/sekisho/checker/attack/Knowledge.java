package org.sekisho.checker.attack;

import java.util.Arrays;
import java.util.BitSet;
import org.sekisho.checker.table.Equations;

/**
 * What an outsider knows of a table.
 *
 * @param hidden all other cells are published
 * @param values of all cells; those of hidden ones serve as a solution to start from, and as the place that intervals
 *     are measured from
 * @param lowest that everybody knows a cell to be at least, for instance 0; may be minus infinity
 * @param highest that everybody knows a cell to be at most; may be infinite
 */
@SuppressWarnings("ArrayRecordComponent")
public record Knowledge(Equations equations, BitSet hidden, double[] values, double[] lowest, double[] highest) {
    public Knowledge {
        int cells = equations.cells();
        if (values.length != cells || lowest.length != cells || highest.length != cells) {
            throw new IllegalArgumentException("values and bounds must fit the equations");
        }
    }

    /** Nobody knows more about large values than that they are finite. */
    public static Knowledge of(Equations equations, BitSet hidden, double[] values, double[] lowest) {
        var highest = new double[values.length];
        Arrays.fill(highest, Double.POSITIVE_INFINITY);
        return new Knowledge(equations, hidden, values, lowest, highest);
    }
}
