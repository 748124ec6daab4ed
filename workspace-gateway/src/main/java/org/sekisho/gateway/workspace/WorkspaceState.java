package org.sekisho.gateway.workspace;

import org.sekisho.checker.review.Word;

/** From the wish to the end. Only {@link #RUNNING} shows anything. */
public enum WorkspaceState implements Word {
    STARTING,
    RUNNING,
    LOCKED,
    ENDED;

    public static WorkspaceState parse(String word) {
        return Word.parse(values(), word);
    }

    public boolean isLive() {
        return this != ENDED;
    }
}
