package org.sekisho.checker.spec;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.table.Equations;

/**
 * All cells of a table: every crossing of every node, the last dimension running fastest. Numbers by column, then by
 * cell.
 */
final class Cells {
    private static final int CELLS_AT_MOST = 4_000_000;

    private final Spec spec;
    private final String file;
    private final List<Axis> axes;
    private final int[] strides;
    /** By axis and node: what the node is directly a part of. */
    private final List<List<List<Integer>>> wholes;

    private final int size;
    private final Map<String, double[]> numbers = new HashMap<>();
    private final Map<String, Integer> decimals = new HashMap<>();
    private final BitSet present = new BitSet();
    private final BitSet flagged = new BitSet();
    private final int[] lines;

    private Cells(Spec spec, String file, List<Axis> axes) {
        this.spec = spec;
        this.file = file;
        this.axes = axes;
        strides = new int[axes.size()];
        long cells = 1;
        for (int axis = axes.size() - 1; axis >= 0; axis--) {
            strides[axis] = (int) cells;
            cells *= axes.get(axis).size();
            if (cells > CELLS_AT_MOST) {
                throw new Unreadable(
                        file,
                        0,
                        0,
                        "would have more than " + CELLS_AT_MOST + " cells; leave out a level or a dimension");
            }
        }
        size = (int) cells;
        wholes = axes.stream().map(Axis::wholes).toList();
        lines = new int[size];
        spec.numbers().forEach(column -> numbers.put(column, new double[size]));
    }

    static Cells of(Spec spec, String file, Rows rows) {
        var columns =
                IntStream.range(0, rows.columns()).boxed().collect(Collectors.toMap(rows::column, column -> column));
        if (rows.size() == 0) {
            throw new Unreadable(file, 2, 0, "has no rows");
        }
        var axes = spec.dimensions().stream()
                .map(dimension -> AxisReader.read(dimension, spec.complete(), rows, columns))
                .toList();
        var cells = new Cells(spec, file, axes);
        cells.fill(rows, columns);
        if (!spec.complete()) {
            cells.addUp();
        }
        return cells;
    }

    private void fill(Rows rows, Map<String, Integer> columns) {
        var places = axes.stream().map(Axis::places).toList();
        var at = axes.stream().mapToInt(axis -> place(columns, axis.name())).toArray();
        for (int row = 0; row < rows.size(); row++) {
            int cell = 0;
            for (int axis = 0; axis < at.length; axis++) {
                cell += strides[axis] * place(places.get(axis), rows.text(row, at[axis]));
            }
            if (spec.complete() && present.get(cell)) {
                throw rows.wrongAt(row, at[0], "repeats the cell of line " + lines[cell] + "; remove one");
            }
            take(rows, row, cell, columns);
            present.set(cell);
            lines[cell] = rows.line(row);
        }
    }

    private void take(Rows rows, int row, int cell, Map<String, Integer> columns) {
        for (var column : spec.numbers()) {
            int at = place(columns, column);
            double number = rows.number(row, at);
            if (!spec.largest().contains(column)) {
                of(column)[cell] += number;
            }
            decimals.merge(column, rows.decimals(row, at), Math::max);
        }
        if (spec.frequency().isPresent()) {
            int at = place(columns, spec.frequency().get());
            double count = rows.number(row, at);
            if (count < 0 || count != Math.rint(count)) {
                throw rows.wrongAt(row, at, "is a count and must be a whole number, 0 or more");
            }
        }
        var largest = spec.largest().stream()
                .mapToDouble(column -> Math.abs(rows.number(row, place(columns, column))))
                .toArray();
        for (int next = 1; next < largest.length; next++) {
            if (largest[next] > largest[next - 1]) {
                throw rows.wrongAt(
                        row, place(columns, spec.largest().get(next)), "is larger than the contribution before it");
            }
        }
        mergeLargest(cell, largest);
        for (var flag : spec.flags()) {
            if (flag(rows, row, place(columns, flag))) {
                flagged.set(cell);
            }
        }
    }

    private static boolean flag(Rows rows, int row, int column) {
        return switch (rows.text(row, column).toLowerCase(java.util.Locale.ROOT)) {
            case "1", "true", "yes", "t", "y" -> true;
            case "0", "false", "no", "f", "n", "" -> false;
            default -> throw rows.wrongAt(row, column, "must be 1, true or yes, or else 0, false, no or nothing");
        };
    }

    private void mergeLargest(int cell, double[] more) {
        int count = more.length;
        if (count == 0) {
            return;
        }
        var all = Arrays.copyOf(more, 2 * count);
        for (int next = 0; next < count; next++) {
            all[count + next] = of(spec.largest().get(next))[cell];
        }
        Arrays.sort(all);
        for (int next = 0; next < count; next++) {
            of(spec.largest().get(next))[cell] = all[2 * count - 1 - next];
        }
    }

    private static int place(Map<String, Integer> places, String name) {
        var place = places.get(name);
        if (place == null) {
            throw new IllegalStateException("no place for " + name);
        }
        return place;
    }

