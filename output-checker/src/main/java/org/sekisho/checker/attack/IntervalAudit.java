package org.sekisho.checker.attack;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sekisho.checker.table.Equations;

/**
 * The interval that an outsider can compute for each hidden cell: smallest and largest value over all tables that
 * agree with everything published (two linear programmes per cell; Fischetti and Salazar 2001, section 2). Works on
 * deviations from the true values, which keeps the programmes feasible whatever the rounding. Cells that can only move
 * as one are asked once; the questions are independent of each other, and spread over all processors. What was prepared
 * for one set of questions serves the next.
 */
public final class IntervalAudit {
    private final List<ClusterAudit> clusters;

    private IntervalAudit(Knowledge knowledge) {
        clusters = Cluster.of(knowledge.equations(), knowledge.hidden()).stream()
                .map(cluster -> new ClusterAudit(knowledge, cluster))
                .toList();
    }

    public static IntervalAudit of(Knowledge knowledge) {
        return new IntervalAudit(knowledge);
    }

    /** Roughly how many microseconds of one processor {@link #run(Knowledge)} needs. */
    public static long work(Equations equations, BitSet hidden) {
        return Cluster.of(equations, hidden).stream()
                .map(cluster -> new Bundles(equations, cluster))
                .mapToLong(ClusterAudit::work)
                .sum();
    }

    /** For every hidden cell. */
    public static Map<Integer, Interval> run(Knowledge knowledge) {
        return run(knowledge, knowledge.hidden());
    }

    /** For wanted cells, see {@link #intervals}. */
    public static Map<Integer, Interval> run(Knowledge knowledge, BitSet wanted) {
        return of(knowledge).intervals(wanted);
    }

    /**
     * The same answers whatever is asked beside them or before, in whatever order.
     *
     * @param wanted hidden cells
     * @return for wanted cells, and for those that move as one with them
     */
    public Map<Integer, Interval> intervals(BitSet wanted) {
        var all = new TreeMap<Integer, Interval>();
        clusters.parallelStream()
                .map(cluster -> cluster.intervals(wanted))
                .toList()
                .forEach(all::putAll);
        return all;
    }
}
