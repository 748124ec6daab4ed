package org.sekisho.checker.table;

import java.util.BitSet;

/**
 * What a table says that all labels of a column add up to.
 *
 * @param values one for each context
 * @param stated contexts that have one
 */
@SuppressWarnings("ArrayRecordComponent")
record Totals(double[] values, BitSet stated) {

    boolean any() {
        return !stated.isEmpty();
    }

    boolean everywhere() {
        return stated.cardinality() == values.length;
    }

    /** Whether there are any, and all are these. */
    boolean agree(double[] sums) {
        return any()
                && stated.stream()
                        .allMatch(context ->
                                Math.abs(values[context] - sums[context]) <= 1e-9 * Math.abs(values[context]) + 1e-9);
    }
}
