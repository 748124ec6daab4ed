package org.sekisho.checker.suppress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.sekisho.checker.table.Equations;

/**
 * The ways in which the hidden cells of one component can move together without any published cell changing: the null
 * space of the equations, restricted to these cells. A cell that no move touches is exactly computable. Found by sparse
 * elimination modulo 2^61 - 1, shortest equation first, rarest cell in it as pivot (Markowitz 1957).
 *
 * <p>A random move touches every cell that some move touches, but for a chance of about 1e-18 per cell; a miss would
 * only hide more than needed.
 */
final class FreeMoves {
    private final Component component;
    /** In order of elimination: the pivot first, then the rest of its equation. */
    private final List<int[]> pivotCells = new ArrayList<>();

    private final List<long[]> pivotValues = new ArrayList<>();
    private final Numbers pivotRows = new Numbers();
    private final Operations operations = new Operations();

    private final List<int[]> columns;
    private final List<long[]> coefficients;
    private final int[][] rowsOf;
    private final int[] rowsOfSize;
    private final int[] inRows;

    FreeMoves(Equations equations, Component component) {
        this.component = component;
        columns = new ArrayList<>(component.equations().length);
        coefficients = new ArrayList<>(component.equations().length);
        rowsOf = new int[component.size()][];
        rowsOfSize = new int[component.size()];
        inRows = new int[component.size()];
        load(equations);
        eliminate();
    }

    /** One random move: a value for each cell by its local number, 0 for every cell that cannot move. */
    long[] draw(SplittableRandom random) {
        var move = new long[component.size()];
        for (int cell = 0; cell < move.length; cell++) {
            move[cell] = 1 + random.nextLong(Mersenne.P - 1);
        }
        for (int step = pivotCells.size() - 1; step >= 0; step--) {
            var row = pivotCells.get(step);
            var values = pivotValues.get(step);
            long sum = 0;
            for (int at = 1; at < row.length; at++) {
                sum = Mersenne.add(sum, Mersenne.multiply(values[at], move[row[at]]));
            }
            move[row[0]] = Mersenne.negate(sum);
        }
        return move;
    }

    /**
     * How a cell that no move touches can be computed.
     *
     * @param place its local number
     */
    Giveaway giveaway(Equations equations, int place) {
        var multiples = multiplesLeaving(place);
        operations.undo(multiples);
        var sums = new HashMap<Integer, Long>();
        for (int row = 0; row < multiples.length; row++) {
            int equation = component.equations()[row];
            for (int at = equations.from(equation); multiples[row] != 0 && at < equations.from(equation + 1); at++) {
                long multiple = equations.sign(at) > 0 ? multiples[row] : Mersenne.negate(multiples[row]);
                sums.merge(equations.cell(at), multiple, Mersenne::add);
            }
        }
        int cell = component.cells()[place];
        return new Giveaway(
                cell,
                sums.entrySet().stream()
                        .filter(sum -> sum.getValue() != 0 && sum.getKey() != cell)
                        .mapToInt(Map.Entry::getKey)
                        .sorted()
                        .toArray());
    }

    /** Multiples of the eliminated rows whose sum holds one cell alone. */
    private long[] multiplesLeaving(int place) {
        var multiples = new long[component.equations().length];
        var left = new long[component.size()];
        left[place] = 1;
        for (int step = 0; step < pivotCells.size(); step++) {
            var row = pivotCells.get(step);
            long multiple = left[row[0]];
            if (multiple != 0) {
                multiples[pivotRows.at(step)] = multiple;
                var values = pivotValues.get(step);
                for (int at = 0; at < row.length; at++) {
                    left[row[at]] = Mersenne.subtract(left[row[at]], Mersenne.multiply(multiple, values[at]));
                }
            }
        }
        return multiples;
    }

    private void load(Equations equations) {
        for (int equation : component.equations()) {
            addRow(equations, equation);
        }
        for (int row = 0; row < columns.size(); row++) {
            for (int column : columns.get(row)) {
                inRows[column]++;
            }
        }
        for (int column = 0; column < rowsOf.length; column++) {
            rowsOf[column] = new int[inRows[column]];
        }
        for (int row = 0; row < columns.size(); row++) {
            for (int column : columns.get(row)) {
                rowsOf[column][rowsOfSize[column]++] = row;
            }
        }
    }

