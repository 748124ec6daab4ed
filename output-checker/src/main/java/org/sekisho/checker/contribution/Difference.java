package org.sekisho.checker.contribution;

/**
 * Something that a new table shows and something that was released before, which together tell of few.
 *
 * @param fresh in the new table
 * @param release that shows the other
 * @param file of that release
 * @param now how many the new one counts
 * @param then how many the earlier one counts
 * @param common how many are the same. All three are for checkers only
 */
public record Difference(
        Place fresh, String release, String file, Place earlier, Of of, long now, long then, long common) {

    /** Who is told apart. */
    public enum Of {
        PERSONS,
        FACILITIES
    }

    /** How the two lie. */
    public enum Kind {
        /** The new one holds all of the earlier one and few more: subtracting gives their value. */
        MORE,
        /** The earlier one holds all of the new one and few more. */
        FEWER,
        /** Few went, few came, most stayed: the change of the value is about those few. */
        EXCHANGED
    }

    public Kind kind() {
        return then == common ? Kind.MORE : now == common ? Kind.FEWER : Kind.EXCHANGED;
    }

    /** That the two differ by, on the side where it is more: at least 1, fewer than asked for. */
    public long number() {
        return Math.max(now, then) - common;
    }
}
