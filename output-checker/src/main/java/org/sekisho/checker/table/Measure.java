package org.sekisho.checker.table;

/**
 * What a column of a table is.
 *
 * @param kind key, or which measure
 * @param counts what a count counts, or {@link Counted#UNKNOWN}
 * @param known where this was learned
 */
public record Measure(Kind kind, Counted counts, Known known) {
    /** What a column holds. */
    public enum Kind {
        KEY,
        COUNT,
        SUM,
        MEAN,
        OTHER;

        /** Whether totals of this column are sums of their parts. */
        public boolean additive() {
            return this == COUNT || this == SUM;
        }
    }

    /** What a count counts. */
    public enum Counted {
        ROWS,
        PERSONS,
        FACILITIES,
        UNKNOWN
    }

    /** Where it was learned. */
    public enum Known {
        STATEMENT,
        NAME,
        VALUES
    }

    static Measure guessed(Kind kind, Known known) {
        return new Measure(kind, Counted.UNKNOWN, known);
    }
}
