package org.sekisho.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WaitingTest {
    @Property
    void halfOfThemWaitedNoLongerThanTheMedianAndHalfNoLess(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 1_000_000) Integer> seconds) {
        var times = seconds.stream().map(Duration::ofSeconds).toList();
        var waiting = Waiting.of(times);
        var median = waiting.median().orElseThrow();
        var half = (times.size() + 1) / 2;
        assertThat(times.stream().filter(time -> time.compareTo(median) <= 0).count())
                .isGreaterThanOrEqualTo(half);
        assertThat(times.stream().filter(time -> time.compareTo(median) >= 0).count())
                .isGreaterThanOrEqualTo(half);
        assertThat(times).contains(waiting.longest().orElseThrow());
        assertThat(times).allMatch(time -> time.compareTo(waiting.longest().orElseThrow()) <= 0);
    }

    @Test
    void ofNothingThereIsNoMedian() {
        assertThat(Waiting.of(List.of()).median()).isEmpty();
        assertThat(Waiting.of(List.of()).count()).isZero();
    }

    @Test
    void timesAreToldInTheirTwoLargestUnits() {
        assertThat(Spoken.ENGLISH.time(Duration.ofSeconds(42))).isEqualTo("42 s");
        assertThat(Spoken.ENGLISH.time(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
        assertThat(Spoken.ENGLISH.time(Duration.ofMinutes(192))).isEqualTo("3 h 12 min");
        assertThat(Spoken.ENGLISH.time(Duration.ofHours(26))).isEqualTo("1 d 2 h");
        assertThat(Spoken.JAPANESE.time(Duration.ofMinutes(192))).isEqualTo("3時間12分");
        assertThat(Spoken.JAPANESE.time(Duration.ofDays(2))).isEqualTo("2日");
        assertThat(Spoken.ENGLISH.time(Duration.ZERO)).isEqualTo("0 s");
    }
}
