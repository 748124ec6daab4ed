package org.sekisho.checker.contribution;

import java.util.List;

/**
 * Where a table shows something of a set of persons.
 *
 * @param rows of the canonical CSV, 0-based, ascending
 * @param columns that show it
 */
public record Place(Kind kind, List<Integer> rows, List<String> columns) {

    /** How it is shown. */
    public enum Kind {
        /** One row. */
        ROW,
        /** Several rows, added up. */
        SUM,
        /** Rows that are hidden: what a total leaves when its other parts are taken away. */
        REST
    }

    public Place {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
    }
}
