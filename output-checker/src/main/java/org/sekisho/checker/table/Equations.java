package org.sekisho.checker.table;

import java.util.Arrays;

/**
 * Additive relations among cells that everybody knows: each equation is {@code sum of sign * cell = known}, signs +1
 * or -1. Cells are {@code 0 .. cells() - 1}. Stored by equation and by cell; immutable.
 */
public final class Equations {
    private final int cells;
    private final int[] start;
    private final int[] members;
    private final byte[] signs;
    private final int[] usedFrom;
    private final int[] used;

    private Equations(int cells, int[] start, int[] members, byte[] signs) {
        this.cells = cells;
        this.start = start;
        this.members = members;
        this.signs = signs;
        this.usedFrom = new int[cells + 1];
        for (int member : members) {
            usedFrom[member + 1]++;
        }
        for (int cell = 0; cell < cells; cell++) {
            usedFrom[cell + 1] += usedFrom[cell];
        }
        this.used = new int[members.length];
        var next = usedFrom.clone();
        for (int equation = 0; equation < size(); equation++) {
            for (int at = start[equation]; at < start[equation + 1]; at++) {
                used[next[members[at]]++] = equation;
            }
        }
    }

    public int cells() {
        return cells;
    }

    public int size() {
        return start.length - 1;
    }

    /** Entries of the equation are at {@code from(equation) .. from(equation + 1) - 1}. */
    public int from(int equation) {
        return start[equation];
    }

    public int cell(int at) {
        return members[at];
    }

    public int sign(int at) {
        return signs[at];
    }

    /** The equations of the cell are {@code equation(at)} for {@code at} in {@code uses(cell) .. uses(cell + 1) - 1}. */
    public int uses(int cell) {
        return usedFrom[cell];
    }

    public int equation(int at) {
        return used[at];
    }

    public static Builder over(int cells) {
        return new Builder(cells);
    }

    /** Collects equations one after another. */
    public static final class Builder {
        private final int cells;
        private int[] start = new int[64];
        private int[] members = new int[256];
        private byte[] signs = new byte[256];
        private int size;
        private int filled;

        private Builder(int cells) {
            this.cells = cells;
        }

        /** The total is the sum of its parts. */
        public Builder total(int total, int... parts) {
            add(total, -1);
            for (int part : parts) {
                add(part, 1);
            }
            return end();
        }

        /** The sum of these cells is known from elsewhere. */
        public Builder known(int... parts) {
            for (int part : parts) {
                add(part, 1);
            }
            return end();
        }

        /** One more entry of the equation that {@link #end} closes. */
        public Builder add(int cell, int sign) {
            if (cell < 0 || cell >= cells) {
                throw new IllegalArgumentException("no cell " + cell);
            }
            if (filled == members.length) {
                members = Arrays.copyOf(members, 2 * filled);
                signs = Arrays.copyOf(signs, 2 * filled);
            }
            members[filled] = cell;
            signs[filled++] = (byte) sign;
            return this;
        }

        public Builder end() {
            if (++size == start.length) {
                start = Arrays.copyOf(start, 2 * size);
            }
            start[size] = filled;
            return this;
        }

        public Equations build() {
            return new Equations(
                    cells,
                    Arrays.copyOf(start, size + 1),
                    Arrays.copyOf(members, filled),
                    Arrays.copyOf(signs, filled));
        }
    }
}
