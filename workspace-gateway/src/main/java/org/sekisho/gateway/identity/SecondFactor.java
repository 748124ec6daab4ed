package org.sekisho.gateway.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether everybody needs one. */
public enum SecondFactor {
    /** Whoever has none can do nothing but get one. */
    REQUIRED,
    /** Whoever has one shows it; whoever has none gets by with a password. For demo data. */
    OPTIONAL;

    /** As in the configuration and in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<SecondFactor> parse(String code) {
        return Arrays.stream(values())
                .filter(policy -> policy.code().equals(code))
                .findFirst();
    }
}
