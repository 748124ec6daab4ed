package org.sekisho.engine.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a plain aggregate is taken apart to tell who stands behind each cell. Each row of the data is told by its group and
 * by the conditions of the aggregates that hold for it: condition {@code i} is bit {@code i}.
 *
 * @param reason why it cannot be; null when it can, and only then the rest counts
 * @param items what each column of the result is, in order
 * @param keys how many grouping expressions there are
 * @param facilities whether a column of facilities is in reach
 * @param chosen whether rows were left out by what they hold: HAVING, LIMIT
 * @param conditions how many bits there are
 * @param shares parts of a group whose contributors count
 * @param aspects parts of a group that the columns of a result row show
 * @param sums how many aggregates are sums or means
 * @param rows SQL: the items (NULL for those that {@link Item#recounted}), the keys, the grouping id, the group (a hash
 *     of 63 bits less one for each condition), how many rows of the data
 * @param members SQL, one row for each row of the data: group and bits ({@code group << conditions | bits}), person, and,
 *     where there are, facility
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
        int conditions,
        List<Share> shares,
        List<Aspect> aspects,
        int sums,
        String rows,
        String members,
        @Nullable String byPerson,
        @Nullable String byFacility) {

    /**
     * @param function {@code key} or a function of the statement of contributions
     * @param of a column of the provision, or null
     * @param counts {@code rows}, {@code persons}, {@code facilities} or null
     * @param sum which of the sums, or -1
     * @param recounted whether it is the number of distinct persons or facilities of the group, which the members tell too
     */
    public record Item(
            String function, @Nullable String of, @Nullable String counts, int sum, boolean recounted) {}

    /**
     * The rows of a group for which all of some conditions hold and none of others.
     *
     * @param shown whether an aggregate shows it by itself, not only beside another
     * @param rest whether those persons are meant whom no such row has
     */
    public record Share(long needs, long lacks, boolean shown, boolean rest) {
        public boolean has(long bits) {
            return (bits & needs) == needs && (bits & lacks) == 0;
        }
    }

    /**
     * What one column shows, or two by their difference. A difference is only there in a row where the second part lies
     * within the first.
     *
     * @param columns of the result that must be seen to know it
     * @param measure what they measure of it; {@code count}, or another word. What is measured alike can be subtracted
     * @param within a condition, or {@link #ALL}
     * @param without a condition, or {@link #NOTHING}
     * @param persons whether persons are subtracted, not rows
     */
    public record Aspect(List<Integer> columns, String measure, int within, int without, boolean persons) {
        public static final int ALL = -1;
        public static final int NOTHING = -2;

        public boolean isWithin(long bits) {
            return within == ALL || (bits >>> within & 1) == 1;
        }

        public boolean isWithout(long bits) {
            return without != NOTHING && (bits >>> without & 1) == 1;
        }
    }

    public static Aggregation unknown(String reason) {
        return new Aggregation(reason, List.of(), 0, false, false, 0, List.of(), List.of(), 0, "", "", null, null);
    }
}
