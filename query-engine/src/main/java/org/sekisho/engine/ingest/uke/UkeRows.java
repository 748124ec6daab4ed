package org.sekisho.engine.ingest.uke;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.RowBatch;
import org.sekisho.engine.ingest.source.SourceBytes;
import org.sekisho.engine.ingest.source.TableParts;
import org.sekisho.engine.pseudonym.Identity;
import org.sekisho.engine.pseudonym.PersonIndex;
import org.sekisho.engine.pseudonym.Pseudonyms;
import org.sekisho.engine.pseudonym.Pseudonyms.Domain;

/** Turns checked files into rows. Records of a receipt wait for its insurance record, which says who the patient is. */
final class UkeRows {
    /** What is kept of a patient. */
    record Patient(String sex, LocalDate born, String prefecture) {}

    private final TableParts tables;
    private final PersonIndex index;
    private final Pseudonyms pseudonyms;
    private final Map<Long, Patient> patients = new LinkedHashMap<>();
    private final List<UkeRecord> receipt = new ArrayList<>();
    private @Nullable UkeRecord header;
    private String sha256 = "";
    private long receipts;

    UkeRows(TableParts tables, PersonIndex index, Pseudonyms pseudonyms) {
        this.tables = tables;
        this.index = index;
        this.pseudonyms = pseudonyms;
    }

    /** Every patient once, under the pseudonym that stands for this person at the end of the load. */
    Map<Long, Patient> patients() {
        var current = new LinkedHashMap<Long, Patient>();
        patients.forEach((person, patient) -> current.put(index.current(person), patient));
        return current;
    }

    void add(SourceBytes file) {
        sha256 = file.sha256();
        receipts = 0;
        var unreadable = new UkeLines(file).read(this::record);
        if (unreadable != null) {
            throw new IllegalArgumentException("the file was not checked");
        }
    }

    private boolean record(UkeRecord record) {
        switch (record.type()) {
            case IR -> header = record;
            case RE -> {
                write();
                receipt.add(record);
            }
            case GO -> write();
            case HO, KO, SN, SY, SI, IY, TO, CO, SJ -> receipt.add(record);
            case UK -> {}
        }
        return true;
    }

    private void write() {
        if (receipt.isEmpty()) {
            return;
        }
        var facility = Optional.ofNullable(header).orElseThrow();
        new Receipt(receipt.getFirst(), facility).write();
        receipt.clear();
        receipts++;
    }

    /** The receipt at hand, with what every row of it repeats. */
    private final class Receipt {
        private final UkeRecord common;
        private final UkeRecord header;
        private final LocalDate month;
        private final LocalDate born;
        private final long claim;
        private final long person;
        private final long facility;
        private int line;
        private @Nullable String serviceClass;

        Receipt(UkeRecord common, UkeRecord header) {
            this.common = common;
            this.header = header;
            this.month = common.month(3).atDay(1);
            this.born = common.date(6);
            this.claim = pseudonyms.of(Domain.RECORD, "uke", sha256, String.valueOf(receipts));
            this.facility =
                    pseudonyms.of(Domain.FACILITY, "institution", header.text(2), header.text(3), header.text(4));
            this.person = index.resolve(identity());
            patients.put(person, new Patient(sex(), born, header.text(2)));
        }

        /** By the number of the health insurance if there is one, else by that of public funds. */
        private Identity identity() {
            var name = common.has(36) ? common.text(36) : common.text(4);
            var insurance = first(RecordType.HO).filter(r -> !r.text(3).isBlank());
            var payer = insurance.or(
                    () -> first(RecordType.KO).filter(r -> !r.text(2).isBlank()));
            return new Identity(
                    payer.map(r -> r.text(1)).orElse(""),
                    insurance.map(r -> r.text(2)).orElse(""),
                    insurance
                            .map(r -> r.text(3))
                            .or(() -> payer.map(r -> r.text(2)))
                            .orElse(""),
                    name,
                    born,
                    sex());
        }

        private String sex() {
            return "1".equals(common.text(5)) ? "M" : "F";
        }

        private Optional<UkeRecord> first(RecordType type) {
            return receipt.stream().filter(r -> r.type() == type).findFirst();
        }

