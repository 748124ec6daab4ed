package org.sekisho.gateway.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a witness last said.
 *
 * @param size of the log that it cosigned last; 0 for none yet
 * @param at when, by the witness's clock; null for never
 * @param trouble why the last attempt gave no cosignature, in plain words; null when it did
 */
public record Witnessed(
        String name,
        long size,
        @Nullable Instant at,
        @Nullable String trouble) {}
