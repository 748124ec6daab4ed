package org.sekisho.gateway.job;

import org.sekisho.checker.review.Word;
import org.sekisho.gateway.access.Stage;

public enum JobState implements Word {
    QUEUED,
    RUNNING,
    /** The result exists and is held as an output. */
    HELD,
    FAILED,
    CANCELLED;

    public boolean isFinal() {
        return this != QUEUED && this != RUNNING;
    }

    public Stage stage() {
        return switch (this) {
            case QUEUED -> Stage.QUEUED;
            case RUNNING -> Stage.RUNNING;
            case HELD, FAILED, CANCELLED -> Stage.ENDED;
        };
    }

    public static JobState parse(String word) {
        return Word.parse(values(), word);
    }
}
