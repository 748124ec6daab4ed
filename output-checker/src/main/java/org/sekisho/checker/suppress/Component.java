package org.sekisho.checker.suppress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Equations;

/**
 * Hidden cells that hang together through equations, however indirectly. What is known of one component tells nothing
 * of another, so that each is worked on by itself.
 *
 * @param cells ascending; the place of a cell in this list is its local number
 * @param equations that hold some of the cells
 */
@SuppressWarnings("ArrayRecordComponent")
record Component(int[] cells, int[] equations) {

    /** In the order of their lowest cells. */
    static List<Component> of(Equations equations, BitSet hidden) {
        var search = new Search(equations, hidden);
        var components = new ArrayList<Component>();
        for (int cell = hidden.nextSetBit(0); cell >= 0; cell = hidden.nextSetBit(cell + 1)) {
            if (!search.reached.get(cell)) {
                components.add(search.from(cell));
            }
        }
        return components;
    }

    int size() {
        return cells.length;
    }

    /** The local number of a cell, negative when it is not one of these. */
    int place(int cell) {
        return Arrays.binarySearch(cells, cell);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Component component && Arrays.equals(cells, component.cells);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(cells);
    }

    private static final class Search {
        private final Equations equations;
        private final BitSet hidden;
        private final BitSet reached = new BitSet();
        private final BitSet crossed = new BitSet();

        private Search(Equations equations, BitSet hidden) {
            this.equations = equations;
            this.hidden = hidden;
        }

        private Component from(int first) {
            var found = new Numbers();
            var through = new Numbers();
            reached.set(first);
            found.add(first);
            for (int next = 0; next < found.size(); next++) {
                int cell = found.at(next);
                for (int use = equations.uses(cell); use < equations.uses(cell + 1); use++) {
                    int equation = equations.equation(use);
                    if (!crossed.get(equation)) {
                        crossed.set(equation);
                        through.add(equation);
                        cross(equation, found);
                    }
                }
            }
            return new Component(found.sorted(), through.sorted());
        }

        private void cross(int equation, Numbers found) {
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                int cell = equations.cell(at);
                if (hidden.get(cell) && !reached.get(cell)) {
                    reached.set(cell);
                    found.add(cell);
                }
            }
        }
    }
}
