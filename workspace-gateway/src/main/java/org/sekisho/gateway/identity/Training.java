package org.sekisho.gateway.identity;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a person has to have learnt, again after some time, before a role counts. */
public enum Training {
    /** How data of persons are handled safely, for everybody who comes near them. */
    DATA_PROTECTION,
    /** How outputs are checked. */
    OUTPUT_CHECKING;

    /** Lower-case, as in JSON and in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Training> parse(@Nullable String code) {
        for (var training : values()) {
            if (training.code().equals(code)) {
                return Optional.of(training);
            }
        }
        return Optional.empty();
    }
}
