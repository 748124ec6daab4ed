package org.sekisho.checker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.attack.Interval;
import org.sekisho.checker.attack.IntervalAudit;
import org.sekisho.checker.attack.RankTest;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.suppress.Question;
import org.sekisho.checker.suppress.Suppressor;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.Measure;
import org.sekisho.checker.table.PartsOf;

/**
 * Hides what must be hidden, attacks the result, and hides more while the attack finds a primary cell out.
 */
final class Protection {
    /** Microseconds of one processor, roughly, told from the sizes alone. */
    static final long INTERVAL_WORK_AT_MOST = 20_000_000;

    private static final int REPAIRS_AT_MOST = 6;

    /** Of one cell; more of them are not told apart. */
    private static final int KNOWERS_AT_MOST = 20;

    private final Subject subject;
    private final RulePack pack;
    private final Layout layout;
    private final PartsOf parts;
    private final BitSet primary = new BitSet();
    private final BitSet shown = new BitSet();
    private final double[] cost;
    private Equations equations;
    private boolean grandTotalKnown;
    private final boolean anyAlreadyHidden;
    private boolean contradictory;
    private int notTried;

    private Protection(Subject subject, RulePack pack, PrimaryCells cells) {
        this.subject = subject;
        this.pack = pack;
        this.layout = Layout.of(subject);
        this.parts = new PartsOf(
                subject.table(), subject.roles(), subject.structure().equations());
        this.cost = new double[layout.units()];
        this.anyAlreadyHidden = anyAlreadyHidden(subject);
        for (var hit : cells.all()) {
            layout.unitsOf(hit.row(), hit.column()).forEach(primary::set);
        }
        for (int unit = 0; unit < cost.length; unit++) {
            double size = size(unit);
            cost[unit] = 1 + 0.2 * Math.log1p(size);
            shown.set(unit, size == 0 && !primary.get(unit));
        }
        this.grandTotalKnown = pack.grandTotalKnown() && subject.rows() > 1 && grandTotalIsSafe();
        this.equations = layout.equations(grandTotalKnown);
    }

    /**
     * What was done and what an outsider can make of it.
     *
     * @param unprotected primary units that could not be protected
     * @param givenAway cells that came hidden and are exactly computable as they came
     * @param intervals by column, then by row; empty when not computed
     * @param tooLargeForIntervals whether they were not computed because they are too many
     * @param contradictory whether no values of cells that came hidden were found that agree with those shown
     * @param notTried hidden counts of which it was not found out whether whole numbers leave one value alone
     */
    record Outcome(
            Layout layout,
            BitSet primary,
            BitSet hidden,
            BitSet unprotected,
            int exactlyComputable,
            int undoneBySingletons,
            List<PrimaryCells.Hit> givenAway,
            int equations,
            boolean grandTotalKnown,
            String method,
            Map<Integer, Map<Integer, Interval>> intervals,
            boolean tooLargeForIntervals,
            boolean contradictory,
            int notTried) {

        @Nullable
        Interval interval(int row, int column) {
            return intervals.getOrDefault(column, Map.of()).get(row);
        }
    }

    static Outcome of(Subject subject, RulePack pack, PrimaryCells cells) {
        return new Protection(subject, pack, cells).run();
    }

    private Outcome run() {
        var forced = (BitSet) primary.clone();
        for (int repair = 0; ; repair++) {
            var pattern = Suppressor.suppress(new Question(equations, cost, forced, shown));
            if (!pattern.unprotected().isEmpty() && grandTotalKnown) {
                grandTotalKnown = false;
                equations = layout.equations(false);
                continue;
            }
            var hidden = pattern.hidden(forced);
            var answer = RankTest.run(equations, hidden);
            var undone = undone(answer, hidden);
            var found = foundOut(answer.computable(), Map.of());
            boolean last = repair == REPAIRS_AT_MOST;
            // Intervals cost most; where the rank test alone asks for more, they would be made for nothing.
            if (!last && (!found.isEmpty() || !undone.isEmpty()) && hideMore(found, undone, hidden, forced)) {
                continue;
            }
            var intervals = intervals(hidden);
            found = foundOut(answer.computable(), intervals);
            if (found.isEmpty() || last || !hideMore(found, new BitSet(), hidden, forced)) {
                return outcome(hidden, found, undone, answer, intervals);
            }
        }
    }

    /** Primary cells that somebody alone in another hidden cell could compute, but for one that he is alone in as well. */
    private BitSet undone(RankTest.Answer answer, BitSet hidden) {
        var alone = singletons(hidden);
        var undone = answer.undoneBy(alone);
        undone.and(primary);
        var knowers = new HashMap<Long, List<Integer>>();
        alone.stream()
                .forEach(unit -> knowers.computeIfAbsent(answer.alike()[unit], _ -> new ArrayList<>())
                        .add(unit));
        undone.stream()
                .filter(alone::get)
                .filter(unit -> onlyHimself(unit, knowers.getOrDefault(answer.alike()[unit], List.of())))
                .boxed()
                .toList()
                .forEach(undone::clear);
        return undone;
    }

