package org.sekisho.checker.spec;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.checker.file.Unreadable;

/**
 * Which label belongs to which group.
 *
 * @param name of the file or column that says so
 * @param parents of every label but the total
 */
record Hierarchy(String name, Map<String, String> parents) {

    /** Every label directly below the total. */
    static Hierarchy flat(Set<String> labels, String total) {
        return new Hierarchy("none", labels.stream().collect(Collectors.toMap(label -> label, _ -> total)));
    }

    /** A file with the columns child and parent, or with one column per level from the top. */
    static Hierarchy read(Path file, String total) {
        var rows = Rows.read(file, null);
        boolean pairs = rows.columns() == 2 && Set.of("child", "parent").equals(Set.of(rows.column(0), rows.column(1)));
        var parents = new LinkedHashMap<String, String>();
        for (int row = 0; row < rows.size(); row++) {
            if (pairs) {
                int child = rows.column(0).equals("child") ? 0 : 1;
                link(rows, row, child, rows.text(row, child), rows.text(row, 1 - child), total, parents);
            } else {
                var above = total;
                for (int level = 0; level < rows.columns(); level++) {
                    link(rows, row, level, rows.text(row, level), above, total, parents);
                    above = rows.text(row, level).isEmpty() ? above : rows.text(row, level);
                }
            }
        }
        var name = String.valueOf(file.getFileName());
        Set.copyOf(parents.values()).forEach(parent -> {
            if (!parent.equals(total)) {
                parents.putIfAbsent(parent, total);
            }
        });
        noCircle(name, parents, total);
        return new Hierarchy(name, parents);
    }

    private static void link(
            Rows rows, int row, int column, String child, String parent, String total, Map<String, String> parents) {
        if (child.isEmpty() || child.equals(parent) || child.equals(total)) {
            return;
        }
        var above = parent.isEmpty() ? total : parent;
        var known = parents.putIfAbsent(child, above);
        if (known != null && !known.equals(above)) {
            throw rows.wrongAt(
                    row, column, child + " stands below " + known + " and below " + above + "; it can have one parent");
        }
    }

    private static void noCircle(String name, Map<String, String> parents, String total) {
        for (var label : parents.keySet()) {
            var seen = new HashSet<>(List.of(label));
            for (var up = parents.get(label); up != null && !up.equals(total); up = parents.get(up)) {
                if (!seen.add(up)) {
                    throw new Unreadable(name, 0, 0, label + " stands above itself; break the circle");
                }
            }
        }
    }
}
