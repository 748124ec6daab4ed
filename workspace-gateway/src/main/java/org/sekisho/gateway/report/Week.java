package org.sekisho.gateway.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * From a Monday to the Sunday after it, in the zone of the data holder.
 *
 * @throws IllegalArgumentException unless it begins on a Monday
 */
public record Week(LocalDate monday, ZoneId zone) {
    public Week {
        if (monday.getDayOfWeek() != DayOfWeek.MONDAY) {
            throw new IllegalArgumentException("a week begins on a Monday");
        }
    }

    public static Week of(Instant moment, ZoneId zone) {
        var day = moment.atZone(zone).toLocalDate();
        return new Week(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone);
    }

    public Week before() {
        return new Week(monday.minusWeeks(1), zone);
    }

    LocalDate sunday() {
        return monday.plusDays(6);
    }

    /** Included. */
    public Instant from() {
        return monday.atStartOfDay(zone).toInstant();
    }

    /** Not included. */
    public Instant to() {
        return monday.plusWeeks(1).atStartOfDay(zone).toInstant();
    }
}
