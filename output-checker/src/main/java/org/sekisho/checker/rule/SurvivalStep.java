package org.sekisho.checker.rule;

/**
 * A step of a Kaplan-Meier table: at least {@code n} at risk; events nobody or at least {@code n}; and between
 * neighbouring steps nobody or at least {@code n} fewer at risk, for the difference is who had the event or was lost. The
 * curve tells as much as the table: {@code S(i) / S(i-1) = 1 - events / at risk}. Source: ACRO 1.0.1 (survival threshold
 * 10).
 *
 * @param n fewest persons; at least 1
 */
public record SurvivalStep(long n) {
    public SurvivalStep {
        if (n < 1) {
            throw new IllegalArgumentException("a step of a survival table needs at least 1 person, not " + n);
        }
    }

    public boolean atRiskUnsafe(double atRisk) {
        return atRisk < n;
    }

    /** Of events, of those lost, and of the difference of neighbouring numbers at risk. */
    public boolean few(double persons) {
        return persons > 0 && persons < n;
    }

    /** Events of a step, from the curve. */
    public static double events(double atRisk, double survival, double before) {
        return Math.rint(atRisk * (1 - survival / before));
    }
}
