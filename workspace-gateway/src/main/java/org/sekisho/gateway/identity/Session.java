package org.sekisho.gateway.identity;

import java.time.Instant;

/**
 * A user who is signed in.
 *
 * @param id of the session, not its secret: safe to show and to log
 * @param kind how this request proved it
 * @param expires the absolute end; an idle session ends earlier
 */
public record Session(String id, User user, Kind kind, Instant opened, Instant expires) {
    public enum Kind {
        COOKIE,
        BEARER
    }
}
