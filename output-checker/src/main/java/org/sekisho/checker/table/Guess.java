package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds out what the columns of a table are when nobody said so: by type, by name, and by how the values repeat. */
public final class Guess {
    private static final Set<Statistic.Kind> PLACES =
            EnumSet.of(Statistic.Kind.PERCENTILE, Statistic.Kind.MINIMUM, Statistic.Kind.MAXIMUM);

    private static final Set<Statistic.Kind> COUNTED =
            EnumSet.of(Statistic.Kind.COUNT, Statistic.Kind.AT_RISK, Statistic.Kind.EVENTS, Statistic.Kind.CENSORED);

    private static final Pattern P_VALUE = Pattern.compile("(?i)^(p[._ ]?value|p ?> ?\\|? ?[tz] ?\\|?|pr ?\\(>.*)$");

    private Guess() {}

    /** One answer for each column. Errs on the side of calling a column a count, for counts are judged. */
    public static List<Measure> roles(Table table) {
        var roles = new ArrayList<Measure>();
        for (var column : table.columns()) {
            roles.add(byTypeAndName(column));
        }
        WideColumns.recognise(table, roles);
        axes(table, roles);
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
        if (place(name) || coefficient(column)) {
            return Measure.guessed(Measure.Kind.OTHER, Measure.Known.NAME);
        }
        if (ColumnNames.count(name) || (column.whole() && counted(name))) {
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

    /** The times of a survival table and the edges of bins are what its numbers are counted by. */
    private static void axes(Table table, List<Measure> roles) {
        boolean survival = columns(table, Statistic.Kind.AT_RISK).findAny().isPresent()
                || columns(table, Statistic.Kind.SURVIVAL).findAny().isPresent();
        if (survival) {
            columns(table, Statistic.Kind.TIME).forEach(column -> key(roles, column));
        }
        var from = columns(table, Statistic.Kind.BIN_FROM).boxed().toList();
        var to = columns(table, Statistic.Kind.BIN_TO).boxed().toList();
        if (from.size() == 1 && to.size() == 1 && followOneAnother(table, from.getFirst(), to.getFirst())) {
            key(roles, from.getFirst());
            key(roles, to.getFirst());
        }
    }

    private static void key(List<Measure> roles, int column) {
        roles.set(column, Measure.guessed(Measure.Kind.KEY, Measure.Known.NAME));
    }

    private static IntStream columns(Table table, Statistic.Kind kind) {
        return IntStream.range(0, table.columns().size())
                .filter(column -> table.columns().get(column) instanceof Column.Numbers numbers
                        && Statistic.named(numbers.name())
                                .filter(statistic -> statistic.kind() == kind)
                                .isPresent());
    }

    /** Whether each bin but the last ends where another one begins. */
    private static boolean followOneAnother(Table table, int from, int to) {
        var begins = (Column.Numbers) table.columns().get(from);
        var ends = (Column.Numbers) table.columns().get(to);
        var starts = new HashSet<Double>();
        var open = new HashSet<Double>();
        for (int row = 0; row < table.rows(); row++) {
            if (!(begins.values()[row] < ends.values()[row])) {
                return false;
            }
            starts.add(begins.values()[row]);
        }
        for (double end : ends.values()) {
            if (!starts.contains(end) && !starts.contains(end + 1)) {
                open.add(end);
            }
        }
        return starts.size() >= 2 && open.size() == 1;
    }

    /** A value of somebody: a percentile, a minimum, a maximum. */
    private static boolean place(String name) {
        return Statistic.named(name)
                .map(Statistic::kind)
                .filter(PLACES::contains)
                .isPresent();
    }

    /** What a model prints beside its variables, p values of 0.000 among it; whole numbers under such a name may be counts. */
    private static boolean coefficient(Column.Numbers column) {
        boolean named = Statistic.named(column.name())
                .filter(statistic -> statistic.kind() == Statistic.Kind.COEFFICIENT)
                .isPresent();
        return (named && !column.whole()) || probabilities(column);
    }

    private static boolean probabilities(Column.Numbers column) {
        return P_VALUE.matcher(column.name()).find()
                && Arrays.stream(column.values()).allMatch(value -> value == 0 || value == 1);
    }

    /** Persons with an event, at risk, lost. */
    private static boolean counted(String name) {
        return Statistic.named(name)
                .map(Statistic::kind)
                .filter(COUNTED::contains)
                .isPresent();
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

    /** Whether the name of a column says that it counts. */
    public static boolean namesCount(String name) {
        return ColumnNames.count(name) || counted(name);
    }

    /** Whether the name of a column is that of a category or a code, and not of one value of it (4月, 2020年). */
    public static boolean namesKey(String name) {
        return ColumnNames.code(name)
                || (ColumnNames.key(name) && ColumnNames.family(name).isEmpty());
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
