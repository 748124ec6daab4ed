package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.sekisho.checker.table.Structure.ColumnSum;

/**
 * Finds the columns that are the sum of others. Among few columns any of them can be the parts; among more, only those
 * that stand side by side, before the total or behind it, parts of an earlier total left out. A column can be the total
 * of several others (men and women, young and old) that share no part.
 *
 * <p>Where somebody hid cells, a row with a hidden one tells nothing but that what is shown is not more than the total.
 * Then the total needs three other rows that show it, or one and a name that says so, or, where no row shows it, such a
 * name and no other count in the table. So does a second sum of a total.
 */
final class ColumnSums {
    private static final int ANY_PARTS_AT_MOST = 12;
    private static final int ROWS_WITHOUT_A_NAME = 3;

    private final List<Column.Numbers> columns;
    private final List<Integer> numbers;
    private final boolean missingMeansHidden;
    private final boolean onlyCounts;
    private final Effort effort;
    private final List<ColumnSum> found = new ArrayList<>();

    /**
     * @param additive numbers of the columns that may be parts or totals
     * @param counts those of them that count
     */
    ColumnSums(Table table, List<Integer> additive, List<Integer> counts, boolean missingMeansHidden, Effort effort) {
        this.columns = additive.stream()
                .map(column -> (Column.Numbers) table.columns().get(column))
                .toList();
        this.numbers = List.copyOf(additive);
        this.missingMeansHidden = missingMeansHidden;
        this.onlyCounts = counts.size() == additive.size();
        this.effort = effort;
        if (table.rows() < 2) {
            return;
        }
        if (columns.size() <= ANY_PARTS_AT_MOST) {
            anyParts();
        } else {
            sideBySide();
        }
    }

    List<ColumnSum> found() {
        return effort.spent() ? List.of() : List.copyOf(found);
    }

    private void anyParts() {
        for (int total = 0; total < columns.size(); total++) {
            int column = total;
            var others = IntStream.range(0, columns.size())
                    .filter(other -> other != column)
                    .toArray();
            // The most parts first: a column of zeros belongs to the sum as well.
            IntStream.iterate(others.length, size -> size >= 2, size -> size - 1)
                    .boxed()
                    .flatMap(size -> IntStream.range(0, 1 << others.length)
                            .filter(subset -> Integer.bitCount(subset) == size)
                            .boxed())
                    .map(subset -> IntStream.range(0, others.length)
                            .filter(at -> (subset & 1 << at) != 0)
                            .map(at -> others[at])
                            .toArray())
                    .filter(parts -> addsUp(column, parts))
                    .forEach(parts -> add(column, parts));
        }
    }

    private void sideBySide() {
        var forward = IntStream.range(0, columns.size()).boxed().toList();
        oneDirection(forward);
        oneDirection(forward.reversed());
    }

    private void oneDirection(List<Integer> order) {
        var before = new ArrayList<Integer>();
        for (int total : order) {
            var parts = run(total, before);
            while (parts.isPresent()) {
                add(total, parts.get());
                before.subList(before.size() - parts.get().length, before.size())
                        .clear();
                parts = run(total, before);
            }
            before.add(total);
        }
    }

    /** The longest run that ends beside the total. */
    private Optional<int[]> run(int total, List<Integer> before) {
        var beside = before.stream().mapToInt(Integer::intValue).toArray();
        return IntStream.rangeClosed(0, beside.length - 2)
                .takeWhile(_ -> !effort.spent())
                .mapToObj(from -> Arrays.copyOfRange(beside, from, beside.length))
                .filter(parts -> addsUp(total, parts))
                .findFirst();
    }

    private void add(int total, int[] parts) {
        found.add(new ColumnSum(
                numbers.get(total), IntStream.of(parts).mapToObj(numbers::get).toList()));
    }

    private boolean addsUp(int total, int[] parts) {
        int telling = 0;
        boolean unseen = false;
        if (effort.spent() || before(total).anyMatch(sum -> shares(sum, parts))) {
            return false;
        }
        for (int row = 0; row < columns.getFirst().rows(); row++) {
            effort.spend(parts.length);
            if (missingMeansHidden && touchesMissing(total, parts, row)) {
                unseen = true;
                if (exceeds(total, parts, row)) {
                    return false;
                }
                continue;
            }
            if (!agrees(total, parts, row)) {
                return false;
            }
            telling += tells(parts, row) ? 1 : 0;
        }
        return believed(total, parts, telling, unseen);
    }

    private boolean believed(int total, int[] parts, int telling, boolean unseen) {
        boolean named = TotalLabels.isWord(columns.get(total).name());
        boolean onlyOne = onlyCounts && parts.length == columns.size() - 1;
        boolean enough = !unseen && before(total).findAny().isEmpty();
        return telling >= ROWS_WITHOUT_A_NAME || (telling > 0 && (named || enough)) || (unseen && named && onlyOne);
    }

    private Stream<ColumnSum> before(int total) {
        return found.stream().filter(sum -> sum.total() == numbers.get(total));
    }

    private boolean shares(ColumnSum sum, int[] parts) {
        return IntStream.of(parts).anyMatch(part -> sum.parts().contains(numbers.get(part)));
    }

    private boolean touchesMissing(int total, int[] parts, int row) {
        return missing(total, row) || IntStream.of(parts).anyMatch(part -> missing(part, row));
    }

    /** Whether the parts that are shown, none of them negative, are more than their total. */
    private boolean exceeds(int total, int[] parts, int row) {
        if (missing(total, row)) {
            return false;
        }
        double shown = 0;
        for (int part : parts) {
            double value = missing(part, row) ? 0 : value(part, row);
            if (value < 0) {
                return false;
            }
            shown += value;
        }
        return shown > value(total, row) + tolerance(total, row);
    }

    private boolean agrees(int total, int[] parts, int row) {
        double added = IntStream.of(parts).mapToDouble(part -> value(part, row)).sum();
        return Math.abs(added - value(total, row)) <= tolerance(total, row);
    }

    private boolean tells(int[] parts, int row) {
        return IntStream.of(parts)
                        .filter(part -> value(part, row) != 0)
                        .limit(2)
                        .count()
                == 2;
    }

    private double tolerance(int total, int row) {
        return 1e-9 * Math.abs(value(total, row)) + 1e-9;
    }

    private double value(int column, int row) {
        return columns.get(column).values()[row];
    }

    private boolean missing(int column, int row) {
        return columns.get(column).missing().get(row);
    }
}