        void write() {
            for (var record : receipt) {
                switch (record.type()) {
                    case RE -> claim();
                    case HO -> insurance(record);
                    case KO -> publicExpense(record);
                    case SN ->
                        row(UkeTables.QUALIFICATION)
                                .text(or(record, 1))
                                .text(or(record, 2))
                                .end();
                    case SY -> diagnosis(record);
                    case SI -> item(UkeTables.PROCEDURE, record).end();
                    case IY -> item(UkeTables.DRUG, record).end();
                    case TO -> {
                        var rows = item(UkeTables.MATERIAL, record).text(or(record, 7));
                        number(rows, record, 8).end();
                    }
                    case CO -> {
                        row(UkeTables.COMMENT)
                                .integer(++line)
                                .text(carried(record))
                                .text(record.text(3))
                                .end();
                    }
                    case SJ ->
                        row(UkeTables.SYMPTOM_NOTE)
                                .integer(++line)
                                .text(or(record, 1))
                                .end();
                    case IR, GO, UK -> {}
                }
            }
        }

        private void claim() {
            var payer = first(RecordType.HO).or(() -> first(RecordType.KO)).orElseThrow();
            var rows = row(UkeTables.CLAIM)
                    .date(header.month(7).atDay(1).toEpochDay())
                    .text(common.text(2))
                    .truth((common.text(2).charAt(3) - '0') % 2 == 1)
                    .text(header.text(2))
                    .integer(Math.max(0, Period.between(born, month).getYears()));
            date(rows, common, 8)
                    .text(or(common, 21))
                    .integer(payer.count(4))
                    .integer(payer.count(5))
                    .end();
        }

        private void insurance(UkeRecord record) {
            row(UkeTables.INSURANCE)
                    .text(scheme(record))
                    .integer(record.count(4))
                    .integer(record.count(5))
                    .integer(record.count(7))
                    .integer(record.count(8))
                    .integer(record.count(11))
                    .end();
        }

        private void publicExpense(UkeRecord record) {
            row(UkeTables.PUBLIC_EXPENSE)
                    .text(scheme(record))
                    .integer(record.count(4))
                    .integer(record.count(5))
                    .integer(record.count(6))
                    .integer(record.count(7))
                    .integer(record.count(8))
                    .end();
        }

        private static String scheme(UkeRecord record) {
            var number = record.text(1).strip();
            return number.length() == 8 ? number.substring(0, 2) : "00";
        }

        private void diagnosis(UkeRecord record) {
            var modifiers = record.text(4);
            row(UkeTables.DIAGNOSIS)
                    .integer(++line)
                    .text(record.text(1))
                    .date(record.date(2).toEpochDay())
                    .text(or(record, 3))
                    .text(or(record, 4))
                    .truth(suspected(modifiers))
                    .truth(record.has(6))
                    .end();
        }

        private static boolean suspected(String modifiers) {
            for (var i = 0; i + 4 <= modifiers.length(); i += 4) {
                if (modifiers.startsWith("8002", i)) {
                    return true;
                }
            }
            return false;
        }

        private RowBatch item(Table table, UkeRecord record) {
            line++;
            days(table, record);
            var rows = row(table)
                    .integer(line)
                    .text(carried(record))
                    .text(or(record, 2))
                    .text(record.text(3));
            number(rows, record, 4);
            count(rows, record, 5);
            return count(rows, record, 6);
        }

        private void days(Table table, UkeRecord record) {
            for (var day = 0; day < month.lengthOfMonth(); day++) {
                var count = record.count(record.type().firstDay() + day);
                if (count > 0) {
                    row(UkeTables.SERVICE_DAY)
                            .integer(line)
                            .text(table.name())
                            .date(month.plusDays(day).toEpochDay())
                            .integer(count)
                            .end();
                }
            }
        }

        /** A blank class of service continues the one above. */
        private @Nullable String carried(UkeRecord record) {
            if (record.has(1)) {
                serviceClass = record.text(1);
            }
            return serviceClass;
        }

        private RowBatch row(Table table) {
            return tables.rows(table)
                    .integer(claim)
                    .integer(person)
                    .integer(facility)
                    .date(month.toEpochDay());
        }

        private static @Nullable String or(UkeRecord record, int index) {
            return record.has(index) ? record.text(index) : null;
        }

        private static RowBatch number(RowBatch rows, UkeRecord record, int index) {
            return record.has(index) ? rows.number(Double.parseDouble(record.text(index))) : rows.none();
        }

        private static RowBatch count(RowBatch rows, UkeRecord record, int index) {
            return record.has(index) ? rows.integer(record.count(index)) : rows.none();
        }

        private static RowBatch date(RowBatch rows, UkeRecord record, int index) {
            return record.has(index) ? rows.date(record.date(index).toEpochDay()) : rows.none();
        }
    }
}
