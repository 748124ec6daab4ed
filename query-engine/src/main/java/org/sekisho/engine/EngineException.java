package org.sekisho.engine;

import org.jspecify.annotations.Nullable;

/**
 * A broken invariant, bad configuration or failed I/O of the engine. The code is kebab-case and stable; the message
 * is for operators and never quotes data.
 */
public final class EngineException extends RuntimeException {
    private final String code;

    public EngineException(String code, String message) {
        this(code, message, null);
    }

    public EngineException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
