package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Columns of equal length. Columns are told apart by their position; names may repeat. */
public record Table(List<Column> columns, int rows) {
    public Table {
        columns = List.copyOf(columns);
        for (var column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException("column " + column.name() + " has " + column.rows() + " rows");
            }
        }
    }

    /** The same rows in another order: row {@code i} of the answer is row {@code order[i]} of this table. */
    public Table reordered(int[] order) {
        return new Table(
                columns.stream().map(column -> reordered(column, order)).toList(), order.length);
    }

    /**
     * The order of rows by these columns, first column first; totals and missing values last. Numbers by value, words
     * by code point with runs of digits by value. Rows that agree keep their order.
     */
    public int[] orderBy(List<Integer> keys) {
        Comparator<Integer> order = Comparator.comparingInt(_ -> 0);
        for (int key : keys) {
            order = order.thenComparing(LabelOrder.of(columns.get(key)));
        }
        return IntStream.range(0, rows)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Column reordered(Column column, int[] order) {
        return switch (column) {
            case Column.Words words -> {
                var values = new ArrayList<@Nullable String>(order.length);
                for (int row : order) {
                    values.add(words.values().get(row));
                }
                yield new Column.Words(words.name(), values);
            }
            case Column.Numbers numbers -> {
                var values = new double[order.length];
                var missing = new BitSet();
                var exact = numbers.exact() == null ? null : new long[order.length];
                var most = numbers.most() == null ? null : new double[order.length];
                for (int row = 0; row < order.length; row++) {
                    values[row] = numbers.values()[order[row]];
                    missing.set(row, numbers.missing().get(order[row]));
                    if (exact != null && numbers.exact() != null) {
                        exact[row] = numbers.exact()[order[row]];
                    }
                    if (most != null) {
                        most[row] = numbers.most(order[row]);
                    }
                }
                yield new Column.Numbers(numbers.name(), values, missing, exact, most);
            }
        };
    }
}
