package org.sekisho.checker.review;

/** Where an output stands between the engine and the world. */
public enum OutputState implements Word {
    /** The rules are still being applied. */
    CHECKING,
    /** Judged; people have to decide. */
    HELD,
    /** May be downloaded by its author. */
    RELEASED,
    /** Given back to its author, who may submit a changed one. */
    RETURNED,
    /** Does not leave. */
    REFUSED,
    /** Taken back by its author before a decision. */
    WITHDRAWN;

    /** Whether nothing can happen to an output in this state any more. */
    public boolean isFinal() {
        return this != CHECKING && this != HELD;
    }

    public static OutputState parse(String word) {
        return Word.parse(values(), word);
    }
}
