package org.sekisho.gateway.identity;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

public enum Role {
    RESEARCHER,
    ANALYST,
    CHECKER,
    SECURITY,
    STEWARD,
    REVIEWER,
    ADMIN;

    /** Lower-case, as in JSON and in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> parse(@Nullable String code) {
        for (var role : values()) {
            if (role.code().equals(code)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
