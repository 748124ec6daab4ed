package org.sekisho.engine.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sekisho.engine.sql.Aggregation.Aspect;
import org.sekisho.engine.sql.Aggregation.Share;
import org.sekisho.engine.sql.Reach.Unclear;

/**
 * The parts of a group whose contributors count: those that an aggregate shows, and those that the difference of two
 * aggregates shows. {@code count(*)} beside {@code count(*) FILTER (WHERE x)} tells how many are not {@code x}. A row of
 * the data is told by the conditions that hold for it, one bit each.
 */
final class Shares {

    private static final int CUTS_AT_MOST = 4;
    private static final int CONDITIONS_AT_MOST = 20;
    private static final int ASPECTS_AT_MOST = 64;

    private final Map<String, Integer> conditions = new LinkedHashMap<>();
    private final Set<Share> shares = new LinkedHashSet<>();
    private final Set<Integer> cuts = new LinkedHashSet<>();
    private final Set<Integer> ofPersons = new LinkedHashSet<>();
    private final Map<String, Map<Integer, Set<Integer>>> shownBy = new LinkedHashMap<>();

    /** An aggregate sees the rows under a condition; how many others there are is not told by it. */
    int add(String condition) {
        int bit = conditions.computeIfAbsent(condition, ignored -> conditions.size());
        shares.add(new Share(1L << bit, 0, true, false));
        return bit;
    }

    /** An aggregate sees the rows under a condition, and another one may tell what it does not see. */
    int cut(String condition) {
        int bit = add(condition);
        cuts.add(bit);
        return bit;
    }

    /** The same for distinct persons: who has a row under the condition. */
    int ofPersons(String condition) {
        int bit = add(condition);
        ofPersons.add(bit);
        return bit;
    }

    /**
     * A column of the result shows this part of its group.
     *
     * @param bit of the condition, {@link Aspect#ALL} for the group as it is
     * @param measured what is measured; parts of one group that are measured alike can be subtracted
     */
    void shown(int column, int bit, String measured) {
        shownBy.computeIfAbsent(measured, ignored -> new TreeMap<>())
                .computeIfAbsent(bit, ignored -> new TreeSet<>())
                .add(column);
    }

    /** Adds the parts into which the cuts divide a group: every difference of aggregates is made of them. */
    void close() throws Unclear {
        if (cuts.size() > CUTS_AT_MOST || ofPersons.size() > 1 || conditions.size() > CONDITIONS_AT_MOST) {
            throw new Unclear("its aggregates see too many different parts of a group");
        }
        long all = cuts.stream().mapToLong(bit -> 1L << bit).sum();
        for (long pattern = all; !cuts.isEmpty(); pattern = (pattern - 1) & all) {
            shares.add(new Share(pattern, all & ~pattern, false, false));
            if (pattern == 0) {
                break;
            }
        }
        ofPersons.forEach(bit -> shares.add(new Share(1L << bit, 0, false, true)));
    }

    List<Share> all() {
        return List.copyOf(shares);
    }

    /** SQL: the bits of a row of the data as one number; null where there is no condition. */
    String bits() {
        return conditions.entrySet().stream()
                .map(entry -> "CASE WHEN " + entry.getKey() + " THEN " + (1L << entry.getValue()) + " ELSE 0 END")
                .collect(Collectors.joining(" + "));
    }

    int conditions() {
        return conditions.size();
    }

    /** What the columns of a row show: parts of its group as they are, and differences of two that are measured alike. */
    List<Aspect> aspects() throws Unclear {
        var aspects = new ArrayList<Aspect>();
        shownBy.forEach((measured, parts) -> {
            var measure = measured.equals(PERSONS) || measured.equals(ROWS) ? "count" : measured;
            parts.forEach((bit, columns) ->
                    aspects.add(new Aspect(List.copyOf(columns), measure, bit, Aspect.NOTHING, false)));
            for (int within : parts.keySet()) {
                for (int without : parts.keySet()) {
                    if (within != without && without != Aspect.ALL) {
                        var both = new TreeSet<>(parts.getOrDefault(within, Set.of()));
                        both.addAll(parts.getOrDefault(without, Set.of()));
                        aspects.add(new Aspect(List.copyOf(both), measure, within, without, measured.equals(PERSONS)));
                    }
                }
            }
        });
        if (aspects.size() > ASPECTS_AT_MOST) {
            throw new Unclear("its aggregates see too many different parts of a group");
        }
        return aspects;
    }

    /** Measured: distinct persons. */
    static final String PERSONS = "persons";

    /** Measured: rows of the data. */
    static final String ROWS = "rows";
}
