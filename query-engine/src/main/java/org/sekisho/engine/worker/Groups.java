package org.sekisho.engine.worker;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.arrow.Rows;
import org.sekisho.engine.contribution.Membership;
import org.sekisho.engine.sql.Aggregation;
import org.sekisho.engine.worker.Contributors.NotKnown;

/** The groups of a statement, totals over others included, and who is in them. */
final class Groups {

    /** One group: what each column of a result row would show of it, and its members. */
    static final class Group {
        private final List<@Nullable Object> shown;
        private final List<@Nullable Object> key;
        private final long rows;
        private Membership.Group members = new Membership.Group(List.of());
        private long persons = -1;

        private Group(List<@Nullable Object> shown, List<@Nullable Object> key, long rows) {
            this.shown = shown;
            this.key = key;
            this.rows = rows;
        }

        /** One for each column of the result; null where the members tell. */
        List<@Nullable Object> shown() {
            return shown;
        }

        /** Grouping expressions, then which of them are summed over, as bits from the last one up. */
        List<@Nullable Object> key() {
            return key;
        }

        Membership.Group members() {
            return members;
        }

        long persons() {
            if (persons < 0) {
                persons = members.persons(bits -> true).getLongCardinality();
            }
            return persons;
        }

        long facilities() {
            return members.facilities(bits -> true).getLongCardinality();
        }

        long persons(Aggregation.Share share) {
            long some = members.persons(share::has).getLongCardinality();
            return share.rest() ? persons() - some : some;
        }

        long facilities(Aggregation.Share share) {
            return members.facilities(share::has).getLongCardinality();
        }
    }

    private final List<Group> all = new ArrayList<>();
    private final Map<Group, Long> numbers = new HashMap<>();
    private final int keys;

    private Groups(int keys) {
        this.keys = keys;
    }

    static Groups of(Aggregation plan, Rows rows) {
        var groups = new Groups(plan.keys());
        int width = plan.items().size();
        int end = width + plan.keys() + 1;
        for (var row : rows.values()) {
            var group = new Group(row.subList(0, width), row.subList(width, end), whole(row.get(end + 1)));
            groups.all.add(group);
            groups.numbers.put(group, whole(row.get(end)));
        }
        return groups;
    }

    List<Group> all() {
        return all;
    }

    /** Gives every group its members; a total has those of its parts. */
    void count(Membership members) throws NotKnown {
        var finest = new HashMap<List<@Nullable Object>, Group>();
        var seen = new HashMap<Long, Group>();
        for (var group : all) {
            if (summedOver(group) == 0 && finest.putIfAbsent(group.key, group) == null) {
                long number = Objects.requireNonNull(numbers.get(group));
                if (seen.putIfAbsent(number, group) != null) {
                    throw new NotKnown("two groups of the statement cannot be told apart");
                }
                group.members = members.group(number);
                agree(group, members.rows(number));
            }
        }
        var totals = new HashMap<Long, Map<List<@Nullable Object>, List<Group>>>();
        for (var group : all) {
            long over = summedOver(group);
            var parts = totals.computeIfAbsent(over, ignored -> by(over, finest.values()))
                    .getOrDefault(left(group, over), List.of());
            if (over != 0) {
                agree(group, parts.stream().mapToLong(part -> part.rows).sum());
                group.members = Membership.Group.of(
                        parts.stream().map(part -> part.members).toList());
            } else if (!parts.contains(group)) {
                // The same group again, by another grouping set.
                group.members = parts.getFirst().members;
            }
        }
    }

    /** No row of the data may be missing, and none counted twice: a stream of rows can end early without a word. */
    private static void agree(Group group, long rows) throws NotKnown {
        if (group.rows != rows) {
            throw new NotKnown("the contributors could not be counted");
        }
    }

    private Map<List<@Nullable Object>, List<Group>> by(long over, Iterable<Group> finest) {
        Map<List<@Nullable Object>, List<Group>> by = new HashMap<>();
        for (var group : finest) {
            by.computeIfAbsent(left(group, over), ignored -> new ArrayList<>()).add(group);
        }
        return by;
    }

    /** The keys that are not summed over. */
    private List<@Nullable Object> left(Group group, long over) {
        var left = new ArrayList<@Nullable Object>();
        for (int key = 0; key < keys; key++) {
            if ((over >> (keys - 1 - key) & 1) == 0) {
                left.add(group.key.get(key));
            }
        }
        return left;
    }

    private long summedOver(Group group) {
        return whole(group.key.get(keys));
    }

    private static long whole(@Nullable Object value) {
        return ((BigDecimal) Objects.requireNonNull(value)).longValueExact();
    }
}
