package org.sekisho.gateway.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One submitted statement.
 *
 * @param number position in the order of submission, over all projects
 * @param author id of a user
 * @param permit version under which it was submitted and runs
 * @param cancelling whether somebody asked for its end
 */
public record Job(
        String id,
        long number,
        String project,
        String author,
        String kind,
        String title,
        String sql,
        int permit,
        JobState state,
        boolean cancelling,
        @Nullable String output,
        @Nullable JobError error,
        Instant queued,
        @Nullable Instant started,
        @Nullable Instant ended) {
    /** Known from the beginning, so that a job that runs twice writes to one place. */
    public String outputId() {
        return "o" + id.substring(1);
    }

    /** Why a job failed: a code and a position, with words of ours. Lines and columns count from 1. */
    public record JobError(
            String code, @Nullable Integer line, @Nullable Integer column, String message) {}
}
