package org.sekisho.gateway.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who was trained, until when. What is recorded counts, and stops counting, at once. */
public final class Trainings {
    private final PeopleTables tables;
    private final InstantSource time;
    private final Map<String, Map<Training, Instant>> known = new ConcurrentHashMap<>();

    Trainings(PeopleTables tables, InstantSource time) {
        this.tables = tables;
        this.time = time;
    }

    /** All that was ever recorded of the account, also what is over. */
    public Map<Training, Instant> of(String account) {
        return known.computeIfAbsent(account, tables::trainings);
    }

    public Set<Training> inForce(String account) {
        var now = time.instant();
        var counting = EnumSet.noneOf(Training.class);
        of(account).forEach((training, until) -> {
            if (now.isBefore(until)) {
                counting.add(training);
            }
        });
        return counting;
    }

    /**
     * In place of what was recorded before.
     *
     * @param until a moment that is past takes the training away
     * @param by id of the person who vouches for it
     */
    public void record(String account, Training training, Instant until, String by) {
        tables.record(account, training, until, by, time.instant());
        known.remove(account);
    }
}
