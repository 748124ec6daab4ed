package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Structure.ColumnRun;

/**
 * Finds the columns that run on from row to row by the numbers of another one: cumulative counts from the top or from
 * the bottom, what is left, and, the other way round, differences from the row before. Every row must fit that does not
 * begin or end a chain; rows with a missing number tell nothing. Three have to tell, or two where the name of a column
 * says so.
 *
 * <p>Among few columns any two are tried; among more, those that stand near each other.
 */
final class ColumnRuns {
    private static final int ANY_TWO_AT_MOST = 40;
    private static final int NEAR = 8;
    private static final int ROWS = 3;
    private static final int ROWS_WITH_A_NAME = 2;

    /** Rows that are tried before all others. */
    private static final int PROBES = 6;

    private final List<Column.Numbers> columns;
    private final List<Integer> numbers;
    private final Effort effort;
    private final List<ColumnRun> found = new ArrayList<>();
    private final List<int[]> probes;

    /**
     * @param numbers columns that may be such
     * @param file the rows in the order in which they stand in the file
     */
    ColumnRuns(Table table, List<Integer> keys, List<Integer> numbers, BitSet totals, int[] file, Effort effort) {
        this.effort = effort;
        this.numbers = numbers.stream()
                .filter(column -> tells((Column.Numbers) table.columns().get(column)))
                .toList();
        this.columns = this.numbers.stream()
                .map(column -> (Column.Numbers) table.columns().get(column))
                .toList();
        this.probes = columns.stream().map(ColumnRuns::probes).toList();
        if (columns.size() >= 2 && table.rows() > ROWS_WITH_A_NAME) {
            search(new RowChains(table, keys, totals, effort).all(file));
        }
    }

    List<ColumnRun> found() {
        return effort.spent() ? List.of() : List.copyOf(found);
    }

    private static boolean tells(Column.Numbers column) {
        return Arrays.stream(column.values()).anyMatch(value -> value != 0 && Double.isFinite(value));
    }

    private static int[] probes(Column.Numbers column) {
        return IntStream.range(0, column.rows())
                .filter(row -> column.values()[row] != 0)
                .limit(PROBES)
                .toArray();
    }

    private void search(List<int[]> chains) {
        var afters = chains.stream().map(ColumnRuns::after).toList();
        for (int run = 0; run < columns.size(); run++) {
            for (int step = 0; step < columns.size(); step++) {
                boolean near = columns.size() <= ANY_TWO_AT_MOST || Math.abs(run - step) <= NEAR;
                if (run != step && near) {
                    first(run, step, chains, afters).ifPresent(found::add);
                }
            }
        }
    }

    private Optional<ColumnRun> first(int run, int step, List<int[]> chains, List<int[]> afters) {
        for (int chain = 0; chain < chains.size() && !effort.spent(); chain++) {
            for (int sign : new int[] {1, -1}) {
                for (boolean own : new boolean[] {true, false}) {
                    var trial = new Trial(run, step, sign, own, chains.get(chain), afters.get(chain));
                    if (trial.probed() && trial.holds()) {
                        return Optional.of(new ColumnRun(
                                numbers.get(run), numbers.get(step), sign, own, trial.before, trial.bounded()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static int[] after(int[] before) {
        var after = new int[before.length];
        Arrays.fill(after, RowChains.FIRST);
        for (int row = 0; row < before.length; row++) {
            if (before[row] >= 0) {
                after[before[row]] = row;
            }
        }
        return after;
    }

    /** One guess: from the row before, the run goes up (or down) by the step of its own row (or of that before). */
    @SuppressWarnings("ArrayRecordComponent")
    private final class Trial {
        private final int run;
        private final int step;
        private final int sign;
        private final boolean own;
        private final int[] before;
        private final int[] after;

        Trial(int run, int step, int sign, boolean own, int[] before, int[] after) {
            this.run = run;
            this.step = step;
            this.sign = sign;
            this.own = own;
            this.before = before;
            this.after = after;
        }

        boolean probed() {
            effort.spend(1);
            return IntStream.of(probes.get(step))
                    .map(row -> own ? row : after[row])
                    .allMatch(row -> row < 0 || before[row] < 0 || unseen(row) || fits(row));
        }

        boolean holds() {
            int telling = bounded() ? 1 : 0;
            for (int row = 0; row < before.length; row++) {
                effort.spend(1);
                if (before[row] >= 0 && !unseen(row)) {
                    if (!fits(row)) {
                        return false;
                    }
                    telling += value(step, stepRow(row)) == 0 ? 0 : 1;
                }
            }
            boolean named = RunNames.named(columns.get(run).name())
                    || RunNames.named(columns.get(step).name());
            return telling >= (named ? ROWS_WITH_A_NAME : ROWS);
        }

        private int stepRow(int row) {
            return own ? row : before[row];
        }

        private boolean unseen(int row) {
            return missing(run, row) || missing(run, before[row]) || missing(step, stepRow(row));
        }

        private boolean fits(int row) {
            double from = value(run, before[row]);
            double to = value(run, row);
            double by = value(step, stepRow(row));
            return Math.abs(to - from - sign * by) <= 1e-9 * (Math.abs(from) + Math.abs(to)) + 1e-9;
        }

        /** Whether the run begins with the first step, or ends with the last one, of every chain. */
        boolean bounded() {
            if (own != (sign > 0)) {
                return false;
            }
            var ends = IntStream.range(0, before.length)
                    .filter(row ->
                            own ? before[row] == RowChains.FIRST : before[row] >= RowChains.FIRST && after[row] < 0)
                    .toArray();
            effort.spend(before.length);
            return IntStream.of(ends).anyMatch(row -> !missing(run, row) && !missing(step, row) && value(run, row) != 0)
                    && IntStream.of(ends)
                            .allMatch(row -> missing(run, row)
                                    || missing(step, row)
                                    || Math.abs(value(run, row) - value(step, row))
                                            <= 1e-9 * Math.abs(value(run, row)) + 1e-9);
        }
    }

    private double value(int column, int row) {
        return columns.get(column).values()[row];
    }

    private boolean missing(int column, int row) {
        return columns.get(column).missing().get(row) || Double.isNaN(value(column, row));
    }
}
