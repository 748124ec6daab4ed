package org.sekisho.checker.found;

/**
 * What a printed regression says of its model.
 *
 * @param line 1-based, where its degrees of freedom stand, or its table of coefficients
 * @param kind what was found there
 * @param number residual degrees of freedom, events, or persons of the smallest group; 0 where there is none
 */
public record Regression(int line, Kind kind, long number) {
    /** What was found. */
    public enum Kind {
        /** Residual degrees of freedom, stated or computed from observations and parameters. */
        DEGREES,
        /** Events of a survival model; they count like observations. */
        EVENTS,
        /** The smallest group of a model with groups. */
        SMALLEST_GROUP,
        /** Coefficients without any word of observations and degrees of freedom. */
        UNKNOWN,
        /** Everything is explained: the model is the data. */
        SATURATED,
        /** Every variable is a category: coefficients are means of groups. */
        CATEGORICAL
    }
}
