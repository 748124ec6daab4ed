package org.sekisho.checker.table;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One column of a table: a name and a value for each row, or none. */
public sealed interface Column {
    String name();

    int rows();

    /** The value as it identifies a group; null when there is none. */
    @Nullable
    String label(int row);

    /** Anything that is not a number: words, dates, truth values. */
    record Words(String name, List<@Nullable String> values) implements Column {
        @Override
        public int rows() {
            return values.size();
        }

        @Override
        public @Nullable String label(int row) {
            return values.get(row);
        }
    }

    /**
     * Numbers.
     *
     * @param values NaN where the cell holds NaN; 0 where it is missing
     * @param missing rows without a value
     * @param exact the same as whole numbers, for columns of a whole-number type; absent for others
     * @param most what the marks of missing values say that these are at most ({@code <10}); infinite where a row says
     *     nothing, absent where none does
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Numbers(String name, double[] values, BitSet missing, long @Nullable [] exact, double @Nullable [] most)
            implements Column {
        public Numbers(String name, double[] values, BitSet missing, long @Nullable [] exact) {
            this(name, values, missing, exact, null);
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public @Nullable String label(int row) {
            if (missing.get(row)) {
                return null;
            }
            return exact != null ? Long.toString(exact[row]) : Figures.plain(values[row], 15);
        }

        /** What is said of a missing value; may be infinite. */
        public double most(int row) {
            return most == null ? Double.POSITIVE_INFINITY : most[row];
        }

        /** Whether every value is a whole number, NaN left out where there are others. */
        public boolean whole() {
            int nan = 0;
            for (double value : values) {
                if (Double.isNaN(value)) {
                    nan++;
                } else if (value != Math.rint(value) || Double.isInfinite(value)) {
                    return false;
                }
            }
            return nan == 0 || nan < values.length;
        }

        /** Whether some value is NaN or infinite. */
        public boolean odd() {
            for (double value : values) {
                if (Double.isNaN(value) || Double.isInfinite(value)) {
                    return true;
                }
            }
            return false;
        }
    }
}
