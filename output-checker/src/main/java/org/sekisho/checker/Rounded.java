package org.sekisho.checker;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.checker.round.Rounding;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Measure;
import org.sekisho.checker.table.Table;

/** Counts of a table rounded, every cell by itself, totals too. */
final class Rounded {
    private Rounded() {}

    /** Columns with a count that rounding would change, hidden ones left out. */
    static List<Integer> unrounded(Subject subject, Rounding rounding, Protection.Outcome outcome) {
        var columns = new ArrayList<Integer>();
        for (int column : subject.measures()) {
            if (isCount(subject, column) && changes(subject, column, rounding, outcome)) {
                columns.add(column);
            }
        }
        return columns;
    }

    static Table table(Subject subject, Rounding rounding) {
        var columns = new ArrayList<Column>();
        for (int column = 0; column < subject.columns(); column++) {
            var source = subject.table().columns().get(column);
            columns.add(
                    source instanceof Column.Numbers numbers && isCount(subject, column)
                            ? rounded(numbers, rounding)
                            : source);
        }
        return new Table(columns, subject.rows());
    }

    private static boolean isCount(Subject subject, int column) {
        return subject.roles().get(column).kind() == Measure.Kind.COUNT;
    }

    private static boolean changes(Subject subject, int column, Rounding rounding, Protection.Outcome outcome) {
        for (int row = 0; row < subject.rows(); row++) {
            double value = subject.value(row, column);
            boolean shown = !subject.missing(row, column) && !outcome.layout().hides(outcome.hidden(), row, column);
            if (shown && roundable(value) && rounding.round((long) value) != value) {
                return true;
            }
        }
        return false;
    }

    private static Column rounded(Column.Numbers numbers, Rounding rounding) {
        var values = numbers.values().clone();
        var exact = new long[values.length];
        boolean whole = true;
        for (int row = 0; row < values.length; row++) {
            if (roundable(values[row])) {
                exact[row] = rounding.round((long) values[row]);
                values[row] = exact[row];
            } else {
                whole = false;
            }
        }
        return new Column.Numbers(numbers.name(), values, numbers.missing(), whole ? exact : null);
    }

    private static boolean roundable(double value) {
        return value >= 0 && value < 1e15;
    }
}
