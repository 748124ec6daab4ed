package org.sekisho.checker.cli;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.sekisho.checker.attack.IntervalAudit;
import org.sekisho.checker.attack.Knowledge;

/**
 * The intervals of hidden cells drawn by a seed, as many as there is time for.
 *
 * @param asked how many were
 * @param exact how many of these leave one value alone
 */
record IntervalSample(int asked, long exact) {
    /**
     * @param portion asked together
     * @param timeIsOver asked after each portion, so that one is asked at least
     */
    static IntervalSample of(Knowledge knowledge, int atMost, int portion, long seed, BooleanSupplier timeIsOver) {
        var audit = IntervalAudit.of(knowledge);
        var drawn = drawn(knowledge.hidden(), seed);
        drawn = drawn.subList(0, Math.min(atMost, drawn.size()));
        int asked = 0;
        long exact = 0;
        while (asked < drawn.size() && (asked == 0 || !timeIsOver.getAsBoolean())) {
            var next = drawn.subList(asked, Math.min(asked + portion, drawn.size()));
            exact += exact(audit, next);
            asked += next.size();
        }
        return new IntervalSample(asked, exact);
    }

    private static List<Integer> drawn(BitSet hidden, long seed) {
        var cells = hidden.stream().boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(cells, new Random(seed));
        return cells;
    }

    /** A cell without an interval counts as exact. */
    private static long exact(IntervalAudit audit, List<Integer> portion) {
        var wanted = new BitSet();
        portion.forEach(wanted::set);
        var intervals = audit.intervals(wanted);
        return portion.stream()
                .map(intervals::get)
                .filter(interval -> interval == null || interval.exact())
                .count();
    }
}
