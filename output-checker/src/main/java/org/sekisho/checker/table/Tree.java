package org.sekisho.checker.table;

import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of one dimension: node 0 is its total, every other node has a parent that comes before it.
 *
 * @param parents of each node; -1 for node 0
 */
public record Tree(List<Integer> parents) {
    public Tree {
        parents = List.copyOf(parents);
        for (int node = 0; node < parents.size(); node++) {
            if (node == 0 ? parents.get(0) != -1 : parents.get(node) < 0 || parents.get(node) >= node) {
                throw new IllegalArgumentException("node " + node + " must come after its parent");
            }
        }
    }

    public int size() {
        return parents.size();
    }

    /** The children of each node, in order. */
    public List<int[]> children() {
        var lists = new ArrayList<List<Integer>>();
        for (int node = 0; node < size(); node++) {
            lists.add(new ArrayList<>());
            if (node > 0) {
                lists.get(parents.get(node)).add(node);
            }
        }
        return lists.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }
}
