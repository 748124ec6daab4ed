package org.sekisho.gateway.audit;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log.
 *
 * @param index position in the log from 0, without gaps: this is the order of events
 * @param time what the clock said, in milliseconds. Recorded as it was: a clock that jumps back shows in the log and
 *     does not disturb {@code index}
 * @param result absent for an intent
 * @param intent for an outcome, the index of the intent it answers, if it had one
 */
public record Entry(
        long index,
        Instant time,
        String actor,
        String action,
        Phase phase,
        @Nullable Result result,
        @Nullable String project,
        @Nullable String object,
        @Nullable Long intent,
        Map<String, String> detail) {
    /** Each of its details is a reason, and how often. */
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    /** How often it happened: once, but of refused sign-ins that were summed up as often as the sum says. */
    public long times() {
        long summed = action.equals(Refusals.MANY)
                ? detail.values().stream()
                        .filter(count -> COUNT.matcher(count).matches())
                        .mapToLong(Long::parseLong)
                        .sum()
                : 1;
        return Math.max(1, summed);
    }
}
