package org.sekisho.engine.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one statement. Lines and columns count from 1, columns in code points. */
public sealed interface QueryAnswer {

    /**
     * The whole result lies in a file, durably.
     *
     * @param result an Arrow IPC stream
     * @param sha256 of that file, lower-case hex
     * @param took from the start of the statement (not of its waiting) to the last byte
     */
    record Answered(Path result, String sha256, long rows, long bytes, List<ResultColumn> columns, Duration took)
            implements QueryAnswer {}

    /** The statement may not run: it does not parse, names what is not there, or asks for what is not allowed. */
    record Refused(
            String code, @Nullable Integer line, @Nullable Integer column, String message) implements QueryAnswer {}

    /** The statement ran and did not finish. No part of its result is left. */
    record Failed(
            String code, @Nullable Integer line, @Nullable Integer column, String message) implements QueryAnswer {}

    /** Its author cancelled it. No part of its result is left. */
    record Cancelled() implements QueryAnswer {}
}
