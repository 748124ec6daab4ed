package org.sekisho.checker.attack;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.SplittableRandom;
import org.sekisho.checker.table.Equations;

/**
 * Which hidden cells follow exactly from the published ones. Looks for a witness: changes of the hidden cells, each
 * different from 0, that leave every equation true; then checks it against the equations as they were given. Where a
 * witness has to be 0 the cell is exactly computable.
 *
 * <p>Modulo the prime 2^31 - 1. The elimination takes the equations as they come and reduces each by those before it;
 * two independent witnesses make a chance zero (about 1e-18 per cell) report too much, never too little.
 */
public final class RankTest {
    private static final long P = (1L << 31) - 1;

    /**
     * @param computable hidden cells that are exactly computable
     * @param alike for each hidden cell a number shared by exactly those hidden cells that would be computable if one
     *     of them were known, at least 1 (0 for cells that are not hidden or are computable)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Answer(BitSet computable, long[] alike) {

        /** Hidden cells that somebody who knows one of these cells can work out besides that cell. */
        public BitSet undoneBy(BitSet known) {
            var firstKnown = new HashMap<Long, Integer>();
            var second = new HashMap<Long, Boolean>();
            known.stream().filter(cell -> alike[cell] != 0).forEach(cell -> {
                if (firstKnown.putIfAbsent(alike[cell], cell) != null) {
                    second.put(alike[cell], true);
                }
            });
            var undone = new BitSet();
            for (int cell = 0; cell < alike.length; cell++) {
                var by = alike[cell] == 0 ? null : firstKnown.get(alike[cell]);
                if (by != null && (by != cell || second.containsKey(alike[cell]))) {
                    undone.set(cell);
                }
            }
            return undone;
        }
    }

    private final Equations equations;
    private final BitSet hidden;
    /** By cell: the reduced equation whose pivot it is, cells without the pivot. */
    private final int[][] pivotCells;

    private final long[][] pivotValues;
    private final int[] order;
    private int pivots;
    private final long[] work;

    private RankTest(Equations equations, BitSet hidden) {
        this.equations = equations;
        this.hidden = hidden;
        pivotCells = new int[equations.cells()][];
        pivotValues = new long[equations.cells()][];
        order = new int[equations.cells()];
        work = new long[equations.cells()];
    }

    public static Answer run(Equations equations, BitSet hidden) {
        var test = new RankTest(equations, hidden);
        test.eliminate();
        var random = new SplittableRandom(7);
        return test.answer(test.witness(random), test.witness(random));
    }

    private Answer answer(long[] one, long[] other) {
        var computable = new BitSet();
        var alike = new long[equations.cells()];
        for (int cell = hidden.nextSetBit(0); cell >= 0; cell = hidden.nextSetBit(cell + 1)) {
            if (one[cell] == 0 && other[cell] == 0) {
                computable.set(cell);
            } else {
                alike[cell] = one[cell] == 0 ? P + 1 : 1 + other[cell] * inverse(one[cell]) % P;
            }
        }
        return new Answer(computable, alike);
    }

    private void eliminate() {
        var bySize = new Integer[equations.size()];
        var size = new int[bySize.length];
        for (int equation = 0; equation < bySize.length; equation++) {
            bySize[equation] = equation;
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                size[equation] += hidden.get(equations.cell(at)) ? 1 : 0;
            }
        }
        Arrays.sort(bySize, (a, b) -> Integer.compare(size[a], size[b]));
        for (int equation : bySize) {
            reduce(equation);
        }
    }

    /** Writes the equation over cells that are no pivot yet, and makes one of them a pivot. */
    private void reduce(int equation) {
        var touched = new Stack();
        for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
            int cell = equations.cell(at);
            if (hidden.get(cell)) {
                add(cell, equations.sign(at) > 0 ? 1 : P - 1, touched);
            }
        }
        int pivot = -1;
        int free = 0;
        for (int next = 0; next < touched.size; next++) {
            int cell = touched.cells[next];
            if (work[cell] == 0) {
                continue;
            }
            if (pivotCells[cell] == null) {
                free++;
                pivot = pivot < 0 || uses(cell) < uses(pivot) ? cell : pivot;
            } else {
                long factor = work[cell];
                work[cell] = 0;
                for (int at = 0; at < pivotCells[cell].length; at++) {
                    add(pivotCells[cell][at], factor * pivotValues[cell][at] % P, touched);
                }
            }
        }
        if (pivot >= 0) {
            pivot = work[pivot] != 0 ? pivot : anyFree(touched);
        }
        if (pivot >= 0) {
            keep(pivot, free, touched);
        }
        for (int next = 0; next < touched.size; next++) {
            work[touched.cells[next]] = 0;
        }
    }

    private int anyFree(Stack touched) {
        for (int next = 0; next < touched.size; next++) {
            if (work[touched.cells[next]] != 0) {
                return touched.cells[next];
            }
        }
        return -1;
    }

    /** pivot = sum of value * cell over the other cells. */
    private void keep(int pivot, int atMost, Stack touched) {
        long minusInverse = P - inverse(work[pivot]);
        work[pivot] = 0;
        var cells = new int[atMost];
        var values = new long[atMost];
        int filled = 0;
        for (int next = 0; next < touched.size; next++) {
            int cell = touched.cells[next];
            if (work[cell] != 0) {
                if (filled == cells.length) {
                    cells = Arrays.copyOf(cells, 2 * filled + 1);
                    values = Arrays.copyOf(values, 2 * filled + 1);
                }
                cells[filled] = cell;
                values[filled++] = work[cell] * minusInverse % P;
                work[cell] = 0;
            }
        }
        pivotCells[pivot] = Arrays.copyOf(cells, filled);
        pivotValues[pivot] = Arrays.copyOf(values, filled);
        order[pivots++] = pivot;
    }

    private void add(int cell, long value, Stack touched) {
        if (work[cell] == 0) {
            touched.push(cell);
        }
        work[cell] = (work[cell] + value) % P;
    }

    private int uses(int cell) {
        return equations.uses(cell + 1) - equations.uses(cell);
    }

    private long[] witness(SplittableRandom random) {
        var witness = new long[equations.cells()];
        for (int cell = hidden.nextSetBit(0); cell >= 0; cell = hidden.nextSetBit(cell + 1)) {
            witness[cell] = pivotCells[cell] == null ? 1 + random.nextLong(P - 1) : 0;
        }
        for (int step = pivots - 1; step >= 0; step--) {
            int pivot = order[step];
            long sum = 0;
            for (int at = 0; at < pivotCells[pivot].length; at++) {
                sum = (sum + pivotValues[pivot][at] * witness[pivotCells[pivot][at]]) % P;
            }
            witness[pivot] = sum;
        }
        verify(witness);
        return witness;
    }

    /** The proof: the published cells do not tell the table from the one changed by the witness. */
    private void verify(long[] witness) {
        for (int equation = 0; equation < equations.size(); equation++) {
            long sum = 0;
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                sum += equations.sign(at) * witness[equations.cell(at)];
            }
            if (sum % P != 0) {
                throw new IllegalStateException("the witness breaks equation " + equation);
            }
        }
    }

    private static long inverse(long value) {
        long result = 1;
        long power = value;
        for (long exponent = P - 2; exponent > 0; exponent >>= 1) {
            if ((exponent & 1) == 1) {
                result = result * power % P;
            }
            power = power * power % P;
        }
        return result;
    }

    /** Cells in the order in which they were first touched; a cell that came back to 0 may stand twice. */
    private static final class Stack {
        private int[] cells = new int[16];
        private int size;

        void push(int cell) {
            if (size == cells.length) {
                cells = Arrays.copyOf(cells, 2 * size);
            }
            cells[size++] = cell;
        }
    }
}
