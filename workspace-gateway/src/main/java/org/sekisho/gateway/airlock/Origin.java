package org.sekisho.gateway.airlock;

import org.sekisho.checker.review.Word;

/** What made an output. */
public enum Origin implements Word {
    /** The engine: one table, and it can be told who stands behind each cell. */
    QUERY,
    /** A person in a workspace chose these files. */
    WORKSPACE,
    /** A notebook that ran unseen: its executed copy and the files that it made. */
    NOTEBOOK;

    public static Origin parse(String word) {
        return Word.parse(values(), word);
    }
}
