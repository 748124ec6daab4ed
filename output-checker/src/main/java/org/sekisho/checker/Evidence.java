package org.sekisho.checker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a checker may see behind a judgement. MUST NOT be sent to an author.
 *
 * @param structure of the first table
 * @param cells every measure cell of the first table, up to {@link #CELLS_AT_MOST}; hidden cells come first when there
 *     are more
 * @param audit over all tables: numbers are added up
 * @param tables where there are several tables, each of them, the first one too; else empty
 * @param compared what comparing with earlier releases came to; absent where there is no ledger of them
 */
public record Evidence(
        Structure structure,
        List<Cell> cells,
        boolean cellsTruncated,
        Audit audit,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OfTable> tables,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Compared compared) {
    public static final int CELLS_AT_MOST = 20_000;

    public Evidence {
        cells = List.copyOf(cells);
        tables = orEmpty(tables);
    }

    /** Of one table. */
    public Evidence(Structure structure, List<Cell> cells, boolean cellsTruncated, Audit audit) {
        this(structure, cells, cellsTruncated, audit, List.of());
    }

    /** Compared with nothing. */
    public Evidence(Structure structure, List<Cell> cells, boolean cellsTruncated, Audit audit, List<OfTable> tables) {
        this(structure, cells, cellsTruncated, audit, tables, null);
    }

    /** The same, compared with earlier releases. */
    Evidence beside(@Nullable Compared comparison) {
        return new Evidence(structure, cells, cellsTruncated, audit, tables, comparison);
    }

    private static List<OfTable> orEmpty(@Nullable List<OfTable> tables) {
        return tables == null ? List.of() : List.copyOf(tables);
    }

    /**
     * The evidence of one of several tables.
     *
     * @param file that holds the table
     * @param place in the file, such as {@code cell 3}; empty when the table is the whole file
     */
    public record OfTable(
            String file, String place, Structure structure, List<Cell> cells, boolean cellsTruncated, Audit audit) {}

    /** What a column was taken for. */
    public enum Role {
        @JsonProperty("key")
        KEY,
        @JsonProperty("count")
        COUNT,
        @JsonProperty("sum")
        SUM,
        @JsonProperty("mean")
        MEAN,
        @JsonProperty("other")
        OTHER
    }

    /**
     * @param of how it was found out: {@code statement} (the engine said so), {@code name} or {@code values}
     * @param counts what a count counts: {@code rows}, {@code persons}, {@code facilities}, or absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ColumnRole(
            String column, Role role, String of, @Nullable String counts) {}

    /**
     * How the table is built, as the checker found it.
     *
     * @param rows rows of the canonical CSV
     * @param totalRows rows that are totals or subtotals of others
     * @param hierarchies key columns from coarse to fine, one list for each chain of two or more
     * @param equations additive relations among the cells, implied ones included
     * @param assumed what an outsider is taken to know besides the table: {@code grand-total}
     */
    public record Structure(
            int rows,
            List<ColumnRole> columns,
            List<Integer> totalRows,
            List<List<String>> hierarchies,
            int equations,
            List<String> assumed) {}

    /**
     * @param row 0-based row of the canonical CSV (and of the amended one)
     * @param persons distinct persons behind the cell, absent when nobody could tell
     * @param lower smallest value that an outsider must still believe possible; for hidden cells only
     * @param upper largest such value; absent when there is no bound
     * @param rules rules that hit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cell(
            int row,
            String column,
            CellStatus status,
            @Nullable Double value,
            @Nullable Long persons,
            @Nullable Long facilities,
            @Nullable Double lower,
            @Nullable Double upper,
            List<String> rules) {}

    /**
     * The attack on the amended table.
     *
     * @param exactlyComputable hidden cells that the published ones give away; 0 in anything that may leave
     * @param undoneBySingletons hidden cells that somebody alone in another hidden cell could work out
     * @param method in words: which tests ran
     * @param intervals whether the intervals in {@link Cell} were computed
     */
    public record Audit(
            int hidden,
            int primary,
            int secondary,
            int exactlyComputable,
            int undoneBySingletons,
            String method,
            boolean intervals) {}

    /**
     * The output beside everything that its project was ever given.
     *
     * @param releases how many there were, those included that nothing is known of
     * @param known false when nobody knows who stands behind it, so that it was compared with nothing
     * @param cells in all of them that it was compared with
     * @param unknown releases of which nobody knows who stands behind their cells, up to {@link #NAMED_AT_MOST}
     * @param damaged releases of which the ledger has lost it, up to {@link #NAMED_AT_MOST}
     * @param complete false when it has more in its cells than could be compared
     * @param differences that tell of few, up to {@link #DIFFERENCES_AT_MOST}
     * @param footprints SHA-256 of what would be kept of each file in the ledger, by its name
     */
    public record Compared(
            int releases,
            boolean known,
            long cells,
            List<String> unknown,
            List<String> damaged,
            boolean complete,
            List<Beside> differences,
            Map<String, String> footprints) {
        public static final int NAMED_AT_MOST = 20;
        public static final int DIFFERENCES_AT_MOST = 200;
    }

    /**
     * A place of the new table and one of an earlier release that together tell of few.
     *
     * @param release that shows the other
     * @param file of that release
     * @param of {@code persons} or {@code facilities}
     * @param kind {@code more}, {@code fewer} or {@code exchanged}, seen from the new one
     * @param now how many the new one counts
     * @param then how many the earlier one counts
     * @param common how many are the same
     * @param hidden whether the amended table does not show it any more
     */
    public record Beside(
            Spot fresh,
            String release,
            String file,
            Spot earlier,
            String of,
            String kind,
            long now,
            long then,
            long common,
            boolean hidden) {}

    /**
     * @param kind {@code row}, {@code sum} of several rows, or {@code rest}: what a total leaves for its hidden rows
     * @param rows 0-based, of the canonical CSV of the file, up to {@link #ROWS_AT_MOST}
     * @param more rows besides
     * @param columns that show it
     */
    public record Spot(String kind, List<Integer> rows, int more, List<String> columns) {
        public static final int ROWS_AT_MOST = 50;
    }
}
