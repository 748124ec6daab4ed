package org.sekisho.checker;

import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.RunNames;
import org.sekisho.checker.table.Structure.ColumnRun;

/**
 * Which cells are hidden together, and the equations among them. Usually a row is hidden as a whole: its count, its
 * sums and its means tell on one another. Where columns add up to other columns (men, women, both), or run on from row to
 * row (a count and its cumulative count), each of those columns is hidden cell by cell, and the other measures of a row
 * go with any hidden one. A column that is named as one that runs on, and for which there is no equation, may tell any
 * row by its neighbours: it is hidden as soon as anything is.
 *
 * @param columns the columns that are hidden cell by cell; empty when rows are hidden as a whole
 * @param loose columns that may tell a row by others, in a way that no equation says
 */
record Layout(Subject subject, List<Integer> columns, List<Integer> loose) {

    static Layout of(Subject subject) {
        var columns = new TreeSet<Integer>();
        for (var sum : subject.structure().columnSums()) {
            columns.add(sum.total());
            columns.addAll(sum.parts());
        }
        for (var run : subject.structure().columnRuns()) {
            columns.add(run.run());
            columns.add(run.step());
        }
        return new Layout(subject, List.copyOf(columns), loose(subject));
    }

    /** Columns with the name of one that runs on, of which it is not known by what. */
    private static List<Integer> loose(Subject subject) {
        var runs = subject.structure().columnRuns();
        return subject.measures().stream()
                .filter(column -> subject.rows() > 1 && RunNames.named(subject.name(column)))
                .filter(column -> runs.stream().noneMatch(run -> run.run() == column || run.step() == column))
                .toList();
    }

    int units() {
        return subject.rows() * groups();
    }

    int groups() {
        return Math.max(1, columns.size());
    }

    int unit(int group, int row) {
        return group * subject.rows() + row;
    }

    int row(int unit) {
        return unit % subject.rows();
    }

    /** The columns that a unit stands for: those it hides, the ones that merely follow left out. */
    List<Integer> columnsOf(int unit) {
        return columns.isEmpty() ? subject.measures() : List.of(columns.get(unit / subject.rows()));
    }

    /** The units of a cell that is hit by a rule. */
    List<Integer> unitsOf(int row, int column) {
        int group = columns.indexOf(column);
        return IntStream.range(0, groups())
                .filter(any -> group < 0 || any == group || (goesAlong(group) && goesAlong(any)))
                .mapToObj(any -> unit(any, row))
                .toList();
    }

    /** Where columns only run on, a count takes the sums of its row along, but not what was made of counts row by row. */
    private boolean goesAlong(int group) {
        return subject.structure().columnSums().isEmpty() && !isMade(group);
    }

    /** Whether the column was made of another one from row to row. */
    private boolean isMade(int group) {
        return subject.structure().columnRuns().stream().anyMatch(run -> made(run) == columns.get(group));
    }

    /** Which of the two columns was made of the other one; -1 where nothing tells. */
    private int made(ColumnRun run) {
        return run.bounded() || RunNames.named(subject.name(run.run()))
                ? run.run()
                : RunNames.named(subject.name(run.step())) ? run.step() : -1;
    }

    boolean hides(BitSet hidden, int row, int column) {
        if (!subject.measure(column)) {
            return false;
        }
        if (loose.contains(column) && !hidden.isEmpty()) {
            return true;
        }
        int group = columns.indexOf(column);
        return group >= 0
                ? hidden.get(unit(group, row))
                : IntStream.range(0, groups()).anyMatch(any -> hidden.get(unit(any, row)));
    }

    /** @param grandTotalKnown whether an outsider is taken to know the sum over all rows that are no totals */
    Equations equations(boolean grandTotalKnown) {
        var equations = Equations.over(units());
        var leaves = IntStream.range(0, subject.rows())
                .filter(row -> !subject.structure().totals().get(row))
                .toArray();
        for (int group = 0; group < groups(); group++) {
            int of = group;
            for (var sum : subject.structure().equations()) {
                equations.total(
                        unit(of, sum.total()),
                        IntStream.of(sum.parts()).map(row -> unit(of, row)).toArray());
            }
            if (grandTotalKnown && !isMade(group)) {
                equations.known(IntStream.of(leaves).map(row -> unit(of, row)).toArray());
            }
        }
        for (var sum : subject.structure().columnSums()) {
            for (int row = 0; row < subject.rows(); row++) {
                int at = row;
                equations.total(
                        unit(columns.indexOf(sum.total()), row),
                        sum.parts().stream()
                                .mapToInt(part -> unit(columns.indexOf(part), at))
                                .toArray());
            }
        }
        subject.structure().columnRuns().forEach(run -> add(equations, run));
        return equations.build();
    }

    private void add(Equations.Builder equations, ColumnRun run) {
        int total = columns.indexOf(run.run());
        int step = columns.indexOf(run.step());
        var last = new BitSet();
        for (int row = 0; row < subject.rows(); row++) {
            last.set(row, run.before()[row] >= -1);
        }
        for (int row = 0; row < subject.rows(); row++) {
            int before = run.before()[row];
            if (before >= 0) {
                last.clear(before);
                equations
                        .add(unit(total, row), 1)
                        .add(unit(total, before), -1)
                        .add(unit(step, run.own() ? row : before), -run.sign())
                        .end();
            } else if (before == -1 && run.bounded() && run.own()) {
                equations.total(unit(total, row), unit(step, row));
            }
        }
        if (run.bounded() && !run.own()) {
            last.stream().forEach(row -> equations.total(unit(total, row), unit(step, row)));
        }
    }
}
