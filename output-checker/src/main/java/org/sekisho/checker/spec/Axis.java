package org.sekisho.checker.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.file.Unreadable;

/**
 * The nodes of one dimension and which of them add up. Node 0 is the total. The order depends on labels alone, never
 * on the order of rows.
 *
 * @param sums parts before the totals that they make, where a total is itself a part
 */
record Axis(String name, List<String> labels, List<Sum> sums) {

    /** Nodes that add up to another one. */
    record Sum(int total, List<Integer> parts) {}

    int size() {
        return labels.size();
    }

    Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        for (int node = 0; node < labels.size(); node++) {
            places.put(labels.get(node), node);
        }
        return places;
    }

    /** Nodes without parts. */
    Set<String> leaves() {
        var leaves = new HashSet<>(labels);
        sums.forEach(sum -> leaves.remove(labels.get(sum.total())));
        return leaves;
    }

    /** Of each node those that it is directly a part of, one for each hierarchy at most. */
    List<List<Integer>> wholes() {
        var wholes = new ArrayList<List<Integer>>();
        labels.forEach(_ -> wholes.add(new ArrayList<>()));
        sums.forEach(sum -> sum.parts().forEach(part -> wholes.get(part).add(sum.total())));
        return wholes;
    }

    /**
     * @param present labels that have rows: all nodes of a complete table, else the innermost ones
     * @param complete whether nodes without rows are left out, their parts going to their parents
     */
    static Axis of(String name, String total, Set<String> present, List<Hierarchy> hierarchies, boolean complete) {
        var kept = new TreeSet<>(order());
        kept.addAll(present);
        var children = new ArrayList<Map<String, Set<String>>>();
        for (var hierarchy : hierarchies) {
            var below = new LinkedHashMap<String, Set<String>>();
            for (var label : present) {
                climb(label, total, hierarchy, complete ? present : null, below);
            }
            below.keySet().forEach(kept::add);
            children.add(below);
        }
        kept.remove(total);
        var labels = new ArrayList<String>();
        labels.add(total);
        labels.addAll(kept);
        var axis = new Axis(name, List.copyOf(labels), List.of());
        var places = axis.places();
        var sums = new LinkedHashSet<Sum>();
        children.forEach(below -> sort(total, below, places, sums, new HashSet<>()));
        var answer = new Axis(name, axis.labels, List.copyOf(sums));
        answer.agree();
        return answer;
    }

    private static Comparator<String> order() {
        return Comparator.naturalOrder();
    }

    private static void climb(
            String label,
            String total,
            Hierarchy hierarchy,
            @Nullable Set<String> only,
            Map<String, Set<String>> below) {
        var child = label;
        for (var parent = hierarchy.parents().get(child);
                parent != null;
                parent = hierarchy.parents().get(parent)) {
            if (only == null || parent.equals(total) || only.contains(parent)) {
                boolean known =
                        !below.computeIfAbsent(parent, _ -> new TreeSet<>()).add(child);
                if (known) {
                    return;
                }
                child = parent;
            }
        }
    }

    /** Parts first. */
    private static void sort(
            String node, Map<String, Set<String>> below, Map<String, Integer> places, Set<Sum> sums, Set<String> done) {
        var parts = below.get(node);
        if (parts == null || !done.add(node)) {
            return;
        }
        parts.forEach(part -> sort(part, below, places, sums, done));
        sums.add(new Sum(
                place(places, node),
                parts.stream().map(part -> place(places, part)).toList()));
    }

    private static int place(Map<String, Integer> places, String label) {
        var place = places.get(label);
        if (place == null) {
            throw new IllegalStateException("no node " + label);
        }
        return place;
    }

    /** A node that several hierarchies build must consist of the same innermost labels in each. */
    private void agree() {
        var madeOf = new HashMap<Integer, Set<Integer>>();
        for (var sum : sums) {
            var leaves = new HashSet<Integer>();
            sum.parts().forEach(part -> leaves.addAll(madeOf.getOrDefault(part, Set.of(part))));
            var known = madeOf.putIfAbsent(sum.total(), leaves);
            if (known != null && !known.equals(leaves)) {
                throw new Unreadable(
                        name,
                        0,
                        0,
                        "the group " + labels.get(sum.total())
                                + " consists of different labels in two hierarchies; rename one, or complete both");
            }
        }
    }
}
