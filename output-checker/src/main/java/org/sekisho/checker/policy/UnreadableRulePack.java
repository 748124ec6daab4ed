package org.sekisho.checker.policy;

/** A rule pack that cannot be used: which file, which line, and what to do about it. */
public final class UnreadableRulePack extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param line 1-based; 0 when it is about the whole file */
    UnreadableRulePack(String file, int line, String what) {
        super(line == 0 ? file + ": " + what : file + ":" + line + ": " + what);
    }
}
