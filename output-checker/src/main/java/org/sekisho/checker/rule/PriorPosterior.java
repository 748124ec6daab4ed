package org.sekisho.checker.rule;

/**
 * The (p,q) rule: everybody is taken to know each contribution to within {@code q} percent beforehand, and nobody may
 * know the largest to within {@code p} percent afterwards; unsafe when {@code X - x1 - x2 < (p / q) x1}. Source: Handbook
 * on Statistical Disclosure Control, section 4.2.1, where it is the p% rule with {@code p* = 100 p / q}. The upper
 * protection level is {@code (p / q) x1 - (X - x1 - x2)}.
 *
 * @param p percent afterwards, above 0 and below q
 * @param q percent beforehand, at most 100
 */
public record PriorPosterior(double p, double q) {
    public PriorPosterior {
        if (!(p > 0 && p < q && q <= 100)) {
            throw new IllegalArgumentException("(p,q) needs 0 < p < q <= 100, not (" + p + "," + q + ")");
        }
    }

    /** The p% rule that says the same. */
    public PPercent asPPercent() {
        return new PPercent(100 * p / q);
    }
}
