package org.sekisho.gateway.job;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.gateway.project.Permit;

/** Runs notebooks where nobody sees them. */
public interface NotebookEngine {
    /**
     * Runs a notebook from its first cell to its last, or to the first that fails, in a place of its own that is made for
     * it and gone when this returns. What an interrupted run of the same job left is ended first. Blocks.
     *
     * @param notebook the file as it was submitted
     * @param made empty; receives the executed notebook and the files it made, whole, when this is {@link
     *     NotebookAnswer.Finished}
     * @param progress told of each cell that begins
     */
    NotebookAnswer run(
            Job job,
            Permit permit,
            Path notebook,
            Path made,
            Cancellation cancellation,
            Consumer<CellProgress> progress);

    /** Where no notebook can be run. */
    static NotebookEngine none() {
        return (job, permit, notebook, made, cancellation, progress) -> new NotebookAnswer.Failed("no-sandbox");
    }
}
