package org.sekisho.checker.file;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Table;

/**
 * A table as it was read.
 *
 * @param notUnderstood columns of a type that cannot be judged (lists, structures, bytes); they hold no values here
 * @param missingMeansHidden whether an absent number is one that somebody hid (finished files) or none (results)
 * @param rowNumbersDropped whether columns that only number the rows in order were left out
 */
public record Loaded(Table table, List<String> notUnderstood, boolean missingMeansHidden, boolean rowNumbersDropped) {
    /** More rows than this are not for review. */
    public static final int ROWS_AT_MOST = 200_000;

    public static final int COLUMNS_AT_MOST = 1_000;

    /** Rows times columns. */
    public static final long CELLS_AT_MOST = 2_000_000;

    /** Characters of one value. Nobody reviews a longer one, and anything fits into it. */
    public static final int VALUE_AT_MOST = 10_000;

    /** Characters of all values; numbers are text, too, where they were written as text. */
    public static final long CHARACTERS_AT_MOST = 64_000_000;

    /** The same table as a finished one, in which text that is a number is one: whoever opens it will read it so. */
    public Loaded finished() {
        return new Loaded(FinishedTable.typed(table), notUnderstood, true, rowNumbersDropped);
    }

    /** The same without columns that only number the rows, as long as there are others. */
    public Loaded withoutRowNumbers() {
        var kept = new ArrayList<Column>(table.columns());
        kept.removeIf(RowNumbers::in);
        return kept.isEmpty() || kept.size() == table.columns().size()
                ? this
                : new Loaded(new Table(kept, table.rows()), notUnderstood, missingMeansHidden, true);
    }

    static boolean tooLong(String value) {
        return value.length() > VALUE_AT_MOST;
    }

    /** Whether so much is not for review. */
    public static boolean tooLarge(long rows, int columns) {
        return rows > ROWS_AT_MOST || columns > COLUMNS_AT_MOST || rows * columns > CELLS_AT_MOST;
    }
}
