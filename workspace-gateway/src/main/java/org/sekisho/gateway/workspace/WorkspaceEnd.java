package org.sekisho.gateway.workspace;

import org.sekisho.checker.review.Word;

/** Why a workspace ended. */
public enum WorkspaceEnd implements Word {
    OWNER,
    SECURITY,
    /** The permit has expired. */
    EXPIRED,
    /** The project was closed. */
    CLOSED,
    /** The owner is no member of the project any more, or the permit no longer gives desktops. */
    REMOVED,
    IDLE,
    /** Its desktop died, or never came up. */
    BROKEN,
    /** The gateway was stopped. */
    GATEWAY;

    public static WorkspaceEnd parse(String word) {
        return Word.parse(values(), word);
    }
}
