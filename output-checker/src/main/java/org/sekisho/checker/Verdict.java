package org.sekisho.checker;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the rules say of an output. Ordered from the mildest to the strictest. */
public enum Verdict {
    /** Everything is known and every rule passes: may leave as it stands. */
    @JsonProperty("clear")
    CLEAR,
    /** Some cells must be hidden; the amended table may leave. */
    @JsonProperty("amendable")
    AMENDABLE,
    /** A person must judge; the findings say why. */
    @JsonProperty("refer")
    REFER,
    /** Must not leave in any form that the checker knows of. */
    @JsonProperty("refuse")
    REFUSE;

    /** The stricter of the two. */
    public Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
