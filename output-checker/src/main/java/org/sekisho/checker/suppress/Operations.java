package org.sekisho.checker.suppress;

import java.util.Arrays;

/** What an elimination did to its equations, in order, so that what it found can be traced back to the given ones. */
final class Operations {
    private static final int SCALED = -1;

    private int[] changed = new int[256];
    private int[] by = new int[256];
    private long[] factors = new long[256];
    private int size;

    /** row := factor * row. */
    void scale(int row, long factor) {
        add(row, SCALED, factor);
    }

    /** changed := changed - factor * pivot. */
    void subtract(int changedRow, int pivotRow, long factor) {
        add(changedRow, pivotRow, factor);
    }

    private void add(int changedRow, int byRow, long factor) {
        if (size == changed.length) {
            changed = Arrays.copyOf(changed, 2 * size);
            by = Arrays.copyOf(by, 2 * size);
            factors = Arrays.copyOf(factors, 2 * size);
        }
        changed[size] = changedRow;
        by[size] = byRow;
        factors[size++] = factor;
    }

    /**
     * Turns multiples of the rows as they are now into multiples of the rows as they were given.
     *
     * @param multiples by row; overwritten
     */
    void undo(long[] multiples) {
        for (int at = size - 1; at >= 0; at--) {
            long multiple = multiples[changed[at]];
            if (multiple != 0) {
                long product = Mersenne.multiply(multiple, factors[at]);
                if (by[at] == SCALED) {
                    multiples[changed[at]] = product;
                } else {
                    multiples[by[at]] = Mersenne.subtract(multiples[by[at]], product);
                }
            }
        }
    }
}
