package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How the rows of a table hang together.
 *
 * @param equations over rows: each says that a total row is the sum of its parts in every additive column where it was
 *     seen to hold
 * @param totals rows that are the total of others
 * @param broken rows that are labelled as totals and have parts, and do not add up
 * @param duplicates rows whose keys all agree with those of an earlier row, totals left out
 * @param columnRuns columns that run on from row to row by the numbers of another one
 * @param groupsUnknown whether telling groups among the labels of a column, adding up rows that look alike, or adding up
 *     columns or rows one after another took too long, so that some sums are not known
 */
public record Structure(
        List<Sum> equations,
        BitSet totals,
        List<Broken> broken,
        BitSet duplicates,
        List<List<Integer>> hierarchies,
        List<ColumnSum> columnSums,
        List<ColumnRun> columnRuns,
        boolean groupsUnknown) {

    /** One total row and its parts. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Sum(int total, int[] parts) {}

    /** A total that does not add up in a column. */
    public record Broken(int row, int column, double stated, double added) {}

    /** In every row, one column is the sum of others, as far as it can be seen. */
    public record ColumnSum(int total, List<Integer> parts) {}

    /**
     * From the row before to each row, a column goes up, or down, by what another one says.
     *
     * @param sign 1 for up, -1 for down
     * @param own whether it goes by the step of the row itself, else by that of the row before
     * @param before the row before each; negative where there is none
     * @param bounded whether the run begins with the first step of every chain of rows (where it goes up by its own), or
     *     ends with the last one (where it goes down by that before)
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record ColumnRun(int run, int step, int sign, boolean own, int[] before, boolean bounded) {}

    private static final int KEYS_AT_MOST = 10;

    /**
     * @param roles one for each column
     * @param missingMeansHidden whether an absent number was hidden by somebody, so that a total over it cannot be
     *     checked
     */
    public static Structure of(Table table, List<Measure> roles, boolean missingMeansHidden) {
        return of(
                table,
                roles,
                missingMeansHidden,
                IntStream.range(0, table.rows()).toArray());
    }

    /** @param file the rows in the order in which they stand in the file */
    public static Structure of(Table table, List<Measure> roles, boolean missingMeansHidden, int[] file) {
        return new Search(table, roles, missingMeansHidden, file, new Effort(Effort.AT_MOST)).run();
    }

    /** @param effort to find groups in all its columns */
    static Structure of(Table table, List<Measure> roles, boolean missingMeansHidden, Effort effort) {
        return new Search(
                        table,
                        roles,
                        missingMeansHidden,
                        IntStream.range(0, table.rows()).toArray(),
                        effort)
                .run();
    }

    private static final class Search {
        private static final long PARTS_AT_MOST = 25_000_000;

        private final Table table;
        private final boolean missingMeansHidden;
        private final int[] file;
        private final Effort effort;

        /** Parts of sums: where many rows look alike, each of them would be the sum of all. */
        private final Effort adding = new Effort(PARTS_AT_MOST);

        private final List<Integer> keys = new ArrayList<>();
        private final List<Integer> additive = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();
        private final String[][] labels;
        private final int[] totalMask;
        private final int[] wordMask;
        private final List<Sum> equations = new ArrayList<>();
        private final BitSet totals = new BitSet();
        private final List<Broken> broken = new ArrayList<>();
        private final Map<String, List<Integer>> sameKeys = new HashMap<>();
        /** By key: rows whose label belongs to a group in the same column; a total over that key leaves them out. */
        private final List<BitSet> within = new ArrayList<>();

        Search(Table table, List<Measure> roles, boolean missingMeansHidden, int[] file, Effort effort) {
            this.table = table;
            this.file = file;
            this.effort = effort;
            this.missingMeansHidden = missingMeansHidden;
            for (int column = 0; column < roles.size(); column++) {
                if (roles.get(column).kind() != Measure.Kind.KEY
                        && table.columns().get(column) instanceof Column.Numbers) {
                    numbers.add(column);
                }
                if (roles.get(column).kind() == Measure.Kind.KEY) {
                    keys.add(column);
                } else if (roles.get(column).kind().additive()) {
                    additive.add(column);
                    if (roles.get(column).kind() == Measure.Kind.COUNT) {
                        counts.add(column);
                    }
                }
            }
            labels = new String[keys.size()][table.rows()];
            totalMask = new int[table.rows()];
            wordMask = new int[table.rows()];
            for (int key = 0; key < Math.min(keys.size(), KEYS_AT_MOST); key++) {
                for (int row = 0; row < table.rows(); row++) {
                    var label = table.columns().get(keys.get(key)).label(row);
                    labels[key][row] = label == null ? "\u0000" : label;
                    totalMask[row] |= TotalLabels.isTotal(label) ? 1 << key : 0;
                    wordMask[row] |= label != null && TotalLabels.isWord(label) ? 1 << key : 0;
                }
            }
        }

        Structure run() {
            for (int row = 0; row < table.rows() && keys.size() <= KEYS_AT_MOST; row++) {
                sameKeys.computeIfAbsent(others(row, 0), _ -> new ArrayList<>()).add(row);
            }
            if (!additive.isEmpty() && keys.size() <= KEYS_AT_MOST) {
                for (int key = 0; key < keys.size(); key++) {
                    within.add(groups(key));
                }
                totalsOverOneKey();
            }
            var columnsEffort = new Effort(Effort.AT_MOST);
            var columnSums = new ColumnSums(table, additive, counts, missingMeansHidden, columnsEffort);
            var runsEffort = new Effort(Effort.AT_MOST);
            var runs = new ColumnRuns(table, keys, counts.isEmpty() ? List.of() : numbers, totals, file, runsEffort);
            return new Structure(
                    List.copyOf(equations),
                    totals,
                    List.copyOf(broken),
                    duplicates(),
                    hierarchies(),
                    columnSums.found(),
                    runs.found(),
                    effort.spent() || adding.spent() || columnsEffort.spent() || runsEffort.spent());
        }

        private void totalsOverOneKey() {
            int all = 0;
            for (int mask : totalMask) {
                all |= mask;
            }
            var served = new BitSet();
            for (int width = 1; width <= Integer.bitCount(all); width++) {
                var servedNow = new BitSet();
                for (int subset = all; subset > 0; subset = (subset - 1) & all) {
                    if (Integer.bitCount(subset) == width) {
                        totalsOver(subset, served, servedNow);
                    }
                }
                served.or(servedNow);
            }
        }

        /** Totals whose parts differ from them in exactly the keys of the subset. */
        private void totalsOver(int subset, BitSet served, BitSet servedNow) {
            var parts = new HashMap<String, List<Integer>>();
            var outermost = new HashMap<String, List<Integer>>();
            for (int row = 0; row < table.rows(); row++) {
                if ((totalMask[row] & subset) == 0) {
                    var others = others(row, subset);
                    parts.computeIfAbsent(others, _ -> new ArrayList<>()).add(row);
                    if (isOutermost(row, subset)) {
                        outermost
                                .computeIfAbsent(others, _ -> new ArrayList<>())
                                .add(row);
                    }
                }
            }
            for (int row = 0; row < table.rows(); row++) {
                if ((totalMask[row] & subset) == subset && !served.get(row) && !adding.spent()) {
                    var others = others(row, subset);
                    var all = parts.getOrDefault(others, List.of());
                    var outer = outermost.getOrDefault(others, List.of());
                    // Groups are told from numbers: where the total adds up only without them, they were chance.
                    var found = outer.size() < all.size() && !isSum(row, outer) && isSum(row, all) ? all : outer;
                    var twins = found.isEmpty() ? found : withTwins(row, found);
                    adding.spend(twins.size());
                    if (!twins.isEmpty() && !adding.spent()) {
                        judge(row, twins, subset, servedNow);
                    }
                }
            }
        }

        /** Whether the row is the sum of the parts in some column. */
        private boolean isSum(int row, List<Integer> parts) {
            return additive.stream()
                    .map(column -> ((Column.Numbers) table.columns().get(column)).values())
                    .anyMatch(values -> {
                        double added =
                                parts.stream().mapToDouble(part -> values[part]).sum();
                        return Math.abs(added - values[row]) <= 1e-9 * Math.abs(values[row]) + 1e-9;
                    });
        }

        private boolean isOutermost(int row, int subset) {
            for (int key = 0; key < keys.size(); key++) {
                if ((subset & 1 << key) != 0 && within.get(key).get(row)) {
                    return false;
                }
            }
            return true;
        }

        /** Finds groups among the labels of one key, and adds their equations. */
        private BitSet groups(int key) {
            var rows = IntStream.range(0, table.rows()).boxed();
            var labelsOf = rows.map(row ->
                            (totalMask[row] & 1 << key) != 0 ? Optional.<String>empty() : Optional.of(labels[key][row]))
                    .toList();
            var contextsOf = IntStream.range(0, table.rows())
                    .mapToObj(row -> others(row, 1 << key))
                    .toList();
            for (int column : additive) {
                var grouped = new Grouped(
                        labelsOf, contextsOf, (Column.Numbers) table.columns().get(column), effort);
                if (grouped.found()) {
                    grouped.sums().forEach(sum -> {
                        equations.add(sum);
                        totals.set(sum.total());
                    });
                    return grouped.within();
                }
            }
            return new BitSet();
        }

        /** A group without a label and the total over it look alike; where both are there, one is a part of the other. */
        private List<Integer> withTwins(int row, List<Integer> found) {
            var twins = sameKeys.getOrDefault(others(row, 0), List.of());
            if (twins.size() < 2 || adding.spent()) {
                return found;
            }
            var all = new ArrayList<>(found);
            twins.stream().filter(twin -> twin != row).forEach(all::add);
            return all;
        }

        private void judge(int row, List<Integer> found, int subset, BitSet servedNow) {
            boolean holds = false;
            boolean overlaps = false;
            int unseen = 0;
            var failures = new ArrayList<Broken>();
            for (int column : additive) {
                var numbers = (Column.Numbers) table.columns().get(column);
                if (missingMeansHidden && touchesMissing(numbers, row, found)) {
                    unseen++;
                    continue;
                }
                double added = 0;
                double size = 0;
                double greatest = 0;
                for (int part : found) {
                    added += numbers.values()[part];
                    size += Math.abs(numbers.values()[part]);
                    greatest = Math.max(greatest, numbers.values()[part]);
                }
                double stated = numbers.values()[row];
                if (Math.abs(added - stated) <= 1e-9 * Math.max(size, Math.abs(stated)) + 1e-9) {
                    holds = true;
                } else {
                    overlaps |= counts.contains(column) && greatest <= stated && stated < added;
                    failures.add(new Broken(row, column, stated, added));
                }
            }
            holds |= unseen == additive.size() && (wordMask[row] & subset) == subset;
            if (holds) {
                equations.add(
                        new Sum(row, found.stream().mapToInt(Integer::intValue).toArray()));
                totals.set(row);
                servedNow.set(row);
            }
            if (!holds && overlaps) {
                // Distinct persons of overlapping parts: no more than the sum. Taken for an equation, to be safe.
                equations.add(
                        new Sum(row, found.stream().mapToInt(Integer::intValue).toArray()));
            }
            if (!failures.isEmpty() && (holds || (wordMask[row] & subset) == subset)) {
                broken.addAll(failures);
                totals.set(row);
                servedNow.set(row);
            }
        }

        private static boolean touchesMissing(Column.Numbers numbers, int row, List<Integer> found) {
            return numbers.missing().get(row) || found.stream().anyMatch(numbers.missing()::get);
        }

        private String others(int row, int subset) {
            var text = new StringBuilder();
            for (int key = 0; key < labels.length; key++) {
                if ((subset & 1 << key) == 0) {
                    text.append(labels[key][row]).append('\u0001');
                }
            }
            return text.toString();
        }

        private BitSet duplicates() {
            var duplicates = new BitSet();
            for (var rows : sameKeys.values()) {
                var groups = rows.stream().filter(row -> !totals.get(row)).toList();
                groups.stream().skip(1).forEach(duplicates::set);
            }
            return duplicates;
        }

        /** Chains in which each finer key settles the coarser one, seen in more rows than there are finer labels. */
        private List<List<Integer>> hierarchies() {
            var chains = new ArrayList<List<Integer>>();
            for (int fine = 0; fine < Math.min(keys.size(), KEYS_AT_MOST); fine++) {
                for (int coarse = 0; coarse < Math.min(keys.size(), KEYS_AT_MOST); coarse++) {
                    if (fine != coarse && settles(fine, coarse)) {
                        chains.add(List.of(keys.get(coarse), keys.get(fine)));
                    }
                }
            }
            return chains;
        }

        private boolean settles(int fine, int coarse) {
            Map<String, String> group = new HashMap<>();
            int rows = 0;
            for (int row = 0; row < table.rows(); row++) {
                if ((totalMask[row] & (1 << fine | 1 << coarse)) == 0) {
                    rows++;
                    var before = group.putIfAbsent(labels[fine][row], labels[coarse][row]);
                    if (before != null && !before.equals(labels[coarse][row])) {
                        return false;
                    }
                }
            }
            int groups = new TreeSet<>(group.values()).size();
            return groups > 1
                    && groups < group.size()
                    && (rows > group.size() || (keys.size() == 2 && 2 * groups <= rows));
        }
    }
}
