package org.sekisho.checker.attack;

/**
 * What an outsider must still believe possible for a hidden cell.
 *
 * @param upper may be infinite
 */
public record Interval(double lower, double upper) {
    /** Narrower than this, the value is as good as published. */
    public static final double EXACT = 1e-6;

    public boolean exact() {
        return Double.isFinite(upper) && upper - lower <= EXACT * Math.max(1, Math.abs(upper));
    }

    /** The same for a value that everybody knows to be whole. */
    public Interval whole() {
        return new Interval(Math.ceil(lower - EXACT), Math.floor(upper + EXACT));
    }
}
