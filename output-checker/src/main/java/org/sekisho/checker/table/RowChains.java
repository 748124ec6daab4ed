package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which one row may follow another: as the rows are sorted by their labels, and as they stand in the file;
 * all of them in one chain, or a chain for each label, or for all labels but those of one key.
 */
final class RowChains {
    /** Of a row that is in no chain. */
    static final int APART = -2;

    /** Of the first row of a chain. */
    static final int FIRST = -1;

    private static final int KEYS_AT_MOST = 6;

    private final int rows;
    private final BitSet totals;
    private final List<int[]> labels;
    private final Effort effort;

    /** @param totals rows that are in no chain */
    RowChains(Table table, List<Integer> keys, BitSet totals, Effort effort) {
        this.rows = table.rows();
        this.totals = totals;
        this.effort = effort;
        this.labels = keys.stream()
                .limit(KEYS_AT_MOST)
                .map(key -> numbered(table.columns().get(key)))
                .toList();
    }

    private static int[] numbered(Column column) {
        var numbers = new HashMap<@Nullable String, Integer>();
        return IntStream.range(0, column.rows())
                .map(row -> numbers.computeIfAbsent(column.label(row), _ -> numbers.size()))
                .toArray();
    }

    /**
     * @param file the rows in the order in which they stand in the file
     * @return for each way the row before each row, each way once
     */
    List<int[]> all(int[] file) {
        var found = new ArrayList<int[]>();
        for (var order : List.of(IntStream.range(0, rows).toArray(), file)) {
            for (var keys : groupings()) {
                effort.spend(rows);
                var before = before(order, keys);
                if (found.stream().noneMatch(known -> Arrays.equals(known, before))) {
                    found.add(before);
                }
            }
        }
        return found;
    }

    private Set<Set<Integer>> groupings() {
        var all = IntStream.range(0, labels.size()).boxed().toList();
        var groupings = new LinkedHashSet<Set<Integer>>();
        groupings.add(Set.of());
        for (int key : all) {
            groupings.add(new TreeSet<>(all.subList(0, key)));
            groupings.add(Set.of(key));
            var others = new TreeSet<>(all);
            others.remove(key);
            groupings.add(others);
        }
        return groupings;
    }

    private int[] before(int[] order, Set<Integer> keys) {
        var last = new HashMap<Integer, Integer>();
        var group = grouped(keys);
        var before = new int[rows];
        for (int row : order) {
            if (totals.get(row)) {
                before[row] = APART;
            } else {
                var previous = last.put(group[row], row);
                before[row] = previous == null ? FIRST : previous;
            }
        }
        return before;
    }

    /** A number for each combination of the labels of these keys. */
    private int[] grouped(Set<Integer> keys) {
        var group = new int[rows];
        for (int key : keys) {
            Map<Long, Integer> numbers = new HashMap<>();
            for (int row = 0; row < rows; row++) {
                long both = ((long) group[row] << 32) | labels.get(key)[row];
                group[row] = numbers.computeIfAbsent(both, _ -> numbers.size());
            }
        }
        return group;
    }
}
