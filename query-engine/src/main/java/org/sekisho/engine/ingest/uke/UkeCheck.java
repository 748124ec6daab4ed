package org.sekisho.engine.ingest.uke;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.ingest.source.Refusal;
import org.sekisho.engine.ingest.source.SourceBytes;

/**
 * Whether a file may be taken: every line a known record with its number of fields and readable values, in an order
 * that makes sense, and a trailer that agrees. The trailer states the HO and KO records, and the points: those of every
 * HO, and of the first KO where a receipt has no HO.
 */
final class UkeCheck {
    private final SourceBytes file;
    private boolean header;
    private @Nullable UkeRecord receipt;
    private @Nullable UkeRecord trailer;
    private boolean insured;
    private boolean paid;
    private boolean identified;
    private long payers;
    private long points;
    private long lines;
    private @Nullable Refusal refusal;

    private UkeCheck(SourceBytes file) {
        this.file = file;
    }

    static Optional<Refusal> refusal(SourceBytes file) {
        if (file.content().length == 0) {
            return Optional.of(Refusal.file(file.name(), "the file is empty"));
        }
        var check = new UkeCheck(file);
        var unreadable = new UkeLines(file).read(check::accept);
        if (check.refusal == null && unreadable == null) {
            check.complete();
        }
        return Optional.ofNullable(check.refusal != null ? check.refusal : unreadable);
    }

    /** Whether to go on. */
    private boolean accept(UkeRecord record) {
        lines = record.line();
        fields(record);
        if (refusal == null) {
            order(record);
        }
        return refusal == null;
    }

    private void fields(UkeRecord record) {
        var type = record.type();
        if (type.fields() != 0 && record.fields().length != type.fields()) {
            refuse(
                    record,
                    "",
                    "%s takes %d fields, here are %d".formatted(type, type.fields(), record.fields().length));
            return;
        }
        for (var field : type.checked()) {
            var value = record.text(field.index());
            if (value.isEmpty() ? field.required() : !field.format().accepts(value)) {
                var complaint = value.isEmpty() ? "is missing" : field.format().complaint();
                refuse(record, type.fieldName(field.index()), complaint);
                return;
            }
        }
        for (var day = 0; type.firstDay() > 0 && day < 31; day++) {
            var index = type.firstDay() + day;
            if (record.has(index) && !FieldFormat.COUNT.accepts(record.text(index))) {
                refuse(record, type + " " + index + " " + (day + 1) + "日", FieldFormat.COUNT.complaint());
                return;
            }
        }
    }

    private void order(UkeRecord record) {
        if (trailer != null) {
            refuse(record, "", "stands behind the trailer GO");
            return;
        }
        switch (record.type()) {
            case UK -> must(record, record.line() == 1, "UK stands on the first line only");
            case IR -> {
                must(record, !header, "a second IR");
                header = true;
            }
            case RE -> begin(record);
            case HO -> {
                within(record);
                must(record, !insured, "a second HO on one receipt");
                points += record.count(5);
                payer(record, 3);
                insured = true;
            }
            case KO -> {
                within(record);
                points += insured || paid ? 0 : record.count(5);
                payer(record, 2);
            }
            case SI, IY, TO -> {
                within(record);
                days(record);
            }
            case SN, SY, CO, SJ -> within(record);
            case GO -> {
                end(record);
                trailer = record;
            }
        }
    }

    private void begin(UkeRecord record) {
        must(record, header, "a receipt before IR");
        endReceipt(record);
        receipt = record;
        insured = false;
        paid = false;
        identified = isThere(record, 4) || isThere(record, 36);
    }

    private void payer(UkeRecord record, int number) {
        payers++;
        paid = true;
        identified |= isThere(record, number);
    }

    private static boolean isThere(UkeRecord record, int index) {
        return !record.text(index).isBlank();
    }

    private void within(UkeRecord record) {
        must(record, receipt != null, record.type() + " stands before the first receipt RE");
    }

    /** Nothing is done on the 31st of a month of 30 days. */
    private void days(UkeRecord record) {
        var length = receipt == null ? 31 : receipt.month(3).lengthOfMonth();
        for (var day = length; day < 31; day++) {
            if (record.count(record.type().firstDay() + day) > 0) {
                refuse(record, record.type() + " " + (day + 1) + "日", "is a day that the month does not have");
                return;
            }
        }
    }

    private void end(UkeRecord record) {
        must(record, header && receipt != null, "a trailer without IR or without receipts");
        endReceipt(record);
        if (refusal == null && record.count(1) != payers) {
            refuse(record, record.type().fieldName(1), "does not agree with the HO and KO records of the file");
        }
        if (refusal == null && record.count(2) != points) {
            refuse(record, record.type().fieldName(2), "does not agree with the points of the receipts");
        }
    }

    private void endReceipt(UkeRecord record) {
        must(record, receipt == null || paid, "the receipt before has neither HO nor KO");
        must(
                record,
                receipt == null || identified,
                "the receipt before has neither a name nor a number of its patient");
    }

    private void complete() {
        if (trailer == null) {
            refusal = new Refusal(file.name(), lines, "", "the file ends without its trailer GO: it is cut off");
        }
    }

    private void must(UkeRecord record, boolean holds, String otherwise) {
        if (!holds) {
            refuse(record, "", otherwise);
        }
    }

    private void refuse(UkeRecord record, String field, String reason) {
        if (refusal == null) {
            refusal = new Refusal(file.name(), record.line(), field, reason);
        }
    }
}
