package org.sekisho.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Measure;
import org.sekisho.checker.table.Statistic;

/**
 * A figure of a table that is no count and no sum: a percentile, a share, a correlation. Its statistic stands in the name
 * of its column, or, as {@code describe()} prints it, in the label of its row.
 *
 * @param value NaN where the cell holds no number
 * @param inRow whether the row names the statistic
 * @param persons who stand behind it, as the statement or a count beside it says; -1 when nobody knows
 */
record Stated(Statistic statistic, int row, int column, double value, boolean inRow, long persons) {
    private static final Pattern QUANTILES =
            Pattern.compile("(?i)quantiles?|percentiles?|prob(s|abilit(y|ies))?|q|p|分位(点|数)?|パーセンタイル|百分位");

    /** So many rows must name a statistic before they are believed to. */
    private static final int NAMED_ROWS = 3;

    private static final int KEYS_AT_MOST = 8;

    /** Nobody describes more. */
    static final int ROWS_AT_MOST = 5_000;

    static List<Stated> of(Subject subject) {
        var stated = new ArrayList<Stated>();
        var counts = countColumn(subject);
        for (int column : subject.measures()) {
            var statistic = ofColumn(subject, column);
            for (int row = 0; statistic.isPresent() && row < subject.rows(); row++) {
                stated.add(new Stated(
                        statistic.get(),
                        row,
                        column,
                        subject.value(row, column),
                        false,
                        persons(subject, row, counts)));
            }
        }
        keys(subject)
                .filter(column -> namesStatistics(subject, column))
                .findFirst()
                .ifPresent(key -> inRows(subject, key, stated));
        subject.measures().stream()
                .filter(column -> holdsQuantiles(subject, column))
                .findFirst()
                .ifPresent(quantiles -> byQuantile(subject, quantiles, counts, stated));
        return stated;
    }

    /** Where a row may name its statistic. */
    static IntStream keys(Subject subject) {
        return IntStream.range(0, subject.columns())
                .filter(column -> !subject.measure(column))
                .limit(KEYS_AT_MOST);
    }

    /** A column of numbers that say which percentile stands beside them. */
    private static boolean holdsQuantiles(Subject subject, int column) {
        return QUANTILES.matcher(subject.name(column).strip()).matches()
                && subject.measures().size() > 1
                && IntStream.range(0, subject.rows())
                        .allMatch(row -> subject.value(row, column) >= 0 && subject.value(row, column) <= 100);
    }

    private static void byQuantile(Subject subject, int quantiles, int counts, List<Stated> stated) {
        double unit = IntStream.range(0, subject.rows()).anyMatch(row -> subject.value(row, quantiles) > 1) ? 100 : 1;
        for (int row = 0; row < subject.rows(); row++) {
            var statistic = Statistic.percentile(subject.value(row, quantiles) / unit);
            for (int column : subject.measures()) {
                if (column != quantiles && column != counts) {
                    stated.add(new Stated(
                            statistic, row, column, subject.value(row, column), true, persons(subject, row, counts)));
                }
            }
        }
    }

    /** What a column that is no count and no sum holds. */
    static Optional<Statistic> ofColumn(Subject subject, int column) {
        var kind = subject.roles().get(column).kind();
        if (kind != Measure.Kind.OTHER && kind != Measure.Kind.MEAN) {
            return Optional.empty();
        }
        return switch (subject.statement().functions().getOrDefault(subject.name(column), "")) {
            case "min" -> Optional.of(new Statistic(Statistic.Kind.MINIMUM, Double.NaN));
            case "max" -> Optional.of(new Statistic(Statistic.Kind.MAXIMUM, Double.NaN));
            default -> Statistic.named(subject.name(column));
        };
    }

    /** The only count there is, or the one that is named just so; -1 when nobody can tell which one is meant. */
    private static int countColumn(Subject subject) {
        var counts = subject.measures().stream()
                .filter(column -> subject.roles().get(column).kind() == Measure.Kind.COUNT)
                .toList();
        var named = counts.stream()
                .filter(column -> Statistic.named(subject.name(column))
                        .filter(statistic -> statistic.kind() == Statistic.Kind.COUNT)
                        .isPresent())
                .toList();
        return counts.size() == 1 ? counts.getFirst() : named.size() == 1 ? named.getFirst() : -1;
    }

    private static long persons(Subject subject, int row, int counts) {
        if (subject.persons(row) >= 0) {
            return subject.persons(row);
        }
        double count = counts < 0 || subject.missing(row, counts) ? -1 : subject.value(row, counts);
        return count >= 0 ? (long) count : -1;
    }

    private static Optional<Statistic> ofRow(Subject subject, int key, int row) {
        var label = subject.table().columns().get(key).label(row);
        return label == null ? Optional.empty() : Statistic.named(label);
    }

    /** Whether most labels of a key are statistics, of three kinds or more. */
    static boolean namesStatistics(Subject subject, int key) {
        if (!(subject.table().columns().get(key) instanceof Column.Words) || subject.rows() > ROWS_AT_MOST) {
            return false;
        }
        var named = IntStream.range(0, subject.rows())
                .mapToObj(row -> ofRow(subject, key, row))
                .flatMap(Optional::stream)
                .toList();
        return named.size() >= NAMED_ROWS
                && 2 * named.size() > subject.rows()
                && named.stream().map(Statistic::kind).distinct().count() >= NAMED_ROWS;
    }

    /** Whether some labels of a key are counts and others another statistic. */
    static boolean namesCountsAmongOthers(Subject subject, int key) {
        var kinds = IntStream.range(0, Math.min(subject.rows(), ROWS_AT_MOST))
                .mapToObj(row -> ofRow(subject, key, row))
                .flatMap(Optional::stream)
                .map(Statistic::kind)
                .collect(Collectors.toSet());
        return kinds.size() > 1 && kinds.contains(Statistic.Kind.COUNT);
    }

    private static void inRows(Subject subject, int key, List<Stated> stated) {
        var counts = new HashMap<String, Integer>();
        for (int row = 0; row < subject.rows(); row++) {
            int at = row;
            ofRow(subject, key, row)
                    .filter(statistic -> statistic.kind() == Statistic.Kind.COUNT)
                    .ifPresent(_ -> counts.put(others(subject, key, at), at));
        }
        for (int row = 0; row < subject.rows(); row++) {
            var statistic = ofRow(subject, key, row);
            for (int column : statistic.isPresent() ? subject.measures() : List.<Integer>of()) {
                var count = counts.get(others(subject, key, row));
                double persons = count == null || subject.missing(count, column) ? -1 : subject.value(count, column);
                stated.add(new Stated(
                        statistic.get(),
                        row,
                        column,
                        subject.value(row, column),
                        true,
                        persons >= 0 ? (long) persons : -1));
            }
        }
    }

    private static String others(Subject subject, int key, int row) {
        var text = new StringBuilder();
        for (int column = 0; column < subject.columns(); column++) {
            if (column != key && !subject.measure(column)) {
                text.append(subject.table().columns().get(column).label(row)).append('\u0001');
            }
        }
        return text.toString();
    }
}
