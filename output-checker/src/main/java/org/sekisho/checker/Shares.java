package org.sekisho.checker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.rule.ShareParts;

/**
 * Shares beside a count. Those of the total, that a count makes up of all counts, say no more than the count; others say
 * how many of the count have something.
 */
final class Shares {
    /** What a share of the total may be off, having been rounded to whole percents. */
    private static final double ROUNDED = 0.0051;

    private static final String EVERYTHING = "";

    private final Subject subject;
    private final RulePack pack;
    private final Map<Integer, Double> units = new HashMap<>();
    private final Map<Integer, Boolean> ofTotals = new HashMap<>();
    private final Map<Integer, Long> persons = new HashMap<>();

    /** @param stated all figures of the table */
    Shares(Subject subject, RulePack pack, List<Stated> stated) {
        this.subject = subject;
        this.pack = pack;
        stated.forEach(each -> persons.put(each.row(), each.persons()));
    }

    Optional<String> rule(Stated stated) {
        double unit = units.computeIfAbsent(stated.column(), this::unit);
        if (stated.persons() < 0 || unit == 0 || ofTotals.computeIfAbsent(stated.column(), this::ofTotals)) {
            return Optional.empty();
        }
        return new ShareParts(pack.persons()).unsafe(stated.value() / unit, stated.persons())
                ? Optional.of(StatisticCells.SHARE)
                : Optional.empty();
    }

    /** What the whole is written as, 1 or 100; 0 where numbers are no shares, such as rates of thousands. */
    private double unit(int column) {
        double largest = 0;
        for (int row = 0; row < subject.rows(); row++) {
            double value = subject.missing(row, column) ? 0 : subject.value(row, column);
            if (!(value >= 0 && value <= 100)) {
                return 0;
            }
            largest = Math.max(largest, value);
        }
        return largest <= 1 ? 1 : 100;
    }

    /** Of all rows, or of those with the same label of some key. */
    private boolean ofTotals(int column) {
        return madeUp(column, -1)
                || IntStream.range(0, subject.columns())
                        .filter(key -> !subject.measure(key))
                        .anyMatch(key -> madeUp(column, key));
    }

    private boolean madeUp(int column, int key) {
        var sums = new HashMap<String, Long>();
        for (int row = 0; row < subject.rows(); row++) {
            if (!subject.structure().totals().get(row)) {
                sums.merge(group(row, key), Math.max(0, persons.getOrDefault(row, -1L)), Long::sum);
            }
        }
        double unit = unit(column);
        int telling = 0;
        for (int row = 0; row < subject.rows(); row++) {
            long sum = sums.getOrDefault(group(row, key), 0L);
            if (!subject.missing(row, column)
                    && sum > 0
                    && !subject.structure().totals().get(row)) {
                double share = (double) persons.getOrDefault(row, -1L) / sum;
                if (Math.abs(share - subject.value(row, column) / unit) > ROUNDED) {
                    return false;
                }
                telling += share < 1 ? 1 : 0;
            }
        }
        return telling >= 2;
    }

    private String group(int row, int key) {
        return key < 0
                ? EVERYTHING
                : String.valueOf(subject.table().columns().get(key).label(row));
    }
}
