package org.sekisho.checker;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The place that a finding speaks of: a cell, a row, a column, or (both absent) the whole file.
 *
 * @param row 0-based row of the canonical CSV, the header not counted
 * @param column name of the column
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Where(@Nullable Integer row, @Nullable String column) {
    public static final Where WHOLE_FILE = new Where(null, null);

    public static Where cell(int row, String column) {
        return new Where(row, column);
    }

    public static Where column(String column) {
        return new Where(null, column);
    }

    public static Where row(int row) {
        return new Where(row, null);
    }
}