    /** Whether all these who are alone in some cell are the one who is alone in this one. */
    private boolean onlyHimself(int unit, List<Integer> knowers) {
        return knowers.size() <= KNOWERS_AT_MOST
                && knowers.stream().allMatch(knower -> knower == unit || samePerson(knower, unit));
    }

    /** In the same column, and one row a part of the other. */
    private boolean samePerson(int one, int other) {
        int row = layout.row(one);
        int beside = layout.row(other);
        return one - row == other - beside && (parts.within(row, beside) || parts.within(beside, row));
    }

    private Outcome outcome(
            BitSet hidden,
            BitSet found,
            BitSet undone,
            RankTest.Answer answer,
            Map<Integer, Map<Integer, Interval>> intervals) {
        var exact = (BitSet) answer.computable().clone();
        exact.or(found);
        return new Outcome(
                layout,
                primary,
                hidden,
                found,
                exact.cardinality(),
                undone.cardinality(),
                givenAway(),
                equations.size(),
                grandTotalKnown,
                method(hidden, intervals),
                intervals,
                tooLargeForIntervals(hidden),
                contradictory,
                notTried);
    }

    /** Each column by itself, for what one of them shows of a row tells nothing of another. */
    private List<PrimaryCells.Hit> givenAway() {
        return anyAlreadyHidden ? systems().stream().flatMap(this::givenAway).toList() : List.of();
    }

    private Stream<PrimaryCells.Hit> givenAway(List<Integer> columns) {
        var before = new BitSet();
        for (int unit = 0; unit < cost.length; unit++) {
            before.set(unit, subject.alreadyHidden(layout.row(unit), column(columns, unit)));
        }
        var given = (BitSet) RankTest.run(equations, before).computable().clone();
        if (!before.isEmpty() && columns.stream().allMatch(this::finite) && !tooLargeForIntervals(before)) {
            Outsider.of(layout, pack, known(), columns)
                    .map(outsider -> outsider.attack(known(), before).intervals())
                    .ifPresent(intervals -> before.stream()
                            .filter(unit -> isExact(intervals, column(columns, unit), layout.row(unit)))
                            .forEach(given::set));
        }
        return given.stream()
                .mapToObj(unit ->
                        new PrimaryCells.Hit(layout.row(unit), column(columns, unit), Findings.HIDDEN_BUT_COMPUTABLE));
    }

    private int column(List<Integer> columns, int unit) {
        return columns.get(columns.size() == 1 ? 0 : unit / subject.rows());
    }

    private static boolean isExact(Map<Integer, Map<Integer, Interval>> intervals, int column, int row) {
        var interval = intervals.getOrDefault(column, Map.of()).get(row);
        return interval != null && interval.exact();
    }

    private BitSet foundOut(BitSet computable, Map<Integer, Map<Integer, Interval>> intervals) {
        var found = (BitSet) computable.clone();
        found.and(primary);
        primary.stream()
                .filter(unit -> layout.columnsOf(unit).stream()
                        .anyMatch(column -> isExact(intervals, column, layout.row(unit))))
                .forEach(found::set);
        return found;
    }

    /**
     * Hides the cheapest neighbour of each cell that was found out and got none yet; false when none has one. Where a
     * cell is found out by somebody alone in another one, a third one in an equation of few is what helps.
     */
    private boolean hideMore(BitSet found, BitSet undone, BitSet hidden, BitSet forced) {
        forced.or(hidden);
        var added = new BitSet();
        var open = (BitSet) found.clone();
        open.or(undone);
        for (int unit = open.nextSetBit(0); unit >= 0; unit = open.nextSetBit(unit + 1)) {
            var near = undone.get(unit) ? pairings(unit, hidden) : neighbours(unit);
            near = near.isEmpty() ? neighbours(unit) : near;
            if (!near.intersects(added)) {
                near.andNot(forced);
                near.andNot(shown);
                near.stream()
                        .boxed()
                        .min(Comparator.comparingDouble(other -> cost[other]))
                        .ifPresent(added::set);
            }
        }
        forced.or(added);
        return !added.isEmpty();
    }

    private BitSet neighbours(int unit) {
        return near(unit, _ -> true);
    }

    /** Cells of those equations that hide the unit and one other cell. */
    private BitSet pairings(int unit, BitSet hidden) {
        return near(unit, equation -> hiddenIn(equation, hidden) == 2);
    }

