package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.function.LongPredicate;
import org.roaringbitmap.RoaringBitmap;
import org.sekisho.engine.arrow.Rows;
import org.sekisho.engine.contribution.Membership;
import org.sekisho.engine.contribution.SetsFile;
import org.sekisho.engine.sql.Aggregation;
import org.sekisho.engine.sql.Aggregation.Aspect;

/** Writes the sets of persons and facilities behind the rows of a result, or says why they are not told. */
final class HandedOver {

    private final Aggregation plan;
    private final Rows result;

    HandedOver(Aggregation plan, Rows result) {
        this.plan = plan;
        this.result = result;
    }

    /** @param matched for each row of the result, the groups that it can be */
    Statement.Sets write(Path target, List<List<Groups.Group>> matched) throws IOException {
        if (!told(matched)) {
            return Statement.Sets.unknown("two rows of the result cannot be told apart");
        }
        var turns = new HashMap<List<Groups.Group>, Integer>();
        try (var file = new HeldFile(target)) {
            var sets = new SetsFile(file::write, matched.size(), plan.aspects().size(), plan.facilities() ? 2 : 1);
            for (var same : matched) {
                int turn = turns.merge(same, 1, Integer::sum) - 1;
                if (!write(sets, same.get(turn).members())) {
                    return Statement.Sets.unknown("the sets of contributors are too large");
                }
            }
            return new Statement.Sets(Contributors.SETS, file.commit(), null, aspects());
        }
    }

    /**
     * Rows that look alike can be given to groups that look alike in any order, as long as there are as many: which of
     * them is which shows nowhere.
     */
    private static boolean told(List<List<Groups.Group>> matched) {
        var rows = new HashMap<List<Groups.Group>, Integer>();
        matched.forEach(same -> rows.merge(same, 1, Integer::sum));
        return rows.entrySet().stream().allMatch(entry -> entry.getKey().size() == entry.getValue());
    }

    private boolean write(SetsFile sets, Membership.Group group) {
        for (var aspect : plan.aspects()) {
            boolean there = isShown(aspect, group);
            if (!sets.put(there ? persons(aspect, group) : null)
                    || (plan.facilities() && !sets.put(there ? group.facilities(rows(aspect)) : null))) {
                return false;
            }
        }
        return true;
    }

    /** A difference tells of its rest only where the one part lies within the other. */
    private static boolean isShown(Aspect aspect, Membership.Group group) {
        return aspect.persons() || !group.any(bits -> aspect.isWithout(bits) && !aspect.isWithin(bits));
    }

    private static LongPredicate rows(Aspect aspect) {
        return bits -> aspect.isWithin(bits) && !aspect.isWithout(bits);
    }

    private static RoaringBitmap persons(Aspect aspect, Membership.Group group) {
        return aspect.persons()
                ? RoaringBitmap.andNot(group.persons(aspect::isWithin), group.persons(aspect::isWithout))
                : group.persons(rows(aspect));
    }

    private List<Statement.Aspect> aspects() {
        return plan.aspects().stream()
                .map(aspect -> new Statement.Aspect(
                        aspect.columns().stream().map(result.names()::get).toList(),
                        aspect.measure(),
                        aspect.without() != Aspect.NOTHING))
                .toList();
    }
}
