package org.sekisho.gateway.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user who is signed in.
 *
 * @param id of the session, not its secret: safe to show and to log
 * @param kind how this request proved it
 * @param expires the absolute end; an idle session ends earlier
 * @param freshUntil when a second factor that was shown will be too long ago; null when none was
 */
public record Session(
        String id,
        User user,
        Kind kind,
        Instant opened,
        Instant expires,
        Assurance assurance,
        @Nullable Instant freshUntil) {
    /** When this was last proved to be the user: by a second factor or, where none was shown, by the sign-in. */
    public Instant proved() {
        return freshUntil == null ? opened : freshUntil.minus(Sessions.FRESH);
    }

    public enum Kind {
        COOKIE,
        BEARER
    }
}
