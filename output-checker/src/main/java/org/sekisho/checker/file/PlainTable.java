package org.sekisho.checker.file;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Figures;
import org.sekisho.checker.table.Table;

/**
 * A table as its cells leave: words as {@link PlainText} writes them, numbers with the digits that are kept. What is
 * dropped on the way out must not decide anything before: no order of rows, no group of its own.
 */
public final class PlainTable {
    private PlainTable() {}

    /**
     * Words and names of columns made plain. A word of which nothing is left is missing, a column without a name is called
     * by its number. Numbers stay as they are.
     */
    public static Table words(Table table) {
        var columns = new ArrayList<Column>();
        for (int at = 0; at < table.columns().size(); at++) {
            var column = table.columns().get(at);
            var cleaned = PlainText.cell(column.name());
            var name = cleaned.isEmpty() ? "column " + (at + 1) : cleaned;
            columns.add(
                    switch (column) {
                        case Column.Words words -> plain(name, words);
                        case Column.Numbers numbers ->
                            new Column.Numbers(
                                    name, numbers.values(), numbers.missing(), numbers.exact(), numbers.most());
                    });
        }
        return new Table(columns, table.rows());
    }

    /** The same table with numbers rounded to these significant digits. */
    public static Table rounded(Table table, int digits) {
        var columns = new ArrayList<Column>();
        for (var column : table.columns()) {
            boolean real = column instanceof Column.Numbers numbers && numbers.exact() == null;
            columns.add(real ? rounded((Column.Numbers) column, digits) : column);
        }
        return new Table(columns, table.rows());
    }

    private static Column plain(String name, Column.Words words) {
        Map<String, String> known = new HashMap<>();
        List<@Nullable String> values = new ArrayList<>(words.rows());
        for (var word : words.values()) {
            var plain = word == null ? "" : known.computeIfAbsent(word, PlainText::of);
            values.add(plain.isEmpty() ? null : plain);
        }
        return new Column.Words(name, values);
    }

    private static Column rounded(Column.Numbers numbers, int digits) {
        var values = numbers.values().clone();
        for (int row = 0; row < values.length; row++) {
            if (Double.isFinite(values[row])) {
                values[row] = Double.parseDouble(Figures.plain(values[row], digits));
            }
        }
        return new Column.Numbers(
                numbers.name(), values, (BitSet) numbers.missing().clone(), null);
    }
}
