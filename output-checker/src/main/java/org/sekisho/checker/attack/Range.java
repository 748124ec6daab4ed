package org.sekisho.checker.attack;

/**
 * From the lowest to the highest deviation from the truth.
 *
 * @param low 0 or below; may be minus infinity
 * @param high 0 or above; may be infinite
 */
record Range(double low, double high) {
    static final Range NONE = new Range(0, 0);

    /** @param sign whether the cell moves up (+1) or down (-1) when its bundle moves up */
    Interval around(double value, int sign) {
        return sign > 0 ? new Interval(value + low, value + high) : new Interval(value - high, value - low);
    }
}
