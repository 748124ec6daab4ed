package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class LooksTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-04-01T03:00:00Z"));
    private final Looks looks = new Looks(now::get);

    @Test
    void whatASessionAsksAgainSoonIsTheSameLook() {
        assertThat(looks.isNew("s-1", "o-1")).isTrue();
        assertThat(looks.isNew("s-1", "o-1")).as("the log did not take it").isTrue();
        looks.happened("s-1", "o-1");
        now.set(now.get().plus(Looks.SAME).minusMillis(1));

        assertThat(looks.isNew("s-1", "o-1")).isFalse();
        assertThat(looks.isNew("s-2", "o-1")).isTrue();
        assertThat(looks.isNew("s-1", "o-2")).isTrue();
    }

    @Test
    void whatItAsksLaterIsAnother() {
        looks.happened("s-1", "o-1");
        now.set(now.get().plus(Looks.SAME));
        assertThat(looks.isNew("s-1", "o-1")).isTrue();

        looks.happened("s-1", "o-1");
        now.set(now.get().minusSeconds(60));
        assertThat(looks.isNew("s-1", "o-1")).as("the clock was set back").isTrue();
    }

    @Test
    void forgetsTheOldestOnly() {
        for (int i = 0; i <= 10_000; i++) {
            looks.happened("s-1", "o-" + i);
        }
        assertThat(looks.isNew("s-1", "o-0")).isTrue();
        assertThat(looks.isNew("s-1", "o-1")).isFalse();
    }
}
