package org.sekisho.engine.life;

import java.time.LocalDate;

/** The months of observation, 0 to 47, and their days. */
final class Months {
    static final int COUNT = 48;
    private static final long[] FIRST_DAYS = java.util.stream.IntStream.rangeClosed(0, COUNT)
            .mapToLong(m -> LocalDate.ofEpochDay(Person.FIRST).plusMonths(m).toEpochDay())
            .toArray();

    private Months() {}

    /** Day of the epoch; month 48 is the one after the last. */
    static long firstDay(int month) {
        return FIRST_DAYS[month];
    }

    static int length(int month) {
        return (int) (FIRST_DAYS[month + 1] - FIRST_DAYS[month]);
    }

    /** The month that a day of the observation falls in. */
    static int of(long day) {
        var month = (int) ((day - Person.FIRST) / 31);
        while (FIRST_DAYS[month + 1] <= day) {
            month++;
        }
        return month;
    }
}
