package org.sekisho.gateway.identity;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something about an account that one person proposes and another one decides, because it gives somebody power.
 *
 * @param account of the person whom it is about
 * @param roles all that the person shall hold, for {@link Kind#ROLES}
 * @param by id of who proposed it
 * @param decider id of who decided it
 */
public record Change(
        String id,
        String account,
        Kind kind,
        Set<Role> roles,
        String by,
        Instant proposed,
        State state,
        @Nullable String decider,
        @Nullable Instant decided) {
    public enum Kind {
        ROLES,
        /** Password and second factors are gone, and an invitation stands in for them. */
        RESET,
        /** A suspended account may sign in again. */
        REINSTATE;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Kind> parse(@Nullable String code) {
            for (var kind : values()) {
                if (kind.code().equals(code)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    public enum State {
        OPEN,
        CONFIRMED,
        REFUSED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State parse(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public Change {
        roles = Set.copyOf(roles);
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }
}
