package org.sekisho.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WeekTest {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    @Property
    void everyMomentIsOfOneWeekThatBeginsOnAMonday(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        var moment = Instant.ofEpochSecond(second);
        var week = Week.of(moment, TOKYO);
        assertThat(week.monday().getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(moment).isAfterOrEqualTo(week.from()).isBefore(week.to());
        assertThat(week.before().to()).isEqualTo(week.from());
        assertThat(week.sunday().plusDays(1))
                .isEqualTo(Week.of(week.to(), TOKYO).monday());
    }

    @Test
    void daysAreThoseOfTheDataHolder() {
        var week = new Week(LocalDate.of(2026, 11, 16), TOKYO);
        assertThat(week.from()).isEqualTo(Instant.parse("2026-11-15T15:00:00Z"));
        assertThat(week.to()).isEqualTo(Instant.parse("2026-11-22T15:00:00Z"));
    }

    @Test
    void aWeekInWhichTheClockIsTurnedHasAnHourLess() {
        var week = new Week(LocalDate.of(2026, 3, 23), ZoneId.of("Europe/Berlin"));
        assertThat(Duration.between(week.from(), week.to())).isEqualTo(Duration.ofHours(7 * 24 - 1));
    }

    @Test
    void noWeekBeginsOnAnotherDay() {
        for (int day = 17; day <= 22; day++) {
            var date = LocalDate.of(2026, 11, day);
            assertThatThrownBy(() -> new Week(date, TOKYO)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
