package org.sekisho.gateway.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that moves when the test says so. */
final class TurnedClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-04-01T00:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }

    void turn(Duration by) {
        now = now.plus(by);
    }
}
