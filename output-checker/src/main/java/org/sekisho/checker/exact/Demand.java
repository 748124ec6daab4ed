package org.sekisho.checker.exact;

/**
 * How uncertain a hidden cell must stay for an outsider.
 *
 * @param level in the unit of the cell, above 0
 * @param knower another cell whose value the outsider knows, being its only contributor; where it is published, and for
 *     {@link #NOBODY}, he knows no more than everybody
 */
public record Demand(int cell, Side side, double level, int knower) {
    public static final int NOBODY = -1;

    /** A shortfall below this part of the level is taken for rounding. */
    public static final double TOLERANCE = 1e-6;

    /** Where the outsider's interval has to reach. */
    public enum Side {
        /** At least {@code level} above the true value. */
        ABOVE,
        /** At least {@code level} below the true value. */
        BELOW,
        /** At least {@code level} wide, wherever the true value lies in it. */
        WIDTH
    }

    public Demand {
        if (!(level > 0) || Double.isInfinite(level)) {
            throw new IllegalArgumentException("a demand needs a level above 0, not " + level);
        }
        if (knower == cell) {
            throw new IllegalArgumentException("nobody is kept from what he knows already");
        }
    }

    public Demand(int cell, Side side, double level) {
        this(cell, side, level, NOBODY);
    }

    /** Whether an interval that reaches so far below and above the true value is enough. */
    public boolean metBy(double below, double above) {
        double reach = switch (side) {
            case ABOVE -> above;
            case BELOW -> below;
            case WIDTH -> below + above;
        };
        return reach >= level * (1 - TOLERANCE);
    }
}
