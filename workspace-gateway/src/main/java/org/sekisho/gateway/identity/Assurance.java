package org.sekisho.gateway.identity;

import java.util.Locale;

/** How sure the gateway is, now, of who is behind a session. */
public enum Assurance {
    /** Has shown a password alone, and needs a second factor first. */
    ENROLLING,
    SIGNED_IN,
    /**
     * Has shown a second factor within the last minutes, or has and needs none: what weighs most is admitted to no
     * other.
     */
    FRESH;

    /** Lower-case, as in JSON. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
