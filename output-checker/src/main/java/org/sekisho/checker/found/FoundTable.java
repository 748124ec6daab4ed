package org.sekisho.checker.found;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sekisho.checker.file.FinishedTable;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.file.RowNumbers;

/**
 * A table that was found.
 *
 * @param columns of the grid in which it stood, one for each column of the table; columns of row numbers are left out
 */
public record FoundTable(Loaded loaded, List<Integer> columns) {

    /**
     * @param header one name for each column, possibly empty
     * @param rows each as many fields as the header
     * @return nothing when no column of the grid is mostly numbers
     */
    static Optional<FoundTable> of(List<String> header, List<List<String>> rows) {
        var columns =
                IntStream.range(rowNumbers(header, rows), header.size()).boxed().toList();
        var names = new ArrayList<String>();
        var values = new ArrayList<List<String>>();
        for (int column : columns) {
            names.add(header.get(column).isEmpty() ? "column " + (column + 1) : header.get(column));
            values.add(rows.stream().map(row -> row.get(column)).toList());
        }
        boolean numbers = values.stream().anyMatch(FoundTable::mostlyNumbers);
        return numbers
                ? Optional.of(new FoundTable(loaded(names, values, rows.size(), header.size()), columns))
                : Optional.empty();
    }

    private static Loaded loaded(List<String> names, List<List<String>> values, int rows, int width) {
        var loaded = FinishedTable.of(names, values, rows);
        return new Loaded(loaded.table(), loaded.notUnderstood(), loaded.missingMeansHidden(), names.size() < width);
    }

    /** A word among numbers makes no words of them: it can stand for a number that is missing. */
    private static boolean mostlyNumbers(List<String> fields) {
        long numbers = fields.stream().filter(FinishedTable::numberOrHidden).count();
        return fields.stream().anyMatch(FoundTable::number) && 2 * numbers > fields.size();
    }

    /** Whether a field is a number that can be read, not a mark that stands for one. */
    static boolean number(String field) {
        return field.chars().anyMatch(Character::isDigit) && FinishedTable.numberOrHidden(field);
    }

    /** How many columns in front are what pandas and R print there. Behind one of them another one looks the same. */
    private static int rowNumbers(List<String> header, List<List<String>> rows) {
        return (int) IntStream.range(0, header.size() - 1)
                .takeWhile(column -> RowNumbers.are(
                        header.get(column), rows.size(), row -> rows.get(row).get(column)))
                .count();
    }
}
