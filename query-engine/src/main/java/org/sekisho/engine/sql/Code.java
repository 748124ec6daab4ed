package org.sekisho.engine.sql;

import java.util.Locale;

/** Why a statement has no result. */
public enum Code {
    SYNTAX(true),
    NOT_A_SELECT(true),
    SEVERAL_STATEMENTS(true),
    UNKNOWN_TABLE(true),
    UNKNOWN_COLUMN(true),
    UNKNOWN_FUNCTION(true),
    FUNCTION_NOT_ALLOWED(true),
    TABLE_FUNCTION_NOT_ALLOWED(true),
    STATEMENT_NOT_ALLOWED(true),
    TYPE(true),
    CONVERSION(false),
    OUT_OF_MEMORY(false),
    OUT_OF_TIME(false),
    RESULT_TOO_LARGE(false),
    WORKER_CRASHED(false),
    CANCELLED(false),
    INTERNAL(false);

    private final boolean refusal;

    Code(boolean refusal) {
        this.refusal = refusal;
    }

    /** Kebab-case: {@code unknown-table}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Code of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** A fault of the statement that can be seen without running it. */
    public boolean refusal() {
        return refusal;
    }
}
