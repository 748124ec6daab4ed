package org.sekisho.engine.ingest.omop;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.duckdb.RowBatch;
import org.sekisho.engine.ingest.source.Refusal;
import org.sekisho.engine.ingest.source.SourceBytes;
import org.sekisho.engine.ingest.source.TableParts;

/** One CSV file of one table: a header line, then rows. UTF-8, commas, quotes where needed. */
final class OmopFile {
    private final SourceBytes file;
    private final OmopTable table;
    private final TableParts tables;
    private final OmopValues values;
    private final HashSet<String> persons = new HashSet<>();

    OmopFile(SourceBytes file, OmopTable table, TableParts tables, OmopValues values) {
        this.file = file;
        this.table = table;
        this.tables = tables;
        this.values = values;
    }

    /** The table that a file's name stands for: {@code CONDITION_ERA.csv} is {@code condition_era}. */
    static Optional<String> tableName(String file) {
        var name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") ? Optional.of(name.substring(0, name.length() - 4)) : Optional.empty();
    }

    /** Reads all rows into the table; after a refusal the caller discards them. */
    Optional<Refusal> read() {
        if (file.content().length == 0) {
            return Optional.of(Refusal.file(file.name(), "the file is empty"));
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (var csv = CsvReader.builder()
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(false)
                .ofCsvRecord(new InputStreamReader(new ByteArrayInputStream(file.content()), decoder))) {
            return rows(csv);
        } catch (CsvParseException e) {
            return Optional.of(Refusal.file(file.name(), "is not CSV: a quote is never closed or a field is too long"));
        } catch (UncheckedIOException | java.io.IOException e) {
            return Optional.of(new Refusal(file.name(), lineOfBadText(), "", "is not UTF-8 text"));
        }
    }

    private Optional<Refusal> rows(CsvReader<CsvRecord> csv) {
        var records = csv.iterator();
        var header = header(records.next());
        var refusal = checked(header);
        if (refusal.isPresent()) {
            return refusal;
        }
        var places = table.places(header);
        while (refusal.isEmpty() && records.hasNext()) {
            refusal = Optional.ofNullable(row(records.next(), header.size(), places));
        }
        return refusal;
    }

    private static List<String> header(CsvRecord record) {
        return record.getFields().stream()
                .map(f -> f.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private Optional<Refusal> checked(List<String> header) {
        for (var column : header) {
            if (!table.all().contains(column)) {
                return Optional.of(new Refusal(
                        file.name(), 1, "", "the header has a column that " + name() + " of the model 5.4 lacks"));
            }
        }
        if (new HashSet<>(header).size() != header.size()) {
            return Optional.of(new Refusal(file.name(), 1, "", "the header names a column twice"));
        }
        return table.kept().columns().stream()
                .filter(c -> table.isRequired(c) && !header.contains(c.name()))
                .findFirst()
                .map(c -> new Refusal(file.name(), 1, c.name(), "is missing from the header"));
    }

    private @Nullable Refusal row(CsvRecord record, int width, Map<Column, Integer> places) {
        var line = record.getStartingLineNumber();
        if (record.getFieldCount() != width) {
            return new Refusal(
                    file.name(), line, "", "has %d fields, the header %d".formatted(record.getFieldCount(), width));
        }
        var rows = tables.rows(table.kept());
        for (var column : table.kept().columns()) {
            var place = places.get(column);
            var text = place == null ? "" : record.getField(place).strip();
            var complaint = text.isEmpty() && table.isRequired(column) ? "is missing" : put(rows, column, text);
            if (complaint != null) {
                return new Refusal(file.name(), line, column.name(), complaint);
            }
        }
        rows.end();
        return null;
    }

    private @Nullable String put(RowBatch rows, Column column, String text) {
        if (column.kind() == ColumnKind.PERSON && name().equals("person") && !persons.add(text)) {
            return "is there a second time";
        }
        return values.put(rows, column, text);
    }

    private String name() {
        return table.kept().name();
    }

    private long lineOfBadText() {
        var bytes = ByteBuffer.wrap(file.content());
        var decoder = StandardCharsets.UTF_8.newDecoder();
        long line = 1;
        try {
            for (var begin = 0; begin < bytes.capacity(); ) {
                var end = begin;
                while (end < bytes.capacity() && bytes.get(end) != '\n') {
                    end++;
                }
                decoder.decode(bytes.slice(begin, end - begin));
                begin = end + 1;
                line++;
            }
        } catch (CharacterCodingException e) {
            return line;
        }
        return 0;
    }
}
