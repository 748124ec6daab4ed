package org.sekisho.checker.table;

import java.util.List;
import java.util.stream.IntStream;

/** Whether a table holds what a mean is made of. */
public final class MeanParts {
    private MeanParts() {}

    /** A count, and a sum: a column told to be one, or one of whole numbers that its name calls a sum. */
    public static boolean in(Table table, List<Measure> roles) {
        return columns(roles).anyMatch(column -> roles.get(column).kind() == Measure.Kind.COUNT && !sum(table, column))
                && columns(roles)
                        .anyMatch(column -> roles.get(column).kind() == Measure.Kind.SUM
                                || (roles.get(column).kind() == Measure.Kind.COUNT && sum(table, column)));
    }

    private static IntStream columns(List<Measure> roles) {
        return IntStream.range(0, roles.size());
    }

    /** {@code total_patients} counts. */
    private static boolean sum(Table table, int column) {
        var name = table.columns().get(column).name();
        return ColumnNames.sum(name) && !ColumnNames.count(name);
    }
}