    private BitSet near(int unit, IntPredicate wanted) {
        var near = new BitSet();
        for (int use = equations.uses(unit); use < equations.uses(unit + 1); use++) {
            int equation = equations.equation(use);
            if (wanted.test(equation)) {
                for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                    near.set(equations.cell(at));
                }
            }
        }
        return near;
    }

    private long hiddenIn(int equation, BitSet hidden) {
        return IntStream.range(equations.from(equation), equations.from(equation + 1))
                .filter(at -> hidden.get(equations.cell(at)))
                .count();
    }

    private Map<Integer, Map<Integer, Interval>> intervals(BitSet hidden) {
        notTried = 0;
        var byColumn = new HashMap<Integer, Map<Integer, Interval>>();
        if (hidden.isEmpty() || tooLargeForIntervals(hidden)) {
            return byColumn;
        }
        for (var columns : solvedTogether()) {
            var outsider = Outsider.of(layout, pack, known(), columns);
            contradictory |= outsider.isEmpty();
            outsider.map(his -> his.attack(known(), hidden)).ifPresent(found -> {
                byColumn.putAll(found.intervals());
                notTried += found.notTried();
            });
        }
        return byColumn;
    }

    /** A grand total that is taken to be known is no number here where some part of it came hidden. */
    private Equations known() {
        return anyAlreadyHidden && grandTotalKnown ? layout.equations(false) : equations;
    }

    /** Columns whose values make one system: all that are hidden cell by cell, or each additive one by itself. */
    private List<List<Integer>> systems() {
        return layout.columns().isEmpty()
                ? subject.additive().stream().map(List::of).toList()
                : List.of(layout.columns());
    }

    /** Those without NaN and infinite values. */
    private List<List<Integer>> solvedTogether() {
        return systems().stream()
                .filter(columns -> columns.stream().allMatch(this::finite))
                .toList();
    }

    private boolean finite(int column) {
        return IntStream.range(0, subject.rows()).allMatch(row -> Double.isFinite(subject.value(row, column)));
    }

    private boolean tooLargeForIntervals(BitSet hidden) {
        return intervalWork(hidden) > INTERVAL_WORK_AT_MOST;
    }

    private long intervalWork(BitSet hidden) {
        return IntervalAudit.work(known(), hidden) * solvedTogether().size();
    }

    private BitSet singletons(BitSet hidden) {
        var singletons = new BitSet();
        hidden.stream()
                .filter(unit -> {
                    long persons = subject.persons(layout.row(unit));
                    return persons == 1 || (persons < 0 && size(unit) == 1);
                })
                .forEach(singletons::set);
        return singletons;
    }

    private static boolean anyAlreadyHidden(Subject subject) {
        return subject.measures().stream()
                .anyMatch(column ->
                        IntStream.range(0, subject.rows()).anyMatch(row -> subject.alreadyHidden(row, column)));
    }

    private boolean grandTotalIsSafe() {
        var counts = new ArrayList<Integer>();
        for (int column : layout.columns().isEmpty() ? subject.additive() : layout.columns()) {
            boolean negative = IntStream.range(0, subject.rows()).anyMatch(row -> subject.value(row, column) < 0);
            if (subject.roles().get(column).kind() == Measure.Kind.COUNT && !negative) {
                counts.add(column);
            }
        }
        return counts.stream()
                .allMatch(column -> IntStream.range(0, subject.rows())
                                .filter(row -> !subject.structure().totals().get(row))
                                .mapToDouble(row -> subject.value(row, column))
                                .sum()
                        >= pack.persons().n());
    }

    /** The largest absolute value that the unit stands for. */
    private double size(int unit) {
        var additive = layout.columnsOf(unit).stream()
                .filter(column -> subject.roles().get(column).kind().additive())
                .toList();
        var first = additive.isEmpty() ? layout.columnsOf(unit) : additive;
        double size = 0;
        for (int column : first) {
            double value = Math.abs(subject.value(layout.row(unit), column));
            if (subject.roles().get(column).kind() == Measure.Kind.COUNT && value > 0) {
                return value;
            }
            size = Math.max(size, Double.isNaN(value) ? 1 : value);
        }
        return size;
    }

    private String method(BitSet hidden, Map<Integer, Map<Integer, Interval>> intervals) {
        var rank = "rank test modulo 2^31-1 over " + equations.size() + " equations, witness checked";
        if (hidden.isEmpty()) {
            return "nothing is hidden";
        }
        if (tooLargeForIntervals(hidden)) {
            return rank + "; no intervals: " + intervalWork(hidden) + " steps are more than the bound of "
                    + INTERVAL_WORK_AT_MOST;
        }
        return intervals.isEmpty()
                ? rank + "; no intervals: there is no system of finite values that agrees with what is shown"
                : rank + "; intervals by linear programming, two programmes for each hidden cell"
                        + (anyAlreadyHidden ? ", from a table that agrees with what is shown" : "")
                        + "; counts in whole numbers, but for " + notTried;
    }
}
