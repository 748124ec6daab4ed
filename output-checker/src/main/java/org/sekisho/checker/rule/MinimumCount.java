package org.sekisho.checker.rule;

/**
 * At least {@code n} contributors: a cell with {@code 0 < N < n} is unsafe, and one with {@code N = 0} unless zeros
 * may be shown. Source: the frequency threshold of the Handbook on Statistical Disclosure Control (Hundepool et al.,
 * 2012, section 4.2.1).
 *
 * @param n smallest number that may be shown; at least 1
 * @param zeroAllowed whether an empty cell may be shown as zero
 */
public record MinimumCount(long n, boolean zeroAllowed) {
    public MinimumCount {
        if (n < 1) {
            throw new IllegalArgumentException("a minimum count is at least 1, not " + n);
        }
    }

    public boolean unsafe(long count) {
        return count == 0 ? !zeroAllowed : count < n;
    }
}
