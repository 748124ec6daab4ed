package org.sekisho.checker.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Table;

/**
 * Reads a finished CSV table: UTF-8, a header, as many fields in every line. A column is numbers when every field is a
 * number or a mark of a hidden one.
 */
public final class CsvFile {
    private static final Set<String> HIDDEN = Set.of(
            "", "-", "－", "‐", "–", "—", "x", "X", "*", "**", "***", "…", "...", "..", "NA", "N/A", "null", "NULL");
    private static final Pattern BELOW = Pattern.compile("[<＜≦]=?\\s*\\d+|\\d+\\s*(未満|以下)|c");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(\\d+|\\d{1,3}(,\\d{3})+)?(\\.\\d+)?([eE][+-]?\\d+)?|[+-]?inf(inity)?|NaN|nan");

    private CsvFile() {}

    /**
     * @return the table, or nothing when it is larger than {@link Loaded} allows
     * @throws Unreadable with line and column when it is not such a table
     */
    public static Optional<Loaded> read(Path file) {
        var name = String.valueOf(file.getFileName());
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var in = new BufferedReader(new InputStreamReader(Files.newInputStream(file), decoder));
                var records = CsvReader.builder()
                        .detectBomHeader(false)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(in)) {
            return read(name, records);
        } catch (NoSuchFileException absent) {
            throw new Unreadable(name, 0, 0, "there is no such file");
        } catch (CharacterCodingException broken) {
            throw new Unreadable(name, 0, 0, "is not UTF-8; save it as UTF-8");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (UncheckedIOException broken) {
            if (broken.getCause() instanceof CharacterCodingException) {
                throw new Unreadable(name, 0, 0, "is not UTF-8; save it as UTF-8");
            }
            throw broken;
        } catch (CsvParseException broken) {
            throw new Unreadable(name, 0, 0, "is not CSV: " + broken.getMessage());
        }
    }

    private static Optional<Loaded> read(String name, CsvReader<CsvRecord> records) {
        @Nullable List<String> header = null;
        var columns = new ArrayList<List<String>>();
        long rows = 0;
        for (var line : records) {
            if (header == null) {
                header = withoutMark(line.getFields());
                header.forEach(_ -> columns.add(new ArrayList<>()));
                continue;
            }
            if (line.getFieldCount() != header.size()) {
                throw new Unreadable(
                        name,
                        (int) line.getStartingLineNumber(),
                        Math.min(line.getFieldCount(), header.size()) + 1,
                        "has " + line.getFieldCount() + " fields where the header has " + header.size());
            }
            if (Loaded.tooLarge(++rows, header.size())
                    || line.getFields().stream().anyMatch(Loaded::tooLong)) {
                return Optional.empty();
            }
            for (int column = 0; column < header.size(); column++) {
                columns.get(column).add(line.getField(column));
            }
        }
        if (header == null) {
            throw new Unreadable(name, 1, 0, "is empty; the first line must name the columns");
        }
        var built = new ArrayList<Column>();
        for (int column = 0; column < header.size(); column++) {
            built.add(column(header.get(column), columns.get(column)));
        }
        return Optional.of(new Loaded(new Table(built, (int) rows), List.of(), true));
    }

    private static List<String> withoutMark(List<String> header) {
        var names = new ArrayList<>(header);
        if (names.getFirst().startsWith("\uFEFF")) {
            names.set(0, names.getFirst().substring(1));
        }
        return names;
    }

    private static Column column(String name, List<String> fields) {
        boolean numbers = false;
        boolean whole = true;
        for (var field : fields) {
            var plain = field.strip();
            if (hidden(plain)) {
                continue;
            }
            if (!NUMBER.matcher(plain).matches() || plain.matches("0\\d+")) {
                return words(name, fields);
            }
            numbers = true;
            whole &= plain.matches("[+-]?[\\d,]{1,18}");
        }
        return numbers ? numbers(name, fields, whole) : words(name, fields);
    }

    private static boolean hidden(String field) {
        return HIDDEN.contains(field) || BELOW.matcher(field).matches();
    }

    private static Column words(String name, List<String> fields) {
        var words = new ColumnBuilder(name, ColumnBuilder.Kind.WORDS);
        fields.forEach(field -> words.word(field.isEmpty() ? null : field));
        return words.build();
    }

    private static Column numbers(String name, List<String> fields, boolean whole) {
        var numbers = new ColumnBuilder(name, whole ? ColumnBuilder.Kind.WHOLE : ColumnBuilder.Kind.REAL);
        for (var field : fields) {
            var plain = field.strip().replace(",", "");
            if (hidden(field.strip())) {
                numbers.missing();
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
