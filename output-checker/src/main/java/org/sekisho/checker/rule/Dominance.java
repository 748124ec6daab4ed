package org.sekisho.checker.rule;

/**
 * The (n,k) rule: unsafe when the {@code n} largest contributors hold more than {@code k} percent,
 * {@code x1 + ... + xn > (k / 100) X}. Source: Handbook on Statistical Disclosure Control, section 4.2.1. The upper
 * protection level is {@code (100 / k)(x1 + ... + xn) - X}.
 *
 * @param n 1 or 2
 * @param k percent, above 0 and at most 100
 */
public record Dominance(int n, double k) {
    public Dominance {
        if (n < 1 || n > 2 || !(k > 0 && k <= 100)) {
            throw new IllegalArgumentException(
                    "dominance needs n of 1 or 2 and 0 < k <= 100, not (" + n + "," + k + ")");
        }
    }

    public boolean unsafe(Contributions cell) {
        return cell.largest() > 0 && top(cell) > k / 100 * cell.total();
    }

    /** How far above the true value an outsider's interval has to reach. */
    public double upperProtection(Contributions cell) {
        return Math.max(0, 100 / k * top(cell) - cell.total());
    }

    private double top(Contributions cell) {
        return n == 1 ? cell.largest() : cell.largest() + cell.second();
    }
}
