package org.sekisho.gateway.desktop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.review.Word;

/**
 * What one viewer was shown of one workspace, from connecting to leaving.
 *
 * @param number counts all recordings, oldest first
 * @param person id of the user who looked
 * @param bytes of the file
 * @param seal SHA-256 of the file, hexadecimal; also in the log
 */
public record Recording(
        String id,
        long number,
        String workspace,
        String project,
        String person,
        State state,
        Instant started,
        @Nullable Instant ended,
        long parts,
        long bytes,
        @Nullable String seal) {
    public enum State implements Word {
        RUNNING,
        SEALED,
        /** The gateway was killed meanwhile: it ends where it ends, and has no seal of its own. */
        CUT
    }
}
