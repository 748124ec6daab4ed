package org.sekisho.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.file.PlainTable;
import org.sekisho.checker.rule.Contributions;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Guess;
import org.sekisho.checker.table.Measure;
import org.sekisho.checker.table.Structure;
import org.sekisho.checker.table.Table;

/**
 * A table that is being judged, rows in the order in which they would leave, with everything known of it.
 *
 * @param loaded as it was read
 * @param table the same with words as they would leave
 * @param order row {@code i} is row {@code order[i]} of the source, and of the statement
 */
@SuppressWarnings("ArrayRecordComponent")
record Subject(
        String file,
        Loaded loaded,
        Table table,
        int[] order,
        List<Measure> roles,
        Structure structure,
        Statement statement) {

    /** @param digits significant ones that are kept of a number that is not whole */
    static Subject of(String file, Loaded loaded, Statement statement, int digits) {
        var plain = PlainTable.words(loaded.table());
        var roles = statement.known() ? told(plain, statement) : Guess.roles(plain);
        // Keys first; where they agree the values decide, so that no order is left to whoever made the table.
        var columns = IntStream.range(0, roles.size())
                .boxed()
                .sorted(Comparator.comparing(column -> roles.get(column).kind() != Measure.Kind.KEY))
                .toList();
        var order = PlainTable.rounded(plain, digits).orderBy(columns);
        var table = plain.reordered(order);
        var structure = Structure.of(table, roles, loaded.missingMeansHidden(), inFile(order));
        return new Subject(file, loaded, table, order, roles, structure, statement);
    }

    /** The rows of the table in the order of its source. */
    private static int[] inFile(int[] order) {
        var rows = new int[order.length];
        for (int row = 0; row < rows.length; row++) {
            rows[order[row]] = row;
        }
        return rows;
    }

    private static List<Measure> told(Table table, Statement statement) {
        var roles = new ArrayList<Measure>();
        for (var column : table.columns()) {
            var role = statement.roles().get(column.name());
            boolean fits = role != null && (role.kind() == Measure.Kind.KEY || column instanceof Column.Numbers);
            // Text that an aggregate made is no key: it may hold a count, or what one person's row holds.
            roles.add(
                    role != null && fits
                            ? role
                            : new Measure(Measure.Kind.OTHER, Measure.Counted.UNKNOWN, Measure.Known.VALUES));
        }
        return roles;
    }

    int rows() {
        return table.rows();
    }

    int columns() {
        return roles.size();
    }

    String name(int column) {
        return table.columns().get(column).name();
    }

    boolean measure(int column) {
        return roles.get(column).kind() != Measure.Kind.KEY;
    }

    List<Integer> measures() {
        return IntStream.range(0, columns()).filter(this::measure).boxed().toList();
    }

    List<Integer> additive() {
        return measures().stream()
                .filter(column -> roles.get(column).kind().additive())
                .toList();
    }

    double value(int row, int column) {
        return table.columns().get(column) instanceof Column.Numbers numbers ? numbers.values()[row] : Double.NaN;
    }

    boolean missing(int row, int column) {
        return table.columns().get(column) instanceof Column.Numbers numbers
                ? numbers.missing().get(row)
                : table.columns().get(column).label(row) == null;
    }

    /** What the mark of a missing number says that it is at most; infinite where it says nothing. */
    double most(int row, int column) {
        return table.columns().get(column) instanceof Column.Numbers numbers
                ? numbers.most(row)
                : Double.POSITIVE_INFINITY;
    }

    /** A number that somebody hid before. */
    boolean alreadyHidden(int row, int column) {
        return loaded.missingMeansHidden() && measure(column) && missing(row, column);
    }

    /** Distinct persons behind a row; -1 when unknown. */
    long persons(int row) {
        var persons = statement.persons();
        return persons == null ? -1 : persons[order[row]];
    }

    /** Distinct facilities behind a row; -1 when unknown. */
    long facilities(int row) {
        var facilities = statement.facilities();
        return facilities == null ? -1 : facilities[order[row]];
    }

    /** The largest contributions of a cell: by person, by facility, as far as known. */
    List<Contributions> contributions(int row, int column) {
        var found = new ArrayList<Contributions>();
        for (var by : List.of(statement.byPerson(), statement.byFacility())) {
            var list = by.get(name(column));
            if (list != null) {
                found.add(list.get(order[row]));
            }
        }
        return found;
    }
}
