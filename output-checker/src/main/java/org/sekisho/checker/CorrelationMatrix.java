package org.sekisho.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Statistic;

/** A table whose rows are named like its columns, with ones where both meet: correlations of each with each. */
final class CorrelationMatrix {
    private static final Statistic CORRELATION = new Statistic(Statistic.Kind.CORRELATION, Double.NaN);

    private CorrelationMatrix() {}

    /** @return what stands beside the diagonal; nothing when the table is none */
    static List<Stated> of(Subject subject) {
        var keys = IntStream.range(0, subject.columns())
                .filter(column ->
                        !subject.measure(column) && subject.table().columns().get(column) instanceof Column.Words)
                .toArray();
        var measures = subject.measures();
        if (keys.length != 1 || measures.size() < 2 || measures.size() != subject.rows()) {
            return List.of();
        }
        var found = new ArrayList<Stated>();
        for (int row = 0; row < subject.rows(); row++) {
            var label = subject.table().columns().get(keys[0]).label(row);
            boolean diagonal = false;
            for (int column : measures) {
                double value = subject.value(row, column);
                if (!(Math.abs(value) <= 1 || Double.isNaN(value))) {
                    return List.of();
                }
                boolean itself = subject.name(column).equals(label);
                diagonal |= itself && value == 1;
                if (!itself && !subject.missing(row, column)) {
                    found.add(new Stated(CORRELATION, row, column, value, true, -1));
                }
            }
            if (!diagonal) {
                return List.of();
            }
        }
        return found;
    }
}
