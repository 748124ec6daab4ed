package org.sekisho.gateway.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Takes the time once and then only counts: when somebody sets the clock, no session ends or lives on by it. */
public final class SteadyClock implements InstantSource {
    private final Instant start;
    private final long startNanos = System.nanoTime();

    public SteadyClock(Clock clock) {
        start = clock.instant();
    }

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
