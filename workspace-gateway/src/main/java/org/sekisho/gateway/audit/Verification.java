package org.sekisho.gateway.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last reading of the files showed.
 *
 * @param upTo number of entries re-derived from their bytes and found to match the signed checkpoints
 * @param at when
 * @param size number of entries in the log at that time
 * @param holds false when some entry, checkpoint or index record does not match
 * @param firstBad index of the first entry that does not hold, when known
 * @param note in plain words, when {@code holds} is false
 * @param witnesses who on other hosts has seen the log, and when
 */
public record Verification(
        long upTo,
        Instant at,
        long size,
        boolean holds,
        @Nullable Long firstBad,
        @Nullable String note,
        List<Witnessed> witnesses) {
    Verification with(List<Witnessed> witnesses) {
        return new Verification(upTo, at, size, holds, firstBad, note, List.copyOf(witnesses));
    }
}
