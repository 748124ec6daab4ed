package org.sekisho.checker.file;

import java.util.BitSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Column;

/**
 * Columns in which pandas and R number the rows, asked or not: a name that nobody chose, and the numbers 0 to n-1 or 1
 * to n in any order. They count nobody; what they could tell is an order.
 */
public final class RowNumbers {
    /** Of {@code to_csv}, {@code write.csv}, what pandas and readr call such a column when they read it, of Parquet. */
    private static final Set<String> NAMES = Set.of("", "Unnamed: 0", "...1", "__index_level_0__");

    private RowNumbers() {}

    /** @param field the text of the column in a row; null where there is none */
    public static boolean are(String name, int rows, IntFunction<@Nullable String> field) {
        if (rows == 0 || !NAMES.contains(PlainText.cell(name))) {
            return false;
        }
        var seen = new BitSet(rows + 1);
        for (int row = 0; row < rows; row++) {
            var text = field.apply(row);
            if (text == null || !text.matches("0|[1-9]\\d{0,8}")) {
                return false;
            }
            int number = Integer.parseInt(text);
            if (number > rows || seen.get(number)) {
                return false;
            }
            seen.set(number);
        }
        // So many different numbers up to the number of rows: all but the first, or all but the last.
        return !seen.get(0) || !seen.get(rows);
    }

    static boolean in(Column column) {
        return column instanceof Column.Numbers && are(column.name(), column.rows(), column::label);
    }
}
