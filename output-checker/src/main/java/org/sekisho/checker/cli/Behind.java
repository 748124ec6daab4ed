package org.sekisho.checker.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.rule.Contributions;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Guess;
import org.sekisho.checker.table.Measure;
import org.sekisho.checker.table.Table;

/**
 * Who an example says stands behind its rows: {@code persons} and {@code facilities}, a number for each row; {@code
 * largest}, for a column of sums the two largest contributions of each row, or {@code everybody}, all contributions of
 * each row, with {@code weights} where they are those of a sample.
 */
final class Behind {
    private static final List<String> KEYS = List.of("persons", "facilities", "largest", "everybody", "weights");

    private final Table table;
    private final Map<?, ?> said;

    private Behind(Table table, Map<?, ?> said) {
        this.table = table;
        this.said = said;
    }

    /** @throws IllegalArgumentException says what does not fit the table */
    static Statement of(Table table, Map<?, ?> said) {
        for (var key : said.keySet()) {
            if (!KEYS.contains(key)) {
                throw new IllegalArgumentException("unknown key '" + key + "'; known: " + String.join(", ", KEYS));
            }
        }
        return new Behind(table, said).statement();
    }

    private Statement statement() {
        var persons = numbers("persons");
        if (persons == null) {
            throw new IllegalArgumentException("'persons' is missing: a number for each row");
        }
        var largest = largest();
        var roles = new HashMap<String, Measure>();
        var guessed = Guess.roles(table);
        for (int column = 0; column < guessed.size(); column++) {
            var name = table.columns().get(column).name();
            var kind = largest.containsKey(name)
                    ? Measure.Kind.SUM
                    : guessed.get(column).kind();
            roles.put(name, new Measure(kind, Measure.Counted.UNKNOWN, Measure.Known.STATEMENT));
        }
        return new Statement(
                Optional.empty(),
                false,
                roles,
                Map.of(),
                persons,
                numbers("facilities"),
                largest,
                Map.of(),
                Optional.empty());
    }

    private long @Nullable [] numbers(String key) {
        var list = said.get(key);
        if (list == null) {
            return null;
        }
        return list(list, key).stream()
                .mapToLong(each -> (long) number(each, key))
                .toArray();
    }

    private Map<String, List<Contributions>> largest() {
        var largest = new TreeMap<String, List<Contributions>>();
        if (said.get("largest") instanceof Map<?, ?> columns) {
            columns.forEach((column, rows) -> largest.put(String.valueOf(column), contributions(column, rows)));
        }
        if (said.get("everybody") instanceof Map<?, ?> columns) {
            columns.forEach((column, rows) -> largest.put(String.valueOf(column), everybody(rows)));
        }
        return largest;
    }

    private List<Contributions> everybody(Object rows) {
        var all = new ArrayList<Contributions>();
        var weights = said.containsKey("weights") ? list(said.get("weights"), "weights") : null;
        for (var row : list(rows, "everybody")) {
            var values = row(row, "everybody");
            all.add(
                    weights == null
                            ? Contributions.of(values)
                            : Contributions.weighted(values, row(weights.get(all.size()), "weights")));
        }
        return all;
    }

    private static double[] row(@Nullable Object row, String key) {
        if (row instanceof List<?> numbers) {
            return numbers.stream().mapToDouble(each -> number(each, key)).toArray();
        }
        throw new IllegalArgumentException("'" + key + "' must give a list of numbers for each row");
    }

    private List<Contributions> contributions(Object column, Object rows) {
        var sums = table.columns().stream()
                .filter(each -> each.name().equals(column))
                .findFirst()
                .orElse(null);
        if (!(sums instanceof Column.Numbers numbers)) {
            throw new IllegalArgumentException("'largest' names " + column + ", which is no column of numbers");
        }
        var all = new ArrayList<Contributions>();
        for (var row : list(rows, "largest")) {
            if (!(row instanceof List<?> two) || two.size() != 2) {
                throw new IllegalArgumentException("'largest' must give two numbers for each row");
            }
            all.add(new Contributions(
                    numbers.values()[all.size()], number(two.get(0), "largest"), number(two.get(1), "largest")));
        }
        return all;
    }

    private List<?> list(@Nullable Object value, String key) {
        if (value instanceof List<?> list && list.size() == table.rows()) {
            return list;
        }
        throw new IllegalArgumentException("'" + key + "' must have one entry for each of " + table.rows() + " rows");
    }

    private static double number(@Nullable Object value, String key) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("'" + key + "' must hold numbers");
    }
}
