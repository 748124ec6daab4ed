package org.sekisho.checker.contribution;

/**
 * A cell of a new table and one that was released before that together tell of few persons.
 *
 * @param row of the new table, 0-based
 * @param release that holds the earlier cell
 * @param file of that release
 * @param earlierRow 0-based
 * @param persons that the two cells differ by: at least 1, fewer than asked for. For checkers only
 */
public record Difference(int row, String release, String file, int earlierRow, Kind kind, int persons) {
    /** How the two cells lie. */
    public enum Kind {
        /** The new cell holds all of the earlier one and few persons more: subtracting gives their value. */
        MORE,
        /** The earlier cell holds all of the new one and few persons more. */
        FEWER,
        /** Few persons went, few came, most stayed: the change of the value is about those few. */
        EXCHANGED
    }
}
