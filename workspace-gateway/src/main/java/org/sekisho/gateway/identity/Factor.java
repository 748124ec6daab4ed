package org.sekisho.gateway.identity;

import java.util.Locale;

/** What a person shows beside a password, or instead of one. */
public enum Factor {
    /** A code of an authenticator application. */
    TOTP,
    PASSKEY,
    /** A code on paper, for one use. */
    RECOVERY_CODE,
    /** What a provider of identities elsewhere has asked for. */
    PROVIDER;

    /** Lower-case, as in JSON and in the database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Factor parse(String code) {
        for (var factor : values()) {
            if (factor.code().equals(code)) {
                return factor;
            }
        }
        throw new IllegalStateException("a stored factor is none");
    }
}
