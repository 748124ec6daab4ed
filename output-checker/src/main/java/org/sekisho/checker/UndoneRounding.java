package org.sekisho.checker;

import java.util.List;
import java.util.stream.IntStream;
import org.sekisho.checker.table.Measure;

/**
 * Columns that tell a count as it was before it was rounded: a mean beside its sum, a share beside its whole, a share of
 * the total. Told from the numbers: the column times one count is the other one, or a hundred times it, or it goes with a
 * count in proportion.
 */
final class UndoneRounding {
    /** What a mean or share may be off, having been rounded itself. */
    private static final double NEAR = 0.01;

    private static final int ROWS_AT_LEAST = 2;

    private final Subject subject;
    private final List<Integer> additive;

    private UndoneRounding(Subject subject) {
        this.subject = subject;
        this.additive = subject.additive();
    }

    /** @param rounded columns of counts that rounding changes */
    static List<Integer> columns(Subject subject, List<Integer> rounded) {
        var undone = new UndoneRounding(subject);
        return subject.measures().stream()
                .filter(column -> !subject.roles().get(column).kind().additive())
                .filter(column -> rounded.stream().anyMatch(count -> undone.tells(column, count)))
                .toList();
    }

    private boolean tells(int column, int count) {
        return subject.roles().get(column).kind() != Measure.Kind.KEY
                && (proportional(column, count)
                        || additive.stream()
                                .filter(other -> other != count)
                                .anyMatch(other -> product(column, count, other) || product(column, other, count)));
    }

    /** Whether the column times one count is the other, in parts of one or of a hundred. */
    private boolean product(int column, int factor, int product) {
        return fits(column, factor, row -> subject.value(row, product))
                || fits(column, factor, row -> 100 * subject.value(row, product));
    }

    private boolean fits(int column, int factor, java.util.function.IntToDoubleFunction product) {
        int telling = 0;
        for (int row = 0; row < subject.rows(); row++) {
            double expected = product.applyAsDouble(row);
            double actual = subject.value(row, column) * subject.value(row, factor);
            boolean seen = !subject.missing(row, column) && !subject.missing(row, factor) && expected != 0;
            if (seen && !(Math.abs(actual - expected) <= NEAR * Math.abs(expected))) {
                return false;
            }
            telling += seen ? 1 : 0;
        }
        return telling >= ROWS_AT_LEAST;
    }

    /** A share of one total. */
    private boolean proportional(int column, int count) {
        var seen = IntStream.range(0, subject.rows())
                .filter(row -> !subject.missing(row, column) && subject.value(row, count) > 0)
                .toArray();
        if (seen.length <= ROWS_AT_LEAST) {
            return false;
        }
        double most = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int row : seen) {
            double part = subject.value(row, column) / subject.value(row, count);
            most = Math.max(most, part);
            least = Math.min(least, part);
        }
        return least > 0 && most <= least * (1 + 2 * NEAR);
    }
}
