package org.sekisho.checker.rule;

/**
 * An odds ratio ad / bc tells of four counts, each of which must obey the minimum count. Where only the ratio is given
 * with its confidence interval, the interval tells how small the smallest is: Woolf's standard error of the logarithm is
 * {@code se^2 = 1/a + 1/b + 1/c + 1/d}, so that the smallest count is at least {@code 1 / se^2} and at most {@code 4 /
 * se^2}. A ratio of 0 or infinity says that one of the counts is 0. Source: Woolf, Annals of Human Genetics 19 (1955),
 * 251-253.
 *
 * @param counts what each of the four obeys
 */
public record OddsRatio(MinimumCount counts) {
    /** Half the width of a normal interval that holds 95 percent. */
    private static final double NORMAL_95 = 1.959964;

    public boolean unsafe(long a, long b, long c, long d) {
        return counts.unsafe(a) || counts.unsafe(b) || counts.unsafe(c) || counts.unsafe(d);
    }

    /** Whether the ratio alone says that a count is unsafe. */
    public boolean unsafe(double ratio) {
        return (ratio == 0 || Double.isInfinite(ratio)) && counts.unsafe(0);
    }

    /** Whether a 95 percent confidence interval proves that some count is below the minimum. */
    public boolean unsafe(double lower, double upper) {
        return lower > 0 && lower < upper && smallestAtMost(lower, upper) < counts.n();
    }

    /** No count can be smaller than all four being equal allows. */
    public static double smallestAtMost(double lower, double upper) {
        double error = Math.log(upper / lower) / (2 * NORMAL_95);
        return 4 / (error * error);
    }
}
