package org.sekisho.gateway.access;

/** The answer of the table. */
public sealed interface Decision {
    record Admitted() implements Decision {}

    record Refused(Reason reason) implements Decision {}

    /** The caller must not learn that the thing exists: answer 404, exactly as for a thing that does not. */
    record Invisible() implements Decision {}
}
