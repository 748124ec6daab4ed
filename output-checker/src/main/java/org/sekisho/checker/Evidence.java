package org.sekisho.checker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checker may see behind a judgement. MUST NOT be sent to an author.
 *
 * @param structure of the first table
 * @param cells every measure cell of the first table, up to {@link #CELLS_AT_MOST}; hidden cells come first when there
 *     are more
 * @param audit over all tables: numbers are added up
 * @param tables where there are several tables, each of them, the first one too; else empty
 */
public record Evidence(
        Structure structure,
        List<Cell> cells,
        boolean cellsTruncated,
        Audit audit,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OfTable> tables) {
    public static final int CELLS_AT_MOST = 20_000;

    public Evidence {
        cells = List.copyOf(cells);
        tables = orEmpty(tables);
    }

    /** Of one table. */
    public Evidence(Structure structure, List<Cell> cells, boolean cellsTruncated, Audit audit) {
        this(structure, cells, cellsTruncated, audit, List.of());
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
}
