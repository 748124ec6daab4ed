package org.sekisho.checker.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.table.Structure.ColumnSum;

class ColumnSumsTest {
    private static final double HIDDEN = Double.NaN;

    @Test
    void believesTheNameOfATotalThatOneRowShows() {
        assertThat(sums(
                        column("a", 3, HIDDEN, 30),
                        column("b", 4, 40, HIDDEN),
                        column("c", 0, 2, 5),
                        column("Total", 7, 60, 50)))
                .as("the column of which that row shows a zero is a part, too")
                .containsExactly(new ColumnSum(3, List.of(0, 1, 2)));
        assertThat(sums(column("a", 3, HIDDEN, 30), column("b", 4, 40, HIDDEN), column("c", 7, 60, 70)))
                .as("a name that says nothing")
                .isEmpty();
    }

    @Test
    void believesThreeRowsWithoutAName() {
        var found = sums(column("a", 3, HIDDEN, 30, 5, 6), column("b", 4, 40, 41, 1, 1), column("c", 7, 60, 71, 6, 7));
        assertThat(found).containsExactly(new ColumnSum(2, List.of(0, 1)));
    }

    @Test
    void believesTheNameWhereNoRowShowsIt() {
        assertThat(sums(column("a", 3, HIDDEN), column("b", HIDDEN, 40), column("計", 7, 60)))
                .containsExactly(new ColumnSum(2, List.of(0, 1)));
    }

    @Test
    void seesThatShownPartsAreMoreThanTheirTotal() {
        assertThat(sums(column("a", 3, HIDDEN, 30), column("b", 4, 61, 40), column("Total", 7, 60, 70)))
                .isEmpty();
    }

    @Test
    void findsBothSumsOfATotalOfTwoGroupings() {
        var men = column("men", 3, HIDDEN, 30);
        var women = column("women", 4, 40, 5);
        var young = column("young", 2, 7, 9);
        var old = column("old", 5, 53, 26);
        assertThat(sums(men, women, young, old, column("Total", 7, 60, 35)))
                .containsExactlyInAnyOrder(new ColumnSum(4, List.of(0, 1)), new ColumnSum(4, List.of(2, 3)));
        var ages = IntStream.range(0, 12)
                .mapToObj(age -> column("a" + age, age, 2 * age, HIDDEN))
                .toList();
        var columns = new ArrayList<>(ages);
        columns.add(column("men", 40, 62, 1));
        columns.add(column("women", 26, 70, 2));
        columns.add(column("Total", 66, 132, 3));
        assertThat(sums(columns.toArray(Column.Numbers[]::new)))
                .extracting(ColumnSum::total, sum -> sum.parts().size())
                .containsExactly(tuple(14, 2), tuple(14, 12));
    }

    @Test
    void findsTotalsOfTotalsAmongManyColumns() {
        // Four quarters of three months, each before its total, and the year behind all.
        var columns = new ArrayList<Column.Numbers>();
        var year = new double[5];
        for (int quarter = 0; quarter < 4; quarter++) {
            var total = new double[5];
            for (int month = 0; month < 3; month++) {
                var values = new double[5];
                for (int row = 0; row < 5; row++) {
                    values[row] = 11 + 17 * row + 5 * quarter + 3 * month * row;
                    total[row] += values[row];
                    year[row] += values[row];
                }
                columns.add(column("m" + quarter + month, values));
            }
            columns.add(column("q" + quarter, total));
        }
        columns.add(column("year", year));
        var expected = List.of(
                new ColumnSum(3, List.of(0, 1, 2)),
                new ColumnSum(7, List.of(4, 5, 6)),
                new ColumnSum(11, List.of(8, 9, 10)),
                new ColumnSum(15, List.of(12, 13, 14)),
                new ColumnSum(16, List.of(3, 7, 11, 15)));
        assertThat(sums(columns.toArray(Column.Numbers[]::new))).containsExactlyElementsOf(expected);
        var reversed = sums(columns.reversed().toArray(Column.Numbers[]::new));
        assertThat(reversed)
                .extracting(sum -> 16 - sum.total())
                .containsExactlyElementsOf(
                        expected.stream().map(ColumnSum::total).toList());
    }

    @Test
    void givesUpOnAThousandColumnsThatNobodyCanSee() {
        var columns = IntStream.range(0, 1_000)
                .mapToObj(column -> column("c" + column, HIDDEN, HIDDEN, HIDDEN))
                .toArray(Column.Numbers[]::new);
        var effort = new Effort(Effort.AT_MOST);
        assertThat(sums(effort, columns)).isEmpty();
        assertThat(effort.spent()).isTrue();
    }

    /** Every choice of parts would be asked of every row. */
    @Test
    void givesUpOnTwelveLongColumnsThatNobodyCanSee() {
        var hidden = new double[100_000];
        Arrays.fill(hidden, HIDDEN);
        var columns = IntStream.range(0, 12)
                .mapToObj(column -> column("c" + column, hidden))
                .toArray(Column.Numbers[]::new);
        var effort = new Effort(Effort.AT_MOST);
        assertTimeout(
                Duration.ofMinutes(1), () -> assertThat(sums(effort, columns)).isEmpty());
        assertThat(effort.spent()).isTrue();
    }

    private static List<ColumnSum> sums(Column.Numbers... columns) {
        return sums(new Effort(Effort.AT_MOST), columns);
    }

    private static List<ColumnSum> sums(Effort effort, Column.Numbers... columns) {
        var all = IntStream.range(0, columns.length).boxed().toList();
        var table = new Table(List.of(columns), columns[0].rows());
        return new ColumnSums(table, all, all, true, effort).found();
    }

    private static Column.Numbers column(String name, double... values) {
        var missing = new BitSet();
        IntStream.range(0, values.length)
                .filter(row -> Double.isNaN(values[row]))
                .forEach(missing::set);
        return new Column.Numbers(name, values, missing, null);
    }
}
