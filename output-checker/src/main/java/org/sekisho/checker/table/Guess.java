package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** Finds out what the columns of a table are when nobody said so: by type, by name, and by how the values repeat. */
public final class Guess {
    private Guess() {}

    /** One answer for each column. Errs on the side of calling a column a count, for counts are judged. */
    public static List<Measure> roles(Table table) {
        var roles = new ArrayList<Measure>();
        for (var column : table.columns()) {
            roles.add(byTypeAndName(column));
        }
        groupingColumns(table, roles);
        if (!hasMeasure(roles)) {
            lastWholeColumn(table, roles);
        }
        return roles;
    }

    private static Measure byTypeAndName(Column column) {
        return switch (column) {
            case Column.Words _ -> Measure.guessed(Measure.Kind.KEY, Measure.Known.VALUES);
            case Column.Numbers numbers -> byName(numbers);
        };
    }

    private static Measure byName(Column.Numbers column) {
        var name = column.name();
        if (ColumnNames.person(name)) {
            return Measure.guessed(Measure.Kind.KEY, Measure.Known.NAME);
        }
        if (ColumnNames.mean(name)) {
            return Measure.guessed(Measure.Kind.MEAN, Measure.Known.NAME);
        }
        if (ColumnNames.other(name)) {
            return Measure.guessed(Measure.Kind.OTHER, Measure.Known.NAME);
        }
        if (ColumnNames.count(name)) {
            return Measure.guessed(Measure.Kind.COUNT, Measure.Known.NAME);
        }
        if (ColumnNames.sum(name)) {
            return Measure.guessed(column.whole() ? Measure.Kind.COUNT : Measure.Kind.SUM, Measure.Known.NAME);
        }
        if (column.whole() && ColumnNames.key(name)) {
            return Measure.guessed(Measure.Kind.KEY, Measure.Known.NAME);
        }
        return Measure.guessed(column.whole() ? Measure.Kind.COUNT : Measure.Kind.OTHER, Measure.Known.VALUES);
    }

    private static boolean hasMeasure(List<Measure> roles) {
        return roles.stream().anyMatch(role -> role.kind() != Measure.Kind.KEY);
    }

    /** A whole-number column that another key settles, over and over, groups that key: it is a key itself. */
    private static void groupingColumns(Table table, List<Measure> roles) {
        for (int column = 0; column < roles.size(); column++) {
            if (roles.get(column).kind() == Measure.Kind.COUNT
                    && roles.get(column).known() == Measure.Known.VALUES) {
                for (int key = 0; key < roles.size(); key++) {
                    if (roles.get(key).kind() == Measure.Kind.KEY && settles(table, key, column)) {
                        roles.set(column, Measure.guessed(Measure.Kind.KEY, Measure.Known.VALUES));
                        break;
                    }
                }
            }
        }
    }

    private static boolean settles(Table table, int key, int column) {
        var seen = new HashMap<String, String>();
        var values = new HashSet<String>();
        boolean repeated = false;
        for (int row = 0; row < table.rows(); row++) {
            var label = String.valueOf(table.columns().get(key).label(row));
            var value = String.valueOf(table.columns().get(column).label(row));
            values.add(value);
            var before = seen.putIfAbsent(label, value);
            if (before != null && !Objects.equals(before, value)) {
                return false;
            }
            repeated |= before != null;
        }
        return repeated && values.size() > 1;
    }

    /** Nothing but keys: the last whole-number column may still be a count with the name of a key. */
    private static void lastWholeColumn(Table table, List<Measure> roles) {
        for (int column = roles.size() - 1; column >= 0; column--) {
            if (table.columns().get(column) instanceof Column.Numbers numbers
                    && numbers.whole()
                    && !ColumnNames.key(numbers.name())
                    && !ColumnNames.person(numbers.name())) {
                roles.set(column, Measure.guessed(Measure.Kind.COUNT, Measure.Known.VALUES));
                return;
            }
        }
    }

    /** Whether a column looks like one that names persons: by its name, nearly as many values as rows. */
    public static boolean namesPersons(Table table, int column) {
        if (!ColumnNames.person(table.columns().get(column).name())) {
            return false;
        }
        var labels = new HashSet<String>();
        for (int row = 0; row < table.rows(); row++) {
            labels.add(String.valueOf(table.columns().get(column).label(row)));
        }
        return labels.size() > table.rows() / 20;
    }
}
