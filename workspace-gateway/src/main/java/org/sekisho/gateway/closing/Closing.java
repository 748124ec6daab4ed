package org.sekisho.gateway.closing;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a project is on its way to its end.
 *
 * @param by id of who proposed it
 * @param note why
 * @param decider id of who confirmed it
 * @param files that were destroyed so far
 * @param bytes that were overwritten in them; holes and zeros are not counted
 * @param certificate index of the entry in the log that says what was destroyed
 */
public record Closing(
        String project,
        State state,
        String by,
        String note,
        Instant proposed,
        @Nullable String decider,
        @Nullable Instant decided,
        @Nullable Instant closed,
        long files,
        long bytes,
        @Nullable Long certificate) {
    public enum State {
        PROPOSED,
        /** Nothing can be done any more; what there was is being destroyed. */
        DESTROYING,
        CLOSED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
