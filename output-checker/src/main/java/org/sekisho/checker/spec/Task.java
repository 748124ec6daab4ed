package org.sekisho.checker.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sekisho.checker.exact.Demand;
import org.sekisho.checker.exact.Problem;
import org.sekisho.checker.rule.Contributions;
import org.sekisho.checker.rule.MinimumCount;

/** One table with what is asked for it: its cells, equations, primary cells and how uncertain they must stay. */
public final class Task {
    private final Spec spec;
    private final Cells cells;
    private final double[] values;
    private final double[] below;
    private final double[] above;
    private final BitSet primary = new BitSet();
    private final BitSet empty = new BitSet();
    private final List<Demand> demands = new ArrayList<>();
    private final Problem problem;

    private Task(Spec spec, Cells cells) {
        this.spec = spec;
        this.cells = cells;
        values = cells.of(spec.measure());
        below = new double[cells.size()];
        above = new double[cells.size()];
        var equations = cells.equations();
        bounds();
        var shown = new BitSet();
        var counts = cells.of(spec.frequency().orElse(spec.measure()));
        for (int cell = 0; cell < values.length; cell++) {
            boolean zero = counts[cell] == 0;
            if (cells.present().get(cell)) {
                empty.set(cell, zero);
                judge(cell);
            }
            boolean nothing = !cells.present().get(cell) || (zero && spec.zerosShown());
            shown.set(cell, nothing && !primary.get(cell));
        }
        problem = new Problem(equations, below, above, cost(), primary, shown, demands);
    }

    /** @throws org.sekisho.checker.file.Unreadable when the table cannot be used */
    static Task read(Path table, Spec spec) {
        var rows = Rows.read(table, AxisReader.columns(spec));
        return new Task(spec, Cells.of(spec, String.valueOf(table.getFileName()), rows));
    }

    /** What everybody knows, but never less than the truth. */
    private void bounds() {
        boolean negative = cells.present().stream().anyMatch(cell -> values[cell] < 0);
        double lower = spec.bounds().lower().orElse(negative ? Double.NEGATIVE_INFINITY : 0.0);
        double highest = spec.bounds()
                .of()
                .map(column ->
                        Arrays.stream(cells.of(column)).map(Math::abs).max().orElse(0)
                                * spec.bounds().upperFactor().orElseThrow())
                .orElse(Double.POSITIVE_INFINITY);
        for (int cell = 0; cell < values.length; cell++) {
            below[cell] = Math.max(0, values[cell] - lower);
            above[cell] = Math.max(0, highest - values[cell]);
        }
    }

    private void judge(int cell) {
        double level = 0;
        double width = 0;
        for (var rule : spec.rules()) {
            switch (rule) {
                case Spec.Rule.Few(long n) -> {
                    long count = (long) cells.of(spec.frequency().orElseThrow())[cell];
                    if (new MinimumCount(n, spec.zerosShown()).unsafe(count)) {
                        primary.set(cell);
                        width = Math.max(width, spec.value().isEmpty() ? n : unit(cell));
                    }
                }
                case Spec.Rule.Dominant(var dominance) -> {
                    if (dominance.unsafe(contributions(cell))) {
                        primary.set(cell);
                        level = Math.max(level, dominance.upperProtection(contributions(cell)));
                    }
                }
                case Spec.Rule.Estimable(var percent) -> {
                    if (percent.unsafe(contributions(cell))) {
                        primary.set(cell);
                        level = Math.max(level, percent.upperProtection(contributions(cell)));
                    }
                }
                case Spec.Rule.Flagged(var _) -> {
                    if (cells.flagged().get(cell)) {
                        primary.set(cell);
                        width = Math.max(width, unit(cell));
                    }
                }
            }
        }
        if (primary.get(cell)) {
            demand(cell, level, width);
        }
    }

    /** So much must an interval have at least, for the value not to be known. */
    double unit(int cell) {
        return Math.max(Math.pow(10, -cells.decimals(spec.measure())), 1e-5 * Math.abs(values[cell]));
    }

