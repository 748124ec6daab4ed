package org.sekisho.checker.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.table.Structure.ColumnRun;

class ColumnRunsTest {
    private static final double HIDDEN = Double.NaN;

    @Test
    void findsWhatRunsUpOrDownByItsOwnStepOrThatBefore() {
        var step = column("n", 5, 7, 11, 13);
        assertThat(runs(step, column("up", 5, 12, 23, 36)))
                .extracting(ColumnRun::run, ColumnRun::step, ColumnRun::sign, ColumnRun::own, ColumnRun::bounded)
                .containsExactly(tuple(1, 0, 1, true, true));
        assertThat(runs(step, column("below", 0, 5, 12, 23)))
                .extracting(ColumnRun::sign, ColumnRun::own)
                .containsExactly(tuple(1, false));
        assertThat(runs(step, column("left", 95, 88, 77, 64)))
                .extracting(ColumnRun::sign, ColumnRun::own)
                .containsExactly(tuple(-1, true));
        assertThat(runs(step, column("from", 36, 31, 24, 13)))
                .extracting(ColumnRun::sign, ColumnRun::own, ColumnRun::bounded)
                .containsExactly(tuple(-1, false, true));
    }

    @Test
    void everyRowMustFitThatShowsItsNumbers() {
        assertThat(runs(column("n", 5, 7, 11, 13, 17), column("x", 5, 12, 23, 37, 54)))
                .isEmpty();
        assertThat(runs(column("n", 5, HIDDEN, 11, 13, 17), column("x", 5, 12, 23, 36, 53)))
                .hasSize(1);
    }

    @Test
    void twoRowsAreBelievedOnlyWithAName() {
        assertThat(runs(column("n", 9, 150, 170), column("x", HIDDEN, 141, 20))).isEmpty();
        assertThat(runs(column("n", 9, 150, 170), column("change", HIDDEN, 141, 20)))
                .hasSize(1);
    }

    @Test
    void zerosRunNowhere() {
        assertThat(runs(column("n", 0, 0, 0, 0), column("x", 7, 7, 7, 7))).isEmpty();
    }

    @Test
    void seesALongTableThroughInLittleTime() {
        int rows = 200_000;
        var random = new SplittableRandom(7);
        var counts = random.ints(rows, 0, 100).asDoubleStream().toArray();
        var running = counts.clone();
        Arrays.parallelPrefix(running, Double::sum);
        var keys = IntStream.range(0, 3)
                .mapToObj(key -> (Column) new Column.Words("k" + key, labels(random, rows)))
                .toList();
        var columns = new ArrayList<>(keys);
        columns.add(column("n", counts));
        columns.add(column("x", running));
        for (int other = 0; other < 5; other++) {
            columns.add(
                    column("c" + other, random.ints(rows, 0, 3).asDoubleStream().toArray()));
        }
        var effort = new Effort(Effort.AT_MOST);
        var file = IntStream.range(0, rows).toArray();
        assertTimeout(
                Duration.ofMinutes(1),
                () -> assertThat(new ColumnRuns(
                                        new Table(columns, rows),
                                        List.of(0, 1, 2),
                                        IntStream.range(3, columns.size())
                                                .boxed()
                                                .toList(),
                                        new BitSet(),
                                        file,
                                        effort)
                                .found())
                        .extracting(ColumnRun::run, ColumnRun::step)
                        .containsExactly(tuple(4, 3)));
        assertThat(effort.spent()).isFalse();
    }

    @Test
    void looksAmongManyColumnsOnlyNearBy() {
        var random = new SplittableRandom(3);
        var columns = IntStream.range(0, 1_000)
                .mapToObj(column -> column("c" + column, random.doubles(50).toArray()))
                .toArray(Column.Numbers[]::new);
        assertThat(runs(columns)).isEmpty();
    }

    private static List<@Nullable String> labels(SplittableRandom random, int rows) {
        var labels = new ArrayList<@Nullable String>();
        random.ints(rows, 0, 300).forEach(label -> labels.add(Integer.toString(label)));
        return labels;
    }

    private static List<ColumnRun> runs(Column.Numbers... columns) {
        var effort = new Effort(Effort.AT_MOST);
        int rows = columns[0].rows();
        var numbers = IntStream.range(0, columns.length).boxed().toList();
        var file = IntStream.range(0, rows).toArray();
        var found = new ColumnRuns(new Table(List.of(columns), rows), List.of(), numbers, new BitSet(), file, effort)
                .found();
        assertThat(effort.spent()).isFalse();
        return found;
    }

    private static Column.Numbers column(String name, double... values) {
        var missing = new BitSet();
        var shown = values.clone();
        for (int row = 0; row < values.length; row++) {
            missing.set(row, Double.isNaN(values[row]));
            shown[row] = missing.get(row) ? 0 : values[row];
        }
        return new Column.Numbers(name, shown, missing, null);
    }
}
