package org.sekisho.checker.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sekisho.checker.file.Unreadable;

/** Finds the nodes of one dimension from the labels of the rows and from the hierarchies that the specification names. */
final class AxisReader {
    private final Spec.Dimension dimension;
    private final boolean complete;
    private final Rows rows;
    private final int column;
    private final Map<String, Integer> columns;
    private final Map<String, Integer> firstRow = new LinkedHashMap<>();

    private AxisReader(Spec.Dimension dimension, boolean complete, Rows rows, Map<String, Integer> columns) {
        this.dimension = dimension;
        this.complete = complete;
        this.rows = rows;
        this.columns = columns;
        column = place(dimension.column());
        for (int row = 0; row < rows.size(); row++) {
            firstRow.putIfAbsent(rows.text(row, column), row);
        }
    }

    static Axis read(Spec.Dimension dimension, boolean complete, Rows rows, Map<String, Integer> columns) {
        return new AxisReader(dimension, complete, rows, columns).axis();
    }

    private int place(String name) {
        var place = columns.get(name);
        if (place == null) {
            throw new IllegalStateException("column " + name + " was not read");
        }
        return place;
    }

    private Axis axis() {
        var labels = new TreeSet<>(firstRow.keySet());
        labels.stream().filter(String::isEmpty).findFirst().ifPresent(empty -> {
            throw wrong(empty, "is empty; give the row a label");
        });
        if (complete != labels.remove(dimension.total())) {
            throw complete
                    ? new Unreadable(
                            dimension.column(),
                            0,
                            0,
                            "no row has the total's label " + dimension.total() + "; name it in the"
                                    + " specification, or say \"rows\":\"inner\"")
                    : wrong(dimension.total(), "is the total; leave totals out, or say \"rows\":\"complete\"");
        }
        var hierarchies = new ArrayList<Hierarchy>();
        var fromColumns = new ArrayList<Hierarchy>();
        var taken = new HashSet<>(labels);
        taken.add(dimension.total());
        for (var grouping : dimension.groupings()) {
            hierarchies.add(
                    switch (grouping) {
                        case Spec.Grouping.InFile(var file) -> Hierarchy.read(file, dimension.total());
                        case Spec.Grouping.InColumn(var name) -> byColumn(name, taken);
                    });
            if (grouping instanceof Spec.Grouping.InColumn) {
                fromColumns.add(hierarchies.getLast());
            }
        }
        if (hierarchies.isEmpty()) {
            hierarchies.add(Hierarchy.flat(labels, dimension.total()));
        }
        var groups = new HashSet<String>();
        hierarchies.forEach(hierarchy -> groups.addAll(hierarchy.parents().values()));
        fromColumns.forEach(hierarchy -> belowTotal(hierarchy, labels, groups));
        hierarchies.forEach(hierarchy -> check(hierarchy, labels, groups));
        return Axis.of(dimension.column(), dimension.total(), labels, hierarchies, complete);
    }

    /** What no column groups stands directly below the total, unless it is a group itself. */
    private void belowTotal(Hierarchy hierarchy, Set<String> labels, Set<String> groupsOfAny) {
        labels.stream()
                .filter(label -> complete && !groupsOfAny.contains(label))
                .forEach(label -> hierarchy.parents().putIfAbsent(label, dimension.total()));
    }

    /** A group of one hierarchy has a row in a complete table, and need have no place in the others. */
    private void check(Hierarchy hierarchy, Set<String> labels, Set<String> groupsOfAny) {
        var groups = new HashSet<>(hierarchy.parents().values());
        for (var label : labels) {
            boolean elsewhere = complete && groupsOfAny.contains(label);
            if (!elsewhere && !hierarchy.parents().containsKey(label)) {
                throw wrong(label, "is not in the hierarchy " + hierarchy.name() + "; add it there");
            }
            if (!complete && groups.contains(label)) {
                throw wrong(
                        label,
                        "is a group of " + hierarchy.name() + "; leave groups out, or say \"rows\":\"complete\"");
            }
        }
    }

    /** In a complete table the rows of a group name themselves, or nothing, in the grouping column. */
    private Hierarchy byColumn(String name, Set<String> taken) {
        int group = place(name);
        var groupOf = new HashMap<String, String>();
        for (int row = 0; row < rows.size(); row++) {
            var label = rows.text(row, column);
            var its = rows.text(row, group);
            if (complete
                    && (label.equals(dimension.total())
                            || its.isEmpty()
                            || its.equals(label)
                            || its.equals(dimension.total()))) {
                continue;
            }
            var known = groupOf.putIfAbsent(label, its);
            if (its.isEmpty() || (known != null && !known.equals(its))) {
                throw rows.wrongAt(row, group, "names no group, or another one than an earlier row of the same label");
            }
        }
        var parents = new HashMap<String, String>();
        var groups = new TreeSet<>(groupOf.values());
        for (var each : groups) {
            var unique = !complete && taken.contains(each) ? name + "=" + each : each;
            taken.add(unique);
            groupOf.replaceAll((_, of) -> of.equals(each) ? unique : of);
            parents.put(unique, dimension.total());
        }
        groupOf.forEach(parents::putIfAbsent);
        return new Hierarchy(name, parents);
    }

    private Unreadable wrong(String label, String what) {
        return rows.wrongAt(firstRow.getOrDefault(label, 0), column, "the label " + label + " " + what);
    }

    static List<String> columns(Spec spec) {
        var names = new ArrayList<String>();
        for (var dimension : spec.dimensions()) {
            names.add(dimension.column());
            dimension.groupings().forEach(grouping -> {
                if (grouping instanceof Spec.Grouping.InColumn(var name)) {
                    names.add(name);
                }
            });
        }
        names.addAll(spec.numbers());
        names.addAll(spec.flags());
        return names.stream().distinct().toList();
    }
}