    private void addRow(Equations equations, int equation) {
        var packed = new long[equations.from(equation + 1) - equations.from(equation)];
        int size = 0;
        for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
            int place = component.place(equations.cell(at));
            if (place >= 0) {
                packed[size++] = (long) place << 1 | (equations.sign(at) > 0 ? 1 : 0);
            }
        }
        packed = Arrays.copyOf(packed, size);
        Arrays.sort(packed);
        var row = new int[size];
        var values = new long[size];
        for (int at = 0; at < size; at++) {
            row[at] = (int) (packed[at] >> 1);
            values[at] = (packed[at] & 1) == 1 ? 1 : Mersenne.P - 1;
        }
        columns.add(row);
        coefficients.add(values);
    }

    private void eliminate() {
        var queue = new ShortestFirst(columns.size());
        for (int row = 0; row < columns.size(); row++) {
            queue.put(row, columns.get(row).length);
        }
        for (int row = queue.take(); row >= 0; row = queue.take()) {
            if (columns.get(row).length > 0) {
                pivot(row, queue);
            }
        }
    }

    private void pivot(int row, ShortestFirst queue) {
        var cellsOfRow = columns.get(row);
        int best = 0;
        for (int at = 1; at < cellsOfRow.length; at++) {
            if (inRows[cellsOfRow[at]] < inRows[cellsOfRow[best]]) {
                best = at;
            }
        }
        normalise(row, best);
        int column = cellsOfRow[best];
        for (int at = 0; at < rowsOfSize[column]; at++) {
            int other = rowsOf[column][at];
            if (other == row) {
                continue;
            }
            int found = Arrays.binarySearch(columns.get(other), column);
            if (found >= 0) {
                subtract(other, row, coefficients.get(other)[found]);
                queue.put(other, columns.get(other).length);
            }
        }
        for (int cell : cellsOfRow) {
            inRows[cell]--;
        }
        remember(row, best);
        columns.set(row, new int[0]);
        coefficients.set(row, new long[0]);
        rowsOf[column] = new int[0];
        rowsOfSize[column] = 0;
    }

    private void normalise(int row, int pivot) {
        var values = coefficients.get(row);
        long inverse = Mersenne.inverse(values[pivot]);
        if (inverse != 1) {
            for (int at = 0; at < values.length; at++) {
                values[at] = Mersenne.multiply(values[at], inverse);
            }
            operations.scale(row, inverse);
        }
    }

    private void remember(int row, int pivot) {
        var cellsOfRow = columns.get(row).clone();
        var values = coefficients.get(row).clone();
        int cell = cellsOfRow[pivot];
        System.arraycopy(cellsOfRow, 0, cellsOfRow, 1, pivot);
        System.arraycopy(values, 0, values, 1, pivot);
        cellsOfRow[0] = cell;
        values[0] = 1;
        pivotCells.add(cellsOfRow);
        pivotValues.add(values);
        pivotRows.add(row);
    }

    /** other := other - factor * row. */
    private void subtract(int other, int row, long factor) {
        var left = columns.get(other);
        var leftValues = coefficients.get(other);
        var right = columns.get(row);
        var rightValues = coefficients.get(row);
        var merged = new int[left.length + right.length];
        var values = new long[merged.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < left.length || j < right.length) {
            if (j == right.length || (i < left.length && left[i] < right[j])) {
                merged[size] = left[i];
                values[size++] = leftValues[i++];
            } else if (i == left.length || right[j] < left[i]) {
                merged[size] = right[j];
                values[size++] = Mersenne.negate(Mersenne.multiply(factor, rightValues[j]));
                enter(right[j++], other);
            } else {
                long value = Mersenne.subtract(leftValues[i], Mersenne.multiply(factor, rightValues[j]));
                if (value == 0) {
                    inRows[left[i]]--;
                } else {
                    merged[size] = left[i];
                    values[size++] = value;
                }
                i++;
                j++;
            }
        }
        columns.set(other, Arrays.copyOf(merged, size));
        coefficients.set(other, Arrays.copyOf(values, size));
        operations.subtract(other, row, factor);
    }

    /** May list a row twice after it left and came back; whoever reads the list looks again. */
    private void enter(int column, int row) {
        inRows[column]++;
        if (rowsOfSize[column] == rowsOf[column].length) {
            rowsOf[column] = Arrays.copyOf(rowsOf[column], Math.max(4, 2 * rowsOfSize[column]));
        }
        rowsOf[column][rowsOfSize[column]++] = row;
    }
}
