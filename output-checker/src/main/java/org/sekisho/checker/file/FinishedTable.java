package org.sekisho.checker.file;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Table;

/**
 * Makes a table of fields that somebody wrote. A column is numbers when every field is a number or a mark of a hidden
 * one.
 */
public final class FinishedTable {
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?(?=\\.?\\d)(\\d{1,3}(,\\d{3})+|\\d+)?(\\.\\d+)?([eE][+-]?\\d{1,9})?|[+-]?inf(inity)?|NaN|nan");

    private static final Pattern FULL_WIDTH = Pattern.compile("[０-９]");

    private FinishedTable() {}

    /** @param columns the fields of each column, all equally many */
    public static Loaded of(List<String> header, List<List<String>> columns, int rows) {
        var built = new ArrayList<Column>();
        for (int column = 0; column < header.size(); column++) {
            built.add(emptied(column(header.get(column), columns.get(column))));
        }
        return new Loaded(new Table(built, rows), List.of(), true, false);
    }

    /** Whether a field is a number, or stands for one that somebody hid. */
    public static boolean numberOrHidden(String field) {
        var plain = plain(field);
        return HiddenMark.is(plain) || NUMBER.matcher(plain).matches();
    }

    /** The same table as somebody who reads it has it: text that is a number is one. */
    static Table typed(Table table) {
        var typed = new ArrayList<Column>();
        for (var column : table.columns()) {
            typed.add(emptied(
                    column instanceof Column.Words words
                            ? column(
                                    words.name(),
                                    words.values().stream()
                                            .map(word -> word == null ? "" : word)
                                            .toList())
                            : column));
        }
        return new Table(typed, table.rows());
    }

    /** NaN among whole numbers is a cell without a number, which pandas prints so and writes into a CSV as nothing. */
    private static Column emptied(Column column) {
        if (!(column instanceof Column.Numbers numbers) || !numbers.odd() || !numbers.whole()) {
            return column;
        }
        var emptied = new ColumnBuilder(numbers.name(), ColumnBuilder.Kind.REAL, new Characters(Long.MAX_VALUE));
        for (int row = 0; row < numbers.rows(); row++) {
            double value = numbers.values()[row];
            if (Double.isNaN(value) || numbers.missing().get(row)) {
                emptied.missing(numbers.most(row));
            } else {
                emptied.real(value);
            }
        }
        return emptied.build();
    }

    /** The field as it is read: full-width digits, which Japanese input methods give, are digits. */
    private static String plain(String field) {
        var cell = PlainText.cell(field);
        return FULL_WIDTH.matcher(cell).find() ? narrow(cell) : cell;
    }

    private static String narrow(String cell) {
        var narrow = new StringBuilder();
        cell.chars().forEach(each -> narrow.append((char) (each >= '！' && each <= '～' ? each - '！' + '!' : each)));
        return narrow.toString();
    }

    private static Column column(String name, List<String> fields) {
        boolean numbers = false;
        boolean whole = true;
        for (var field : fields) {
            var plain = plain(field);
            if (HiddenMark.is(plain)) {
                continue;
            }
            if (!NUMBER.matcher(plain).matches() || plain.matches("0\\d+")) {
                return words(name, fields);
            }
            numbers = true;
            whole &= fitsLong(plain.replace(",", ""));
        }
        return numbers ? numbers(name, fields, whole) : words(name, fields);
    }

    private static boolean fitsLong(String plain) {
        return plain.matches("[+-]?\\d{1,18}")
                || (plain.matches("[+-]?\\d{19}") && new BigInteger(plain).bitLength() < Long.SIZE);
    }

    private static Column words(String name, List<String> fields) {
        var words = new ColumnBuilder(name, ColumnBuilder.Kind.WORDS, new Characters(Long.MAX_VALUE));
        fields.forEach(field -> words.word(field.isEmpty() ? null : field));
        return words.build();
    }

    private static Column numbers(String name, List<String> fields, boolean whole) {
        var numbers = new ColumnBuilder(
                name, whole ? ColumnBuilder.Kind.WHOLE : ColumnBuilder.Kind.REAL, new Characters(Long.MAX_VALUE));
        for (var field : fields) {
            var cell = plain(field);
            var plain = cell.replace(",", "");
            if (HiddenMark.is(cell)) {
                numbers.missing(HiddenMark.most(cell, whole));
            } else if (whole) {
                numbers.whole(Long.parseLong(plain));
            } else {
                numbers.real(real(plain));
            }
        }
        return numbers.build();
    }

    private static double real(String plain) {
        var lower = plain.toLowerCase(Locale.ROOT);
        if (lower.contains("inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return lower.equals("nan") ? Double.NaN : Double.parseDouble(plain);
    }
}
