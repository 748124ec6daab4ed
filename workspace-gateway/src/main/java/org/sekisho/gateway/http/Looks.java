package org.sekisho.gateway.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a look from a page that is open and asks for the same again: whatever one session asks of one thing within some
 * minutes of a look is that look.
 */
final class Looks {
    static final Duration SAME = Duration.ofMinutes(10);
    /** Beyond that the oldest are forgotten, and a look may be told twice. */
    private static final int MOST = 10_000;

    private final InstantSource time;
    private final Map<Look, Instant> looks = new LinkedHashMap<>();

    private record Look(String session, String thing) {}

    Looks(InstantSource time) {
        this.time = time;
    }

    synchronized boolean isNew(String session, String thing) {
        var now = time.instant();
        var before = looks.get(new Look(session, thing));
        return before == null || now.isBefore(before) || !now.isBefore(before.plus(SAME));
    }

    /** To be called when the log has it. */
    synchronized void happened(String session, String thing) {
        var look = new Look(session, thing);
        looks.remove(look);
        looks.put(look, time.instant());
        if (looks.size() > MOST) {
            looks.remove(looks.keySet().iterator().next());
        }
    }
}
