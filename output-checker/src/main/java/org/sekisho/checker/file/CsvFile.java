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
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a finished CSV table: UTF-8, a header, as many fields in every line; values as {@link FinishedTable} says. */
public final class CsvFile {
    private static final Pattern ENDLESS_FIELD =
            Pattern.compile("(?s)maximum buffer size.*record starting at line (\\d{1,9})");

    private static final String NOT_UTF_8_JA = "UTF-8 ではありません（Shift_JIS でしょうか）。CSV UTF-8 で保存し直してください";
    private static final String NOT_UTF_8 = "is not UTF-8 (Shift_JIS perhaps?); save it as CSV UTF-8";
    private static final Map<String, String> OTHER_SEPARATORS = Map.of(";", "semicolons", "\t", "tabs");

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
            throw new Unreadable(name, 0, 0, "このファイルはありません", "there is no such file");
        } catch (CharacterCodingException broken) {
            throw new Unreadable(name, 0, 0, NOT_UTF_8_JA, NOT_UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (UncheckedIOException broken) {
            if (broken.getCause() instanceof CharacterCodingException) {
                throw new Unreadable(name, 0, 0, NOT_UTF_8_JA, NOT_UTF_8);
            }
            throw broken;
        } catch (CsvParseException broken) {
            // The reader has limits of its own, above ours, and no other way to say so.
            var said = String.valueOf(broken.getMessage());
            if (said.endsWith(" fields")) {
                return Optional.empty();
            }
            var line = ENDLESS_FIELD.matcher(said);
            if (line.find()) {
                throw new Unreadable(
                        name,
                        Integer.parseInt(line.group(1)),
                        0,
                        "1 つの値が 1,600 万文字を超えています。引用符（\"）が閉じていないのかもしれません",
                        "has a field of more than 16 million characters; perhaps a quotation mark is not closed");
            }
            throw new Unreadable(name, 0, 0, "CSV として読めません: " + said, "is not CSV: " + said);
        }
    }

    private static Optional<Loaded> read(String name, CsvReader<CsvRecord> records) {
        @Nullable List<String> header = null;
        var columns = new ArrayList<List<String>>();
        long rows = 0;
        long characters = 0;
        for (var line : records) {
            if (header == null) {
                header = withoutMark(line.getFields());
                if (Loaded.tooLarge(0, header.size())) {
                    return Optional.empty();
                }
                header.forEach(_ -> columns.add(new ArrayList<>()));
                continue;
            }
            if (line.getFieldCount() != header.size()) {
                throw otherNumberOfFields(name, line, header.size());
            }
            characters += line.getFields().stream().mapToLong(String::length).sum();
            if (Loaded.tooLarge(++rows, header.size())
                    || characters > Loaded.CHARACTERS_AT_MOST
                    || line.getFields().stream().anyMatch(Loaded::tooLong)) {
                return Optional.empty();
            }
            for (int column = 0; column < header.size(); column++) {
                columns.get(column).add(line.getField(column));
            }
        }
        if (header == null) {
            throw new Unreadable(name, 1, 0, "空のファイルです。1 行目に列名が必要です", "is empty; the first line must name the columns");
        }
        if (header.size() == 1) {
            mustNotBeSeparatedOtherwise(name, header.getFirst(), columns.getFirst());
        }
        return Optional.of(FinishedTable.of(header, columns, (int) rows));
    }

    /** A field that goes on over lines, up to where one is missing, most likely began with a quotation mark by mistake. */
    private static Unreadable otherNumberOfFields(String name, CsvRecord line, int columns) {
        int fields = line.getFieldCount();
        boolean open = fields < columns && line.getField(fields - 1).contains("\n");
        return new Unreadable(
                name,
                (int) line.getStartingLineNumber(),
                Math.min(fields, columns) + 1,
                "値が " + fields + " 個ありますが、見出しは " + columns + " 列です" + (open ? "。引用符（\"）が閉じていないのかもしれません" : ""),
                "has " + fields + " fields where the header has " + columns
                        + (open ? "; perhaps a quotation mark is not closed" : ""));
    }

    /** Read as one column of labels, its numbers would be judged by no rule. */
    private static void mustNotBeSeparatedOtherwise(String name, String header, List<String> values) {
        OTHER_SEPARATORS.forEach((separator, word) -> {
            int columns = header.split(separator, -1).length;
            if (columns > 1 && values.stream().allMatch(value -> value.split(separator, -1).length == columns)) {
                throw new Unreadable(
                        name,
                        1,
                        0,
                        "列が" + (separator.equals(";") ? "セミコロン" : "タブ") + "で区切られています。カンマで区切ってください",
                        "has " + word + " between its columns; write it with commas");
            }
        });
    }

    private static List<String> withoutMark(List<String> header) {
        var names = new ArrayList<>(header);
        if (names.getFirst().startsWith("\uFEFF")) {
            names.set(0, names.getFirst().substring(1));
        }
        return names;
    }
}
