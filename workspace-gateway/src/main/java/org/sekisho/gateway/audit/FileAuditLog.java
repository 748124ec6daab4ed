package org.sekisho.gateway.audit;

import java.nio.file.Path;
import java.time.Clock;

/** The log in files. */
public final class FileAuditLog {
    private FileAuditLog() {}

    /**
     * Opens the log of a directory, made when it is not there, and locks it against every other writer.
     *
     * @param keys folder of the signing key {@code log.key}, made (0600) when it is not there
     * @throws LogUnavailable when the log does not hold, naming the first index that does not, or is locked
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static AuditLog open(Path directory, Path keys, Clock clock) {
        throw new UnsupportedOperationException();
    }
}
