package org.sekisho.checker.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Equations;

/**
 * Hidden cells that share equations, however indirectly: what an outsider makes of one cluster tells nothing of
 * another.
 *
 * @param cells ascending
 * @param equations that hold some of them, ascending
 */
@SuppressWarnings("ArrayRecordComponent")
record Cluster(int[] cells, int[] equations) {

    /** Largest first, so that no processor is left with it at the end. */
    static List<Cluster> of(Equations equations, BitSet hidden) {
        var leaders = leaders(equations, hidden);
        var number = new int[equations.cells()];
        int clusters = 0;
        for (int cell = hidden.nextSetBit(0); cell >= 0; cell = hidden.nextSetBit(cell + 1)) {
            int leader = find(leaders, cell);
            number[cell] = leader == cell ? clusters++ : number[leader];
        }
        var cells = grouped(hidden.stream(), cell -> number[cell], clusters);
        var through = grouped(
                IntStream.range(0, equations.size()).filter(equation -> aHidden(equations, equation, hidden) >= 0),
                equation -> number[aHidden(equations, equation, hidden)],
                clusters);
        var all = new ArrayList<Cluster>();
        for (int cluster = 0; cluster < clusters; cluster++) {
            all.add(new Cluster(cells[cluster], through[cluster]));
        }
        all.sort((a, b) -> Integer.compare(b.size(), a.size()));
        return all;
    }

    /** Forests of cells that hang together; the lowest cell of each leads. */
    private static int[] leaders(Equations equations, BitSet hidden) {
        var leaders = IntStream.range(0, equations.cells()).toArray();
        for (int equation = 0; equation < equations.size(); equation++) {
            int first = aHidden(equations, equation, hidden);
            for (int at = equations.from(equation); first >= 0 && at < equations.from(equation + 1); at++) {
                if (hidden.get(equations.cell(at))) {
                    int one = find(leaders, first);
                    int other = find(leaders, equations.cell(at));
                    leaders[Math.max(one, other)] = Math.min(one, other);
                }
            }
        }
        return leaders;
    }

    private static int find(int[] leaders, int cell) {
        int at = cell;
        while (leaders[at] != at) {
            leaders[at] = leaders[leaders[at]];
            at = leaders[at];
        }
        return at;
    }

    /** The first hidden cell of an equation, -1 where it has none. */
    private static int aHidden(Equations equations, int equation, BitSet hidden) {
        for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
            if (hidden.get(equations.cell(at))) {
                return equations.cell(at);
            }
        }
        return -1;
    }

    private static int[][] grouped(IntStream items, IntUnaryOperator group, int groups) {
        var all = items.toArray();
        var sizes = new int[groups];
        Arrays.stream(all).forEach(item -> sizes[group.applyAsInt(item)]++);
        var grouped = new int[groups][];
        Arrays.setAll(grouped, each -> new int[sizes[each]]);
        Arrays.fill(sizes, 0);
        for (int item : all) {
            int its = group.applyAsInt(item);
            grouped[its][sizes[its]++] = item;
        }
        return grouped;
    }

    int size() {
        return cells.length;
    }

    /** The place of a cell among these, negative when it is none of them. */
    int place(int cell) {
        return Arrays.binarySearch(cells, cell);
    }
}