    private void demand(int cell, double levelOfRules, double widthOfRules) {
        switch (spec.protection()) {
            case Spec.Protection.Relative(double part) -> around(cell, part * Math.abs(values[cell]));
            case Spec.Protection.Absolute(double level) -> around(cell, level);
            case Spec.Protection.Width(double width) -> demands.add(new Demand(cell, Demand.Side.WIDTH, width));
            case Spec.Protection.ByRule() -> {
                if (levelOfRules > 0) {
                    around(cell, levelOfRules);
                }
                if (levelOfRules == 0 || widthOfRules > 2 * levelOfRules) {
                    demands.add(new Demand(cell, Demand.Side.WIDTH, Math.max(widthOfRules, unit(cell))));
                }
            }
        }
    }

    /** A part of nothing is nothing: a primary cell of value 0 has no demand then. */
    private void around(int cell, double level) {
        if (level > 0) {
            demands.add(new Demand(cell, Demand.Side.ABOVE, level));
            demands.add(new Demand(cell, Demand.Side.BELOW, level));
        }
    }

    private Contributions contributions(int cell) {
        double largest = cells.of(spec.largest().getFirst())[cell];
        double second = spec.largest().size() < 2 ? 0 : cells.of(spec.largest().get(1))[cell];
        return new Contributions(Math.abs(values[cell]), Math.abs(largest), Math.abs(second));
    }

    private double[] cost() {
        return switch (spec.cost()) {
            case Spec.BY_COUNT ->
                IntStream.range(0, values.length).mapToDouble(_ -> 1).toArray();
            case Spec.BY_VALUE ->
                IntStream.range(0, values.length)
                        .mapToDouble(cell -> Math.abs(values[cell]))
                        .toArray();
            default ->
                IntStream.range(0, values.length)
                        .mapToDouble(cell -> Math.abs(cells.of(spec.cost())[cell]))
                        .toArray();
        };
    }

    Problem problem() {
        return problem;
    }

    /** Cells of one contributor, where these matter: all that could be hidden, whatever for. */
    BitSet singletons() {
        var singletons = new BitSet();
        if (spec.singletons()) {
            var counts = cells.of(spec.frequency().orElseThrow());
            cells.present().stream().filter(cell -> counts[cell] == 1).forEach(singletons::set);
        }
        return singletons;
    }

    /** What the cell is the sum of, in words that are the same in every table: all its labels but totals. */
    String identity(int cell) {
        return IntStream.range(0, cells.axes().size())
                .filter(axis -> !cells.isTotal(cell, axis))
                .mapToObj(axis -> cells.axes().get(axis).name() + "=" + cells.label(cell, axis))
                .sorted()
                .collect(Collectors.joining("|"));
    }

    /** Whether a cell is the other one or a part of it. */
    boolean within(int cell, int other) {
        return cells.within(cell, other);
    }

    /** The column that is protected. */
    String measure() {
        return spec.measure();
    }

    public String file() {
        return cells.file();
    }

    int line(int cell) {
        return cells.line(cell);
    }

    /** Half of the last digit that the values are written with; none where they are whole. */
    double rounding() {
        return decimals() == 0 ? 0 : 0.5 * Math.pow(10, -decimals());
    }

    /** Digits after the point that the protected values are written with. */
    public int decimals() {
        return cells.decimals(spec.measure());
    }

    /** Whether what is protected is counted, so that everybody knows all values to be whole numbers. */
    boolean counts() {
        return spec.frequency().filter(spec.measure()::equals).isPresent()
                && Arrays.stream(values).allMatch(value -> value == Math.rint(value));
    }

    /** Cells of the table, in an order that does not depend on that of the rows. */
    public BitSet cells() {
        return cells.present();
    }

    /** Cells without contributors. */
    public BitSet empty() {
        return empty;
    }

    public List<String> dimensions() {
        return cells.axes().stream().map(Axis::name).toList();
    }

    public String label(int cell, int dimension) {
        return cells.label(cell, dimension);
    }

    /** The labels of a cell, for messages. */
    public String name(int cell) {
        return cells.name(cell);
    }

    /** Columns that are published: the frequency and the value, where there are both. */
    public List<String> measures() {
        var measures = new ArrayList<String>();
        spec.frequency().ifPresent(measures::add);
        spec.value().ifPresent(measures::add);
        return measures.stream().distinct().toList();
    }

    public double value(int cell, String measure) {
        return cells.of(measure)[cell];
    }

    /** The protected value of every cell. */
    public double[] values() {
        return values;
    }
}
