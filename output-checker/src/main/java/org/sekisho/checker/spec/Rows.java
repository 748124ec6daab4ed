package org.sekisho.checker.spec;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.file.Unreadable;

/** Some columns of a CSV file as text, with the line of each row. Labels stay as they are written: 01 is not 1. */
final class Rows {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final int ROWS_AT_MOST = 5_000_000;

    private final String file;
    private final List<String> header;
    private final int[] place;
    private final List<String[]> fields = new ArrayList<>();
    private int[] lines = new int[1024];

    private Rows(String file, List<String> header, @Nullable List<String> wanted) {
        this.file = file;
        this.header = header;
        if (new HashSet<>(header).size() < header.size()) {
            throw new Unreadable(file, 1, 0, "two columns have the same name; rename one");
        }
        place = wanted == null
                ? java.util.stream.IntStream.range(0, header.size()).toArray()
                : wanted.stream().mapToInt(this::need).toArray();
    }

    /** @param wanted columns; null for all */
    static Rows read(Path from, @Nullable List<String> wanted) {
        var file = String.valueOf(from.getFileName());
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var in = new BufferedReader(new InputStreamReader(Files.newInputStream(from), decoder));
                var records = CsvReader.builder()
                        .detectBomHeader(false)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(in)) {
            @Nullable Rows rows = null;
            for (var line : records) {
                if (rows == null) {
                    var header = new ArrayList<>(line.getFields());
                    header.set(0, header.getFirst().replace("\uFEFF", ""));
                    rows = new Rows(file, List.copyOf(header), wanted);
                } else {
                    rows.add(line.getFields(), (int) line.getStartingLineNumber());
                }
            }
            if (rows == null) {
                throw new Unreadable(file, 1, 1, "is empty; the first line must name the columns");
            }
            return rows;
        } catch (CharacterCodingException broken) {
            throw new Unreadable(file, 0, 0, "is not UTF-8; save it as UTF-8");
        } catch (IOException broken) {
            throw new Unreadable(file, 0, 0, "cannot be read; is the path right?");
        } catch (UncheckedIOException broken) {
            throw new Unreadable(file, 0, 0, "is not UTF-8; save it as UTF-8");
        } catch (CsvParseException broken) {
            throw new Unreadable(file, 0, 0, "is not CSV: " + broken.getMessage());
        }
    }

    private int need(String column) {
        int at = header.indexOf(column);
        if (at < 0) {
            throw new Unreadable(file, 1, 0, "has no column " + column + "; it has " + String.join(", ", header));
        }
        return at;
    }

    private void add(List<String> line, int number) {
        if (line.size() != header.size()) {
            throw wrong(
                    number,
                    Math.min(line.size(), header.size()),
                    "has " + line.size() + " fields where the header has " + header.size());
        }
        if (fields.size() == ROWS_AT_MOST) {
            throw new Unreadable(file, 0, 0, "has more than " + ROWS_AT_MOST + " rows; protect it in parts");
        }
        if (fields.size() == lines.length) {
            lines = Arrays.copyOf(lines, 2 * lines.length);
        }
        lines[fields.size()] = number;
        var kept = new String[place.length];
        for (int at = 0; at < place.length; at++) {
            // Labels repeat; one text for each spares memory.
            kept[at] = line.get(place[at]).strip().intern();
        }
        fields.add(kept);
    }

    int size() {
        return fields.size();
    }

    /** Columns in the order in which they were wanted. */
    int columns() {
        return place.length;
    }

    String column(int column) {
        return header.get(place[column]);
    }

    String text(int row, int column) {
        return fields.get(row)[column];
    }

    int line(int row) {
        return lines[row];
    }

    double number(int row, int column) {
        var text = text(row, column);
        if (!NUMBER.matcher(text).matches()) {
            throw wrongAt(row, column, "is not a number; write it with digits and a point");
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw wrongAt(row, column, "is too large a number");
        }
        return number;
    }

    /** Digits after the point, written without an exponent: 6 of 1.5e-5. */
    int decimals(int row, int column) {
        return Math.max(0, new BigDecimal(text(row, column)).scale());
    }

    Unreadable wrongAt(int row, int column, String what) {
        return wrong(lines[row], place[column], what);
    }

    private Unreadable wrong(int line, int column, String what) {
        return new Unreadable(file, line, column + 1, what);
    }
}
