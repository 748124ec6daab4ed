package org.sekisho.engine.ingest.omop;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.duckdb.RowBatch;
import org.sekisho.engine.pseudonym.Pseudonyms;
import org.sekisho.engine.pseudonym.Pseudonyms.Domain;

/** Reads the text of a field as its column's type and hands it on, keys as pseudonyms. */
final class OmopValues {
    private static final LocalDateTime EPOCH = LocalDate.EPOCH.atStartOfDay();

    private final Pseudonyms pseudonyms;
    private final String dataset;
    private final Map<String, Long> known = new HashMap<>();

    OmopValues(Pseudonyms pseudonyms, String dataset) {
        this.pseudonyms = pseudonyms;
        this.dataset = dataset;
    }

    /** Null where all is well, else what is wrong with the text. */
    @Nullable
    String put(RowBatch rows, Column column, String text) {
        if (text.isEmpty()) {
            rows.none();
            return null;
        }
        return switch (column.kind()) {
            case PERSON -> key(rows, column, text, Domain.PERSON);
            case FACILITY -> key(rows, column, text, Domain.FACILITY);
            case RECORD, DATE, CODE, QUASI_IDENTIFIER, VALUE -> value(rows, column, text);
        };
    }

    private @Nullable String key(RowBatch rows, Column column, String text, Domain domain) {
        if (!text.matches("-?\\d{1,18}")) {
            return "is not a whole number";
        }
        rows.integer(known.computeIfAbsent(
                column.name() + text, k -> pseudonyms.of(domain, "omop", dataset, column.name(), text)));
        return null;
    }

    private static @Nullable String value(RowBatch rows, Column column, String text) {
        try {
            switch (column.type()) {
                case "BIGINT" -> rows.integer(Long.parseLong(text));
                case "INTEGER" -> rows.integer(Integer.parseInt(text));
                case "DOUBLE" -> rows.number(finite(text));
                case "DATE" -> rows.date(day(text).toEpochDay());
                case "TIMESTAMP" -> rows.timestamp(micros(time(text)));
                default -> rows.text(text);
            }
            return null;
        } catch (NumberFormatException e) {
            return "DOUBLE".equals(column.type()) ? "is not a number" : "is not a whole number in range";
        } catch (DateTimeException e) {
            return "is not a date";
        }
    }

    private static double finite(String text) {
        var number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException();
        }
        return number;
    }

    private static LocalDate day(String text) {
        if (text.length() == 8) {
            return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
        }
        return text.length() > 10 ? time(text).toLocalDate() : LocalDate.parse(text);
    }

    private static LocalDateTime time(String text) {
        return text.length() <= 10 ? day(text).atStartOfDay() : LocalDateTime.parse(text.replace(' ', 'T'));
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }
}
