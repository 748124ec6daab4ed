package org.sekisho.engine.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.sql.Reach.Unclear;

/**
 * The parts of a group whose contributors are counted: those that an aggregate shows, and those that the difference of
 * two aggregates shows. {@code count(*)} beside {@code count(*) FILTER (WHERE x)} tells how many are not {@code x}.
 */
final class Shares {

    private static final int CUTS_AT_MOST = 4;

    /** @param rest whether those are meant whom no row under the condition has */
    record Share(String condition, boolean shown, boolean rest) {

        String persons(String column) {
            var those = "count(DISTINCT " + column + ") FILTER (WHERE " + condition + ")";
            return rest ? "(count(DISTINCT " + column + ") - " + those + ")" : those;
        }

        String facilities(@Nullable String column) {
            return column == null || !shown
                    ? "NULL::BIGINT"
                    : "count(DISTINCT " + column + ") FILTER (WHERE " + condition + ")";
        }
    }

    private final Set<Share> shares = new LinkedHashSet<>();
    private final Set<String> cuts = new LinkedHashSet<>();
    private final Set<String> ofPersons = new LinkedHashSet<>();

    /** An aggregate sees the rows under a condition; how many others there are is not told by it. */
    void add(String condition) {
        shares.add(new Share(condition, true, false));
    }

    /** An aggregate sees the rows under a condition, and another one may tell what it does not see. */
    void cut(String condition) {
        add(condition);
        cuts.add(condition);
    }

    /** The same for distinct persons: who has a row under the condition. */
    void ofPersons(String condition) {
        add(condition);
        ofPersons.add(condition);
    }

    /** Adds the parts into which the cuts divide a group: every difference of aggregates is made of them. */
    void close() throws Unclear {
        if (cuts.size() > CUTS_AT_MOST || ofPersons.size() > 1) {
            throw new Unclear("its aggregates see too many different parts of a group");
        }
        var list = new ArrayList<>(cuts);
        for (int pattern = 0; !list.isEmpty() && pattern < 1 << list.size(); pattern++) {
            int holds = pattern;
            var atom = IntStream.range(0, list.size())
                    .mapToObj(i -> ((holds >> i & 1) == 0 ? "NOT " : "") + "coalesce(" + list.get(i) + ", false)")
                    .collect(Collectors.joining(" AND "));
            shares.add(new Share(atom, false, false));
        }
        ofPersons.forEach(condition -> shares.add(new Share(condition, false, true)));
    }

    int size() {
        return shares.size();
    }

    List<Share> all() {
        return List.copyOf(shares);
    }
}