    /** Sums over all levels; the largest contributions of a group are those of its parts. */
    private void addUp() {
        present.set(0, size);
        for (int axis = 0; axis < axes.size(); axis++) {
            int stride = strides[axis];
            var done = new BitSet();
            for (var sum : axes.get(axis).sums()) {
                if (done.get(sum.total())) {
                    continue;
                }
                done.set(sum.total());
                forEachBase(axis, base -> {
                    int total = base + stride * sum.total();
                    for (int part : sum.parts()) {
                        addTo(total, base + stride * part);
                    }
                });
            }
        }
        numbers.forEach((column, values) -> {
            double scale = Math.pow(10, decimals.getOrDefault(column, 0));
            for (int cell = 0; cell < size; cell++) {
                double scaled = values[cell] * scale;
                values[cell] = Math.abs(scaled) < 1e15 ? Math.rint(scaled) / scale : values[cell];
            }
        });
    }

    private void addTo(int total, int part) {
        for (var column : spec.numbers()) {
            if (!spec.largest().contains(column)) {
                of(column)[total] += of(column)[part];
            }
        }
        mergeLargest(
                total,
                spec.largest().stream().mapToDouble(column -> of(column)[part]).toArray());
    }

    private void forEachBase(int axis, java.util.function.IntConsumer base) {
        int stride = strides[axis];
        int block = stride * axes.get(axis).size();
        for (int start = 0; start < size; start += block) {
            for (int within = 0; within < stride; within++) {
                base.accept(start + within);
            }
        }
    }

    /**
     * The equations that everybody knows. A part without a row counts as 0; a group none of whose parts, or which
     * itself, has no row says nothing.
     */
    Equations equations() {
        var equations = Equations.over(size);
        for (int axis = 0; axis < axes.size(); axis++) {
            int stride = strides[axis];
            for (var sum : axes.get(axis).sums()) {
                forEachBase(axis, base -> {
                    int total = base + stride * sum.total();
                    var parts = sum.parts().stream()
                            .mapToInt(part -> base + stride * part)
                            .filter(present::get)
                            .toArray();
                    if (present.get(total) && parts.length > 0) {
                        addsUp(total, parts);
                        equations.total(total, parts);
                    }
                });
            }
        }
        return equations.build();
    }

    private void addsUp(int total, int[] parts) {
        for (var column : spec.numbers()) {
            if (!spec.frequency().equals(java.util.Optional.of(column)) && !column.equals(spec.measure())) {
                continue;
            }
            var values = of(column);
            double sum = 0;
            double size = Math.abs(values[total]);
            for (int part : parts) {
                sum += values[part];
                size += Math.abs(values[part]);
            }
            int digits = decimals.getOrDefault(column, 0);
            double rounding = digits == 0 ? 0 : 0.5 * (parts.length + 1) * Math.pow(10, -digits);
            if (Math.abs(sum - values[total]) > rounding + 1e-9 * size) {
                throw new Unreadable(
                        file,
                        lines[total],
                        0,
                        column + " does not add up: " + name(total) + " is not "
                                + Arrays.stream(parts)
                                        .mapToObj(this::name)
                                        .limit(20)
                                        .collect(Collectors.joining(" + "))
                                + (parts.length > 20 ? " + ... (" + parts.length + " parts)" : "")
                                + "; correct the rows, or the hierarchy");
            }
        }
    }

    int size() {
        return size;
    }

    String file() {
        return file;
    }

    /** Of the row that holds the cell; 0 where it was added up. */
    int line(int cell) {
        return lines[cell];
    }

    boolean isTotal(int cell, int axis) {
        return node(cell, axis) == 0;
    }

    private int node(int cell, int axis) {
        return cell / strides[axis] % axes.get(axis).size();
    }

    /** Whether all that the cell counts is counted in the other one too, as the hierarchies of every dimension tell. */
    boolean within(int cell, int other) {
        return IntStream.range(0, strides.length).allMatch(axis -> within(axis, node(cell, axis), node(other, axis)));
    }

    /** Climbs; two hierarchies may reach a node by several ways, or lead in a circle. */
    private boolean within(int axis, int node, int other) {
        if (other == 0) {
            return true;
        }
        var seen = new HashSet<>(Set.of(node));
        var open = new ArrayDeque<>(seen);
        while (!open.isEmpty() && !seen.contains(other)) {
            wholes.get(axis).get(open.remove()).stream().filter(seen::add).forEach(open::add);
        }
        return seen.contains(other);
    }

    List<Axis> axes() {
        return axes;
    }

    BitSet present() {
        return present;
    }

    BitSet flagged() {
        return flagged;
    }

    int decimals(String column) {
        return decimals.getOrDefault(column, 0);
    }

    double[] of(String column) {
        var values = numbers.get(column);
        if (values == null) {
            throw new IllegalStateException("column " + column + " was not read");
        }
        return values;
    }

    String label(int cell, int axis) {
        return axes.get(axis).labels().get(node(cell, axis));
    }

    String name(int cell) {
        return IntStream.range(0, strides.length)
                .mapToObj(axis -> label(cell, axis))
                .collect(Collectors.joining("|"));
    }
}
