package org.sekisho.engine.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a plain aggregate is taken apart to tell who stands behind each cell.
 *
 * @param reason why it cannot be; null when it can, and only then the rest counts
 * @param items what each column of the result is, in order
 * @param keys how many grouping expressions there are
 * @param facilities whether a column of facilities is in reach
 * @param chosen whether rows were left out by what they hold: HAVING, LIMIT
 * @param shares how many parts of a group are counted by themselves
 * @param sums how many aggregates are sums or means
 * @param rows SQL: the items, then the keys, the grouping id, persons, facilities or NULL, and for each share persons
 *     and facilities
 * @param byPerson SQL: the keys, the grouping id, and for each sum its total, its largest and second largest absolute
 *     part of one person; null when there is no sum
 * @param byFacility the same by facility
 */
public record Aggregation(
        @Nullable String reason,
        List<Item> items,
        int keys,
        boolean facilities,
        boolean chosen,
        int shares,
        int sums,
        String rows,
        @Nullable String byPerson,
        @Nullable String byFacility) {

    /**
     * @param function {@code key} or a function of the statement of contributions
     * @param of a column of the provision, or null
     * @param counts {@code rows}, {@code persons}, {@code facilities} or null
     * @param sum which of the sums, or -1
     */
    public record Item(
            String function, @Nullable String of, @Nullable String counts, int sum) {}

    public static Aggregation unknown(String reason) {
        return new Aggregation(reason, List.of(), 0, false, false, 0, 0, "", null, null);
    }
}
