package org.sekisho.checker.file;

/**
 * A file that cannot be used: which, where in it, and what to do. The message carries no value of a data file. It is in
 * English; what people meet most is told in Japanese as well.
 */
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String japanese;

    /**
     * @param line 1-based; 0 when it is about the whole file
     * @param column 1-based; 0 when it is about the whole line
     */
    public Unreadable(String file, int line, int column, String what) {
        this(file, line, column, what, what);
    }

    /**
     * @param line 1-based; 0 when it is about the whole file
     * @param column 1-based; 0 when it is about the whole line
     * @param japanese the same as {@code what}
     */
    public Unreadable(String file, int line, int column, String japanese, String what) {
        super(place(file, line, column) + what);
        this.japanese = place(file, line, column) + japanese;
    }

    private static String place(String file, int line, int column) {
        return file + (line == 0 ? "" : ":" + line) + (line == 0 || column == 0 ? "" : ":" + column) + ": ";
    }

    /** The message in Japanese, or in English where there is none. */
    public String japanese() {
        return japanese;
    }
}
