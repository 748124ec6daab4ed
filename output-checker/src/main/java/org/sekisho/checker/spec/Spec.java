package org.sekisho.checker.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.checker.rule.Dominance;
import org.sekisho.checker.rule.PPercent;

/**
 * What is asked for one table.
 *
 * @param complete whether the rows hold every cell with its totals; otherwise they hold the innermost cells
 * @param frequency column of contributors' counts
 * @param value column of sums; the frequency itself where absent
 * @param largest columns of the largest contributions, largest first
 * @param zerosShown whether a count of zero is published
 * @param cost a column's name, or one of {@link #BY_VALUE} and {@link #BY_COUNT}
 * @param singletons whether somebody alone in a cell must not be able to compute another primary cell
 * @param table that a linked specification is about
 * @param linked specifications of tables that share cells with this one
 */
public record Spec(
        List<Dimension> dimensions,
        boolean complete,
        Optional<String> frequency,
        Optional<String> value,
        List<String> largest,
        List<Rule> rules,
        Protection protection,
        Bounds bounds,
        boolean zerosShown,
        String cost,
        boolean singletons,
        Path table,
        List<Path> linked) {
    public static final String BY_VALUE = "value";
    public static final String BY_COUNT = "count";

    /** One dimension: the column that holds its labels, the label of its total, its groupings. */
    record Dimension(String column, String total, List<Grouping> groupings) {}

    /** How labels of a dimension are grouped. */
    sealed interface Grouping {
        /** A file of {@code child,parent}, or one column per level from the top. */
        record InFile(Path file) implements Grouping {}

        /** A column of the table. */
        record InColumn(String column) implements Grouping {}
    }

    /** A primary rule. */
    sealed interface Rule {
        /** Counts 1 to n-1, and 0 where zeros are protected. */
        record Few(long n) implements Rule {}

        /** The (n,k) rule. */
        record Dominant(Dominance dominance) implements Rule {}

        /** The p% rule. */
        record Estimable(PPercent percent) implements Rule {}

        /** Whatever a column says. */
        record Flagged(String column) implements Rule {}
    }

    /** How uncertain primary cells must stay. */
    sealed interface Protection {
        /** This part of the value above and below. */
        record Relative(double part) implements Protection {}

        /** This much above and below. */
        record Absolute(double level) implements Protection {}

        /** An interval at least this wide. */
        record Width(double width) implements Protection {}

        /** What the rules that were broken ask for. */
        record ByRule() implements Protection {}
    }

    /**
     * What everybody knows about a hidden value.
     *
     * @param lower it is at least this
     * @param upperFactor it is at most this many times the largest value in the column {@code of}
     */
    record Bounds(Optional<Double> lower, Optional<Double> upperFactor, Optional<String> of) {}

    /** The column whose values are protected. */
    String measure() {
        return value.or(() -> frequency).orElseThrow();
    }

    /** Every column that must hold numbers, without repetition. */
    List<String> numbers() {
        var columns = new ArrayList<String>();
        frequency.ifPresent(columns::add);
        value.ifPresent(columns::add);
        columns.addAll(largest);
        bounds.of().ifPresent(columns::add);
        if (!cost.equals(BY_VALUE) && !cost.equals(BY_COUNT)) {
            columns.add(cost);
        }
        return columns.stream().distinct().toList();
    }

    List<String> flags() {
        return rules.stream()
                .filter(Rule.Flagged.class::isInstance)
                .map(rule -> ((Rule.Flagged) rule).column())
                .distinct()
                .toList();
    }
}
