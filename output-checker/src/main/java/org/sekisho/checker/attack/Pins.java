package org.sekisho.checker.attack;

import java.util.Arrays;

/**
 * Which following bundles stand at a bound (pinned), and which free bundles are spent on keeping them there (bound to
 * them), as many as those. Keeps the inverse of the square matrix that says how the bound bundles move the pinned ones,
 * through every exchange (Gill, Murray, Saunders and Wright, Maintaining LU factors of a general sparse matrix, 1987,
 * describe the alternatives; the matrix is small here, so that the dense inverse is the simplest).
 */
final class Pins {
    private static final int NONE = -1;

    private int[] pinned = new int[8];
    private int[] bound = new int[8];
    /** Rows by bound bundle, columns by pinned bundle. */
    private double[][] inverse = new double[8][8];

    private int size;
    private final int[] place;

    /** @param bundles how many there are */
    Pins(int bundles) {
        place = new int[bundles];
        Arrays.fill(place, NONE);
    }

    int size() {
        return size;
    }

    int pinned(int at) {
        return pinned[at];
    }

    int bound(int at) {
        return bound[at];
    }

    /** Where a bundle stands among the pinned or the bound ones; negative when it is neither. */
    int place(int bundle) {
        return place[bundle];
    }

    void clear() {
        for (int at = 0; at < size; at++) {
            place[pinned[at]] = NONE;
            place[bound[at]] = NONE;
        }
        size = 0;
    }

    /** How the bound bundles have to move for the pinned ones to move so: inverse times the column. */
    double[] solve(double[] column) {
        var moves = new double[size];
        for (int row = 0; row < size; row++) {
            double sum = 0;
            for (int at = 0; at < size; at++) {
                sum += inverse[row][at] * column[at];
            }
            moves[row] = sum;
        }
        return moves;
    }

    /** How the bound bundles have to move for one pinned bundle to move by one. */
    double[] column(int at) {
        var moves = new double[size];
        for (int row = 0; row < size; row++) {
            moves[row] = inverse[row][at];
        }
        return moves;
    }

    /** The row times the inverse. */
    double[] weigh(double[] row) {
        var weights = new double[size];
        for (int at = 0; at < size; at++) {
            if (row[at] != 0) {
                for (int column = 0; column < size; column++) {
                    weights[column] += row[at] * inverse[at][column];
                }
            }
        }
        return weights;
    }

    /**
     * One more of each.
     *
     * @param moves how the bound bundles move with the new one
     * @param row how the bound bundles move the newly pinned one
     * @param pivot how the new bundle moves it, all others standing still that are pinned
     */
    void pin(int newlyPinned, int newlyBound, double[] moves, double[] row, double pivot) {
        var weights = weigh(row);
        if (size == pinned.length) {
            grow();
        }
        for (int at = 0; at < size; at++) {
            double share = moves[at] / pivot;
            for (int column = 0; column < size; column++) {
                inverse[at][column] -= share * weights[column];
            }
            inverse[at][size] = share;
        }
        for (int column = 0; column < size; column++) {
            inverse[size][column] = -weights[column] / pivot;
        }
        inverse[size][size] = 1 / pivot;
        pinned[size] = newlyPinned;
        bound[size] = newlyBound;
        place[newlyPinned] = size;
        place[newlyBound] = size++;
    }

    private void grow() {
        int more = 2 * size;
        pinned = Arrays.copyOf(pinned, more);
        bound = Arrays.copyOf(bound, more);
        inverse = Arrays.copyOf(inverse, more);
        for (int row = 0; row < more; row++) {
            inverse[row] = row < size ? Arrays.copyOf(inverse[row], more) : new double[more];
        }
    }

    /**
     * Another bundle is pinned instead.
     *
     * @param row how the bound bundles move it
     */
    void exchangePinned(int at, int newlyPinned, double[] row) {
        var weights = weigh(row);
        double pivot = weights[at];
        for (int each = 0; each < size; each++) {
            double share = inverse[each][at] / pivot;
            for (int column = 0; column < size; column++) {
                inverse[each][column] -= share * weights[column];
            }
            inverse[each][at] = share;
        }
        place[pinned[at]] = NONE;
        pinned[at] = newlyPinned;
        place[newlyPinned] = at;
    }

    /**
     * Another bundle is bound instead.
     *
     * @param moves how the bound bundles move with it
     */
    void exchangeBound(int at, int newlyBound, double[] moves) {
        double pivot = -moves[at];
        for (int column = 0; column < size; column++) {
            inverse[at][column] /= pivot;
        }
        for (int each = 0; each < size; each++) {
            if (each != at && moves[each] != 0) {
                for (int column = 0; column < size; column++) {
                    inverse[each][column] += moves[each] * inverse[at][column];
                }
            }
        }
        place[bound[at]] = NONE;
        bound[at] = newlyBound;
        place[newlyBound] = at;
    }

    /** One less of each: a pinned bundle may move again, and so the bound one has nothing to do any more. */
    void release(int pinnedAt, int boundAt) {
        double pivot = inverse[boundAt][pinnedAt];
        int last = size - 1;
        for (int each = 0; each < size; each++) {
            double share = inverse[each][pinnedAt] / pivot;
            if (each != boundAt && share != 0) {
                for (int column = 0; column < size; column++) {
                    inverse[each][column] -= share * inverse[boundAt][column];
                }
            }
        }
        place[pinned[pinnedAt]] = NONE;
        place[bound[boundAt]] = NONE;
        var spare = inverse[boundAt];
        inverse[boundAt] = inverse[last];
        inverse[last] = spare;
        for (int each = 0; each < last; each++) {
            inverse[each][pinnedAt] = inverse[each][last];
        }
        size = last;
        move(pinned, last, pinnedAt);
        move(bound, last, boundAt);
    }

    private void move(int[] bundles, int last, int at) {
        if (at < last) {
            bundles[at] = bundles[last];
            place[bundles[at]] = at;
        }
    }
}
