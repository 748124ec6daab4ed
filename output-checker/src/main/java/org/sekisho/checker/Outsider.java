package org.sekisho.checker;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sekisho.checker.attack.Completion;
import org.sekisho.checker.attack.Interval;
import org.sekisho.checker.attack.IntervalAudit;
import org.sekisho.checker.attack.Knowledge;
import org.sekisho.checker.attack.WholeNumbers;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.Measure;

/**
 * What an outsider knows of the columns whose values make one system, and what he makes of it. Of cells that came hidden
 * nobody here knows the true value either: some table that agrees with all that is shown takes its place, for intervals
 * can be measured from any.
 *
 * @param values of units, such as they are or could be
 * @param lowest that everybody knows
 * @param highest that everybody knows
 * @param whole whether everybody knows that all values are whole numbers
 */
@SuppressWarnings("ArrayRecordComponent")
record Outsider(
        Layout layout, List<Integer> columns, double[] values, double[] lowest, double[] highest, boolean whole) {

    /**
     * Intervals of hidden cells by column, then by row.
     *
     * @param notTried cells of which it was not found out whether whole numbers leave one value alone
     */
    record Found(Map<Integer, Map<Integer, Interval>> intervals, int notTried) {}

    /** @return nothing where no table agrees with all that is shown */
    static Optional<Outsider> of(Layout layout, RulePack pack, Equations equations, List<Integer> columns) {
        var subject = layout.subject();
        var unknown = new BitSet();
        var values = new double[layout.units()];
        var lowest = new double[values.length];
        var highest = new double[values.length];
        boolean counts =
                columns.stream().allMatch(column -> subject.roles().get(column).kind() == Measure.Kind.COUNT);
        var leastOf = columns.stream()
                .mapToDouble(column -> lowest(subject, pack, column))
                .toArray();
        for (int unit = 0; unit < values.length; unit++) {
            int row = layout.row(unit);
            int column = column(layout, columns, unit);
            values[unit] = subject.value(row, column);
            unknown.set(unit, subject.alreadyHidden(row, column));
            double least = leastOf[columns.indexOf(column)];
            lowest[unit] = unknown.get(unit) ? least : Math.min(least, values[unit]);
            highest[unit] = unknown.get(unit) ? subject.most(row, column) : Double.POSITIVE_INFINITY;
        }
        var knowledge = new Knowledge(equations, unknown, values, lowest, highest);
        boolean whole = counts && isWhole(values);
        return completed(knowledge, whole)
                .map(table -> new Outsider(layout, columns, table, lowest, highest, whole && isWhole(table)));
    }

    /** The column that a unit stands for in a system of one, or of all that are hidden cell by cell. */
    private static int column(Layout layout, List<Integer> columns, int unit) {
        return columns.get(columns.size() == 1 ? 0 : unit / layout.subject().rows());
    }

    /** Where zeros are shown, a hidden count is no zero; whoever hid it may have had another rule. */
    private static Optional<double[]> completed(Knowledge knowledge, boolean whole) {
        var unknown = knowledge.hidden();
        if (unknown.isEmpty()) {
            return Optional.of(knowledge.values());
        }
        var fractions = Completion.of(knowledge);
        if (fractions.isPresent()) {
            return whole ? Completion.ofWholeNumbers(knowledge).or(() -> fractions) : fractions;
        }
        if (unknown.stream().noneMatch(unit -> knowledge.lowest()[unit] == 1)) {
            return fractions;
        }
        unknown.stream().forEach(unit -> knowledge.lowest()[unit] = 0);
        return completed(knowledge, whole);
    }

    private static boolean isWhole(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == Math.rint(value));
    }

    /** What everybody knows a hidden value to be at least: where zeros are shown, a hidden count is no zero. */
    private static double lowest(Subject subject, RulePack pack, int column) {
        if (IntStream.range(0, subject.rows()).anyMatch(row -> subject.value(row, column) < 0)) {
            return Double.NEGATIVE_INFINITY;
        }
        return subject.roles().get(column).kind() == Measure.Kind.COUNT && pack.zerosPublished() ? 1 : 0;
    }

    /** @param hidden all units that he does not see */
    Found attack(Equations equations, BitSet hidden) {
        var knowledge = new Knowledge(equations, hidden, values, lowest, highest);
        var byColumn = new HashMap<Integer, Map<Integer, Interval>>();
        var narrow = new BitSet();
        IntervalAudit.run(knowledge).forEach((unit, interval) -> {
            int column = column(layout, columns, unit);
            boolean count = layout.subject().roles().get(column).kind() == Measure.Kind.COUNT;
            var its = count ? interval.whole() : interval;
            narrow.set(unit, !its.exact());
            byColumn.computeIfAbsent(column, _ -> new HashMap<>()).put(layout.row(unit), its);
        });
        if (!whole) {
            return new Found(byColumn, 0);
        }
        var answer = WholeNumbers.run(knowledge, narrow);
        answer.fixed().stream()
                .forEach(unit -> byColumn.computeIfAbsent(column(layout, columns, unit), _ -> new HashMap<>())
                        .put(layout.row(unit), new Interval(values[unit], values[unit])));
        return new Found(byColumn, answer.open().cardinality());
    }
}
