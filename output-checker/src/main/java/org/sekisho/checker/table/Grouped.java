package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The groups among the labels of one key column, told from one measure. */
final class Grouped {
    private static final int NUMBERS_AT_MOST = 2_000_000;

    private final Map<String, Integer> labels = new LinkedHashMap<>();
    /** What the other keys of a row say, numbered. */
    private final Map<String, Integer> contexts = new LinkedHashMap<>();

    private final int[] label;
    private final int[] context;
    private final Optional<int[]> parents;

    /**
     * @param labelOf of each row; nothing for rows that are totals over the key
     * @param contextOf of each row
     * @param effort that is spent on it
     */
    Grouped(List<Optional<String>> labelOf, List<String> contextOf, Column.Numbers measure, Effort effort) {
        int rows = labelOf.size();
        label = new int[rows];
        context = new int[rows];
        for (int row = 0; row < rows; row++) {
            var its = labelOf.get(row);
            label[row] = its.isEmpty() ? -1 : number(labels, its.get());
            context[row] = number(contexts, contextOf.get(row));
        }
        parents = isUsable(measure) && fits(effort) ? search(measure.values(), effort) : Optional.empty();
    }

    private static int number(Map<String, Integer> numbers, String name) {
        return numbers.computeIfAbsent(name, _ -> numbers.size());
    }

    private boolean isUsable(Column.Numbers measure) {
        return labels.size() >= 3
                && measure.missing().isEmpty()
                && Arrays.stream(measure.values()).allMatch(value -> value >= 0 && Double.isFinite(value));
    }

    /** What is too large to be looked at is not said to have no groups. */
    private boolean fits(Effort effort) {
        boolean fits = (long) labels.size() * contexts.size() <= NUMBERS_AT_MOST;
        if (!fits) {
            effort.giveUp();
        }
        return fits;
    }

    private Optional<int[]> search(double[] measured, Effort effort) {
        var values = new double[labels.size()][contexts.size()];
        var total = new double[contexts.size()];
        var hasTotal = new BitSet();
        for (int row = 0; row < label.length; row++) {
            if (label[row] < 0) {
                total[context[row]] = measured[row];
                hasTotal.set(context[row]);
            } else {
                values[label[row]][context[row]] += measured[row];
            }
        }
        return Nesting.of(values, new Totals(total, hasTotal), orders(), effort);
    }

    /** First by the labels, which no order of rows can change. */
    private List<List<Integer>> orders() {
        var names = List.copyOf(labels.keySet());
        var sorted = IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparing(names::get))
                .toList();
        return List.of(sorted, IntStream.range(0, names.size()).boxed().toList());
    }

    boolean found() {
        return parents.isPresent();
    }

    /** Rows whose label belongs to a group. */
    BitSet within() {
        var within = new BitSet();
        for (int row = 0; row < label.length; row++) {
            within.set(row, label[row] >= 0 && parents.orElseThrow()[label[row]] >= 0);
        }
        return within;
    }

    /** One for each row of a group and its parts in the same context. */
    List<Structure.Sum> sums() {
        var byGroup = new TreeMap<Long, List<Integer>>();
        var rowOf = new TreeMap<Long, Integer>();
        for (int row = 0; row < label.length; row++) {
            if (label[row] >= 0) {
                rowOf.put(place(label[row], context[row]), row);
                int parent = parents.orElseThrow()[label[row]];
                if (parent >= 0) {
                    byGroup.computeIfAbsent(place(parent, context[row]), _ -> new ArrayList<>())
                            .add(row);
                }
            }
        }
        var sums = new ArrayList<Structure.Sum>();
        byGroup.forEach((place, parts) -> Optional.ofNullable(rowOf.get(place))
                .ifPresent(row -> sums.add(new Structure.Sum(
                        row, parts.stream().mapToInt(Integer::intValue).toArray()))));
        return sums;
    }

    private static long place(int label, int context) {
        return ((long) label << 32) | context;
    }
}
