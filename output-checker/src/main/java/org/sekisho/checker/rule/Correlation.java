package org.sekisho.checker.rule;

/**
 * A correlation needs {@code n} persons with both values, and must not be perfect: at |r| = 1 whoever knows one value
 * knows the other. Source: Guidelines for the checking of output based on microdata research (ESSnet SDC, 2010).
 *
 * @param n fewest persons; at least 3, for two points always lie on a line
 */
public record Correlation(long n) {
    /** What prints as 1.000 in a table of three or four digits. */
    private static final double PERFECT = 0.9995;

    public Correlation {
        if (n < 3) {
            throw new IllegalArgumentException("a correlation needs at least 3 persons, not " + n);
        }
    }

    public static boolean perfect(double r) {
        return Math.abs(r) >= PERFECT;
    }

    public boolean unsafe(double r, long persons) {
        return persons < n || perfect(r);
    }
}
