package org.sekisho.gateway.intake;

import java.util.List;

/** What became of a wish to take files: all of them, or none. */
public sealed interface Taking {
    record Taken(List<TakenFile> files) implements Taking {}

    /** @param path as it was asked for, with everything unseen made visible; empty when it is about all of them */
    record NotTaken(Why why, String path) implements Taking {}

    enum Why {
        /** There is no file to take. */
        NONE,
        /** The name is empty, too long, hidden, or has characters that a reader does not see. */
        NAME,
        /** The path does not lie below the directory that files are taken from. */
        OUTSIDE,
        ABSENT,
        /** A link, a directory, a pipe, a socket or a device. */
        NOT_A_FILE,
        /** The file has a second name somewhere. */
        SEVERAL_NAMES,
        /** A program has a lease on the file, on which we would wait. */
        LEASED,
        /** Two files would have the same name. */
        SAME_NAME,
        TOO_LARGE,
        TOO_MANY
    }
}
