package org.sekisho.checker.rule;

/**
 * The p% rule: unsafe when the second largest contributor could estimate the largest to within {@code p} percent,
 * {@code X - x1 - x2 < (p / 100) x1}. Source: Handbook on Statistical Disclosure Control, section 4.2.1. The upper
 * protection level is {@code (p / 100) x1 - (X - x1 - x2)}. The rule (p,q) is this one with {@code 100 p / q}.
 *
 * @param p percent, above 0
 */
public record PPercent(double p) {
    public PPercent {
        if (!(p > 0)) {
            throw new IllegalArgumentException("p% needs p above 0, not " + p);
        }
    }

    public boolean unsafe(Contributions cell) {
        return cell.largest() > 0 && rest(cell) < p / 100 * cell.largest();
    }

    /** How far above the true value an outsider's interval has to reach. */
    public double upperProtection(Contributions cell) {
        return Math.max(0, p / 100 * cell.largest() - rest(cell));
    }

    private static double rest(Contributions cell) {
        return cell.total() - cell.largest() - cell.second();
    }
}
