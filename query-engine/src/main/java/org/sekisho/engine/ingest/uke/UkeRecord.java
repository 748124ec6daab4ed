package org.sekisho.engine.ingest.uke;

import java.time.LocalDate;
import java.time.YearMonth;

/** One line; {@link UkeCheck} has made sure that what the accessors read can be read. */
@SuppressWarnings("ArrayRecordComponent") // made for one pass, never compared
record UkeRecord(RecordType type, long line, String... fields) {
    String text(int index) {
        return fields[index];
    }

    boolean has(int index) {
        return !fields[index].isEmpty();
    }

    /** 0 where nothing stands. */
    long count(int index) {
        return has(index) ? Long.parseLong(fields[index]) : 0;
    }

    YearMonth month(int index) {
        return JapaneseDate.month(fields[index]).orElseThrow();
    }

    LocalDate date(int index) {
        return JapaneseDate.day(fields[index]).orElseThrow();
    }
}
