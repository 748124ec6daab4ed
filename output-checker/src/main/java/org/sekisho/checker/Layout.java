package org.sekisho.checker;

import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Equations;

/**
 * Which cells are hidden together, and the equations among them. Usually a row is hidden as a whole: its count, its
 * sums and its means tell on one another. Where columns add up to other columns (men, women, both), each of those
 * columns is hidden cell by cell, and the other measures of a row go with any hidden one.
 *
 * @param columns the columns that are hidden cell by cell; empty when rows are hidden as a whole
 */
record Layout(Subject subject, List<Integer> columns) {

    static Layout of(Subject subject) {
        var columns = new TreeSet<Integer>();
        for (var sum : subject.structure().columnSums()) {
            columns.add(sum.total());
            columns.addAll(sum.parts());
        }
        return new Layout(subject, List.copyOf(columns));
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
        return group >= 0
                ? List.of(unit(group, row))
                : IntStream.range(0, groups()).mapToObj(any -> unit(any, row)).toList();
    }

    boolean hides(BitSet hidden, int row, int column) {
        if (!subject.measure(column)) {
            return false;
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
            if (grandTotalKnown) {
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
        return equations.build();
    }
}
