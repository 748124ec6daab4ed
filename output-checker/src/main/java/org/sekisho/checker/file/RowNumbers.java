package org.sekisho.checker.file;

import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Column;

/**
 * Columns in which pandas and R number the rows, asked or not: a name that nobody chose, and the numbers 0 to n-1 or 1
 * to n in this order. Such a column tells nothing but how many rows there are. In another order it could tell anything,
 * counts of persons too.
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
        int from = "0".equals(field.apply(0)) ? 0 : 1;
        return IntStream.range(0, rows)
                .allMatch(row -> Integer.toString(from + row).equals(field.apply(row)));
    }

    static boolean in(Column column) {
        return column instanceof Column.Numbers && are(column.name(), column.rows(), column::label);
    }
}
