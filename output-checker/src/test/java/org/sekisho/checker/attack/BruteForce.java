package org.sekisho.checker.attack;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.sekisho.checker.table.Equations;

/**
 * Every table of whole numbers that agrees with what is published, one by one: no programmes, no algebra but that the
 * last unknown of an equation follows from the others. For a handful of hidden cells with small values.
 */
public final class BruteForce {
    private final Equations equations;
    private final BitSet hidden;
    private final BitSet open;
    private final long[] table;
    private final long lowest;
    private final long highest;
    private final long[] least;
    private final long[] greatest;

    private BruteForce(Equations equations, BitSet hidden, long[] values, long lowest) {
        this.equations = equations;
        this.hidden = hidden;
        this.open = (BitSet) hidden.clone();
        this.lowest = lowest;
        table = values.clone();
        highest = Arrays.stream(values).max().orElse(0);
        least = values.clone();
        greatest = values.clone();
    }

    /**
     * Smallest and largest value of each hidden cell.
     *
     * @param lowest of every hidden cell; the largest value of the table is taken to be the highest of all
     */
    public static Map<Integer, Interval> intervals(Equations equations, BitSet hidden, long[] values, long lowest) {
        var force = new BruteForce(equations, hidden, values, lowest);
        force.fill();
        var intervals = new TreeMap<Integer, Interval>();
        hidden.stream().forEach(cell -> intervals.put(cell, new Interval(force.least[cell], force.greatest[cell])));
        return intervals;
    }

    private void fill() {
        int follows = -1;
        long value = 0;
        for (int equation = 0; equation < equations.size(); equation++) {
            long sum = 0;
            int unknown = 0;
            int last = -1;
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                if (open.get(equations.cell(at))) {
                    unknown++;
                    last = at;
                } else {
                    sum += equations.sign(at) * table[equations.cell(at)];
                }
            }
            if (unknown == 0 && sum != 0) {
                return;
            }
            if (unknown == 1) {
                follows = equations.cell(last);
                value = -sum * equations.sign(last);
            }
        }
        if (follows >= 0) {
            tryWith(follows, value);
        } else if (open.isEmpty()) {
            hidden.stream().forEach(cell -> {
                least[cell] = Math.min(least[cell], table[cell]);
                greatest[cell] = Math.max(greatest[cell], table[cell]);
            });
        } else {
            int next = open.nextSetBit(0);
            for (long any = lowest; any <= highest; any++) {
                tryWith(next, any);
            }
        }
    }

    private void tryWith(int cell, long value) {
        if (value >= lowest && value <= highest) {
            open.clear(cell);
            table[cell] = value;
            fill();
            open.set(cell);
        }
    }
}
