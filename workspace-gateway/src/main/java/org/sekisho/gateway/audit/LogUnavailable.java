package org.sekisho.gateway.audit;

import org.jspecify.annotations.Nullable;

/** The log cannot take an entry, or does not hold. Whoever meets this denies the act. */
public sealed class LogUnavailable extends RuntimeException permits IndexWrong {
    public LogUnavailable(String message) {
        this(message, null);
    }

    public LogUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
