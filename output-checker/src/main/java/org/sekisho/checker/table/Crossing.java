package org.sekisho.checker.table;

import java.util.List;

/**
 * The table of all crossings of all nodes of several trees. Cells are numbered with the last dimension running
 * fastest. Every node with children gives one equation for each combination of nodes of the other dimensions.
 *
 * @param values of every cell
 */
@SuppressWarnings("ArrayRecordComponent")
public record Crossing(List<Tree> dimensions, Equations equations, long[] values) {

    /**
     * Crosses and adds up.
     *
     * @param inner values of the cells whose nodes are leaves in all dimensions, at their cell numbers; others are
     *     ignored
     */
    public static Crossing of(List<Tree> dimensions, long[] inner) {
        var strides = strides(dimensions);
        var values = inner.clone();
        var equations = Equations.over(values.length);
        for (int dimension = 0; dimension < strides.length; dimension++) {
            sumUp(dimensions.get(dimension), strides[dimension], values, equations);
        }
        return new Crossing(List.copyOf(dimensions), equations.build(), values);
    }

    /** How far apart in cell numbers two neighbouring nodes of each dimension are. */
    public static int[] strides(List<Tree> dimensions) {
        var strides = new int[dimensions.size()];
        int stride = 1;
        for (int dimension = strides.length - 1; dimension >= 0; dimension--) {
            strides[dimension] = stride;
            stride = Math.multiplyExact(stride, dimensions.get(dimension).size());
        }
        return strides;
    }

    /** How many cells the crossing has. */
    public static int cells(List<Tree> dimensions) {
        return dimensions.stream().mapToInt(Tree::size).reduce(1, Math::multiplyExact);
    }

    private static void sumUp(Tree tree, int stride, long[] values, Equations.Builder equations) {
        var children = tree.children();
        int block = stride * tree.size();
        for (int node = tree.size() - 1; node >= 0; node--) {
            if (children.get(node).length == 0) {
                continue;
            }
            for (int base = 0; base < values.length; base += block) {
                for (int within = 0; within < stride; within++) {
                    int total = base + node * stride + within;
                    values[total] = 0;
                    equations.add(total, -1);
                    for (int child : children.get(node)) {
                        int part = base + child * stride + within;
                        values[total] += values[part];
                        equations.add(part, 1);
                    }
                    equations.end();
                }
            }
        }
    }
}
