package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns of a wide table: each is named by one value of a category (4月 and 5月, sex_m and sex_f), and holds counts. A
 * name that holds the word for the category alone (month, sex, two codes) is that of a key.
 */
final class WideColumns {
    /** Two that are needed to tell rows apart may be keys (the regions from and to which people move); more are not. */
    private static final int KEYS_AT_MOST = 3;

    /** Among more columns nothing is added up. */
    private static final int ADDED_AT_MOST = 100;

    private final Table table;
    private final List<Measure> roles;

    private WideColumns(Table table, List<Measure> roles) {
        this.table = table;
        this.roles = roles;
    }

    /** Makes counts of what only seemed keys by name. */
    static void recognise(Table table, List<Measure> roles) {
        var wide = new WideColumns(table, roles);
        if (wide.keysByName().findAny().isPresent()) {
            wide.named();
            wide.adding();
        }
    }

    private void named() {
        Map<String, List<Integer>> families = new TreeMap<>();
        keysByName().forEach(column -> {
            var name = table.columns().get(column).name();
            if (ColumnNames.date(name)) {
                count(column);
            } else {
                ColumnNames.family(name)
                        .ifPresent(family -> families.computeIfAbsent(family, _ -> new ArrayList<>())
                                .add(column));
            }
        });
        families.values().stream()
                .filter(family -> family.size() > 1 && !tellRowsApart(family))
                .forEach(family -> family.forEach(this::count));
    }

    /** Whether rows look the same without these columns, and something is left to be counted. */
    private boolean tellRowsApart(List<Integer> family) {
        return family.size() <= KEYS_AT_MOST
                && roles.stream().anyMatch(role -> role.kind() != Measure.Kind.KEY)
                && !distinct(IntStream.range(0, roles.size())
                        .filter(column -> roles.get(column).kind() == Measure.Kind.KEY && !family.contains(column))
                        .boxed()
                        .toList());
    }

    private boolean distinct(List<Integer> keys) {
        var seen = new HashSet<List<String>>();
        return IntStream.range(0, table.rows())
                .allMatch(row -> seen.add(keys.stream()
                        .map(key -> String.valueOf(table.columns().get(key).label(row)))
                        .toList()));
    }

    /** Columns side by side that add up to the one before or behind them: keys do not. */
    private void adding() {
        var additive = IntStream.range(0, roles.size())
                .filter(column -> counts(column) || key(column))
                .boxed()
                .toList();
        if (additive.size() <= ADDED_AT_MOST) {
            for (var order : List.of(additive, additive.reversed())) {
                IntStream.range(2, order.size()).forEach(total -> adding(order, total));
            }
        }
    }

    private void adding(List<Integer> order, int total) {
        if (order.subList(0, total + 1).stream().noneMatch(this::key)) {
            return;
        }
        var stated = numbers(order.get(total));
        var added = new double[table.rows()];
        var parts = new int[table.rows()];
        for (int part = total - 1; part >= 0; part--) {
            var values = numbers(order.get(part)).values();
            for (int row = 0; row < added.length; row++) {
                added[row] += values[row];
                parts[row] += values[row] == 0 ? 0 : 1;
            }
            if (total - part >= 2 && addUp(stated, added, parts)) {
                order.subList(part, total + 1).stream().filter(this::key).forEach(this::count);
                return;
            }
        }
    }

    /** In every row, and in two at least of more than one part. */
    private static boolean addUp(Column.Numbers stated, double[] added, int[] parts) {
        int telling = 0;
        for (int row = 0; row < added.length; row++) {
            if (stated.values()[row] != added[row]) {
                return false;
            }
            telling += parts[row] > 1 ? 1 : 0;
        }
        return telling > 1;
    }

    /** As they are now. */
    private Stream<Integer> keysByName() {
        return IntStream.range(0, roles.size()).filter(this::key).boxed().toList().stream();
    }

    /** A key by nothing but a name that is no code. */
    private boolean key(int column) {
        return roles.get(column).kind() == Measure.Kind.KEY
                && roles.get(column).known() == Measure.Known.NAME
                && table.columns().get(column) instanceof Column.Numbers numbers
                && !ColumnNames.person(numbers.name())
                && !ColumnNames.code(numbers.name());
    }

    private boolean counts(int column) {
        return roles.get(column).kind() == Measure.Kind.COUNT && numbers(column).whole();
    }

    private Column.Numbers numbers(int column) {
        return (Column.Numbers) table.columns().get(column);
    }

    private void count(int column) {
        roles.set(column, Measure.guessed(Measure.Kind.COUNT, Measure.Known.NAME));
    }
}
