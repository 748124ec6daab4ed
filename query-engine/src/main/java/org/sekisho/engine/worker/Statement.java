package org.sekisho.engine.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who stands behind each cell of a held result, as {@code statement.json} says it; {@code contributions.arrow} beside
 * it has the figures, one row for each row of the result.
 *
 * @param reason why contributions are unknown; null when known
 * @param chosen whether rows were left out by what they hold (HAVING, LIMIT), so that being there tells something
 * @param keys columns of the result that a row is grouped by
 * @param measures every other column of the result
 * @param sets who they are; null when contributions are unknown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Statement(
        int version,
        Knowledge contributions,
        @Nullable String reason,
        long rows,
        boolean chosen,
        List<String> keys,
        List<Measure> measures,
        Reach persons,
        Reach facilities,
        @Nullable Sets sets) {

    public static Statement unknown(String reason, long rows) {
        return new Statement(
                1, Knowledge.UNKNOWN, reason, rows, false, List.of(), List.of(), Reach.NONE, Reach.NONE, null);
    }

    /**
     * Who they are, by numbers that mean the same in every provision of the project.
     *
     * @param file beside the statement, a {@link org.sekisho.engine.contribution.SetsFile}; null when unknown
     * @param sha256 of the file, lower-case hex
     * @param reason why they are unknown
     * @param aspects of each row, in the order of the file
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sets(
            @Nullable String file,
            @Nullable String sha256,
            @Nullable String reason,
            List<Aspect> aspects) {

        static Sets unknown(String reason) {
            return new Sets(null, null, reason, List.of());
        }
    }

    /**
     * A part of the group of a row that its columns show.
     *
     * @param columns that must all be seen to know it
     * @param measure what they measure of it; what is measured alike can be subtracted
     * @param difference whether it takes a subtraction
     */
    public record Aspect(List<String> columns, String measure, boolean difference) {}

    public enum Knowledge {
        @JsonProperty("known")
        KNOWN,
        @JsonProperty("unknown")
        UNKNOWN
    }

    /** Whether distinct persons (facilities) are counted for each row; {@code none} where no such column is in reach. */
    public enum Reach {
        @JsonProperty("known")
        KNOWN,
        @JsonProperty("none")
        NONE
    }

    public enum Function {
        @JsonProperty("count")
        COUNT,
        @JsonProperty("count-distinct")
        COUNT_DISTINCT,
        @JsonProperty("sum")
        SUM,
        @JsonProperty("mean")
        MEAN,
        @JsonProperty("min")
        MIN,
        @JsonProperty("max")
        MAX,
        @JsonProperty("other")
        OTHER
    }

    public enum Counts {
        @JsonProperty("rows")
        ROWS,
        @JsonProperty("persons")
        PERSONS,
        @JsonProperty("facilities")
        FACILITIES
    }

    /**
     * @param of the column of the provision that is summed or counted, null for {@code count(*)} and expressions
     * @param counts what a count counts, null for other functions
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Measure(
            String column,
            Function function,
            @Nullable String of,
            @Nullable Counts counts) {}
}
