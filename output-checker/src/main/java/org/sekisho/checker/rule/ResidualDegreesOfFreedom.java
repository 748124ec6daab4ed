package org.sekisho.checker.rule;

/**
 * A model must leave residual degrees of freedom: unsafe when {@code N - k < n} for N observations and k estimated
 * parameters. Below, coefficients with the known values of some give those of the others; at 0 the model is saturated and
 * is the data. Source: ACRO 1.0.1 (threshold 10) after the Guidelines for the checking of output based on microdata
 * research (ESSnet SDC, 2010).
 *
 * @param n fewest degrees of freedom; at least 1
 */
public record ResidualDegreesOfFreedom(long n) {
    public ResidualDegreesOfFreedom {
        if (n < 1) {
            throw new IllegalArgumentException("residual degrees of freedom must be at least 1, not " + n);
        }
    }

    public boolean unsafe(long degrees) {
        return degrees < n;
    }

    /** @param parameters estimated, the constant among them */
    public boolean unsafe(long observations, long parameters) {
        return unsafe(observations - parameters);
    }
}
