package org.sekisho.checker.workbook;

import java.util.List;
import java.util.Set;

/**
 * What was read of a workbook.
 *
 * @param sheets the visible ones, in order
 * @param left what it held besides
 */
public record Workbook(List<Sheet> sheets, Set<Left> left) {
    public Workbook {
        sheets = List.copyOf(sheets);
        left = Set.copyOf(left);
    }

    /**
     * @param rows as many fields in each; empty cells are empty
     * @param formulas whether some value was a formula's last result
     */
    public record Sheet(List<List<String>> rows, boolean formulas) {}

    /** What a workbook can hold that does not leave. */
    public enum Left {
        HIDDEN_SHEET,
        HIDDEN_CELLS,
        COMMENTS,
        NAMES,
        LINKS,
        PIVOT,
        PICTURES,
        MACROS,
        OTHER
    }
}
