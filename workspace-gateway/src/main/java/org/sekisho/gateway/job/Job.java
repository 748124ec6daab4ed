package org.sekisho.gateway.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One submitted statement or notebook.
 *
 * @param number position in the order of submission, over all projects
 * @param author id of a user
 * @param kind {@link #SQL} or {@link #NOTEBOOK}
 * @param sql empty for a notebook
 * @param context what the author says of what the notebook makes
 * @param notebook absent for a statement
 * @param image that the project has brought in, to run a notebook in; absent for the usual one
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
        String context,
        @Nullable Notebook notebook,
        @Nullable String image,
        int permit,
        JobState state,
        boolean cancelling,
        @Nullable String output,
        @Nullable JobError error,
        Instant queued,
        @Nullable Instant started,
        @Nullable Instant ended) {
    public static final String SQL = "sql";
    public static final String NOTEBOOK = "notebook";

    /** Known from the beginning, so that a job that runs twice writes to one place. */
    public String outputId() {
        return "o" + id.substring(1);
    }

    /**
     * Why a job failed: a code and a position, with words of ours. Lines, columns and cells count from 1.
     *
     * @param errorClass of a notebook's cell: one of {@link ErrorClasses}
     */
    public record JobError(
            String code,
            @Nullable Integer line,
            @Nullable Integer column,
            String message,
            @Nullable Integer cell,
            @Nullable String errorClass) {
        public JobError(String code, @Nullable Integer line, @Nullable Integer column, String message) {
            this(code, line, column, message, null, null);
        }
    }
}
