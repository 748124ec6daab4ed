package org.sekisho.checker.rule;

/**
 * A percentile is read off a few persons in the order of their values; what lies beyond it must be at least {@code n} of
 * them on either side: unsafe when {@code N min(q, 1 - q) < n} for the quantile q of N persons. A minimum or maximum has
 * nobody beyond it and is never safe. Source: Guidelines for the checking of output based on microdata research (ESSnet
 * SDC, 2010): percentiles are small groups at both ends.
 *
 * @param n fewest persons on either side; at least 1
 */
public record PercentileTail(long n) {
    public PercentileTail {
        if (n < 1) {
            throw new IllegalArgumentException("a percentile needs at least 1 person beyond it, not " + n);
        }
    }

    /** @param quantile 0 to 1 */
    public boolean unsafe(double quantile, long persons) {
        // Five percent of 200 are ten, whatever 0.05 is as a double.
        return persons * Math.min(quantile, 1 - quantile) < n - 1e-9;
    }
}
