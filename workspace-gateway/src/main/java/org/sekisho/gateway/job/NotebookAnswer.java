package org.sekisho.gateway.job;

import java.util.List;
import org.sekisho.gateway.intake.TakenFile;

/** What became of one notebook. */
public sealed interface NotebookAnswer {
    /** @param files the executed notebook first */
    record Finished(List<TakenFile> files) implements NotebookAnswer {}

    /** @param errorClass one of {@link ErrorClasses} */
    record CellFailed(int cell, String errorClass) implements NotebookAnswer {}

    /** @param code as in {@link Words} */
    record Failed(String code) implements NotebookAnswer {}

    record Cancelled() implements NotebookAnswer {}
}
