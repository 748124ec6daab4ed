package org.sekisho.gateway.ingress;

import org.jspecify.annotations.Nullable;

/**
 * What a virus scanner said.
 *
 * @param engine its name and version
 * @param words the name of what was found, or why there is no answer
 */
public record Scan(
        State state, @Nullable String engine, @Nullable String words) {
    public enum State {
        CLEAN,
        FOUND,
        /** There is no scanner on this machine. */
        ABSENT,
        /** There is one, and it gave no answer: not the same as clean. */
        FAILED
    }
}
