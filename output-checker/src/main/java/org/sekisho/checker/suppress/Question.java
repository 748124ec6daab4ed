package org.sekisho.checker.suppress;

import java.util.BitSet;
import org.sekisho.checker.table.Equations;

/**
 * What is to be protected.
 *
 * @param cost of hiding each cell, above 0
 * @param primary cells that are hidden anyway and must not be computable
 * @param shown cells that cannot be hidden: empty ones, zeros that are published, what is known from elsewhere
 */
@SuppressWarnings("ArrayRecordComponent")
public record Question(Equations equations, double[] cost, BitSet primary, BitSet shown) {
    public Question {
        if (cost.length != equations.cells() || primary.length() > cost.length || primary.intersects(shown)) {
            throw new IllegalArgumentException("costs, primary and shown cells must fit the equations");
        }
    }
}
