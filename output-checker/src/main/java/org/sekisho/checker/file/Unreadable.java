package org.sekisho.checker.file;

/** A file that cannot be used: which, where in it, and what to do. The message carries no value of a data file. */
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param line 1-based; 0 when it is about the whole file
     * @param column 1-based; 0 when it is about the whole line
     */
    public Unreadable(String file, int line, int column, String what) {
        super(file + (line == 0 ? "" : ":" + line) + (line == 0 || column == 0 ? "" : ":" + column) + ": " + what);
    }
}
