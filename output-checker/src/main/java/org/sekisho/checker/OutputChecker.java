package org.sekisho.checker;

import java.nio.file.Path;
import org.sekisho.checker.policy.RulePack;

/** Judges outputs by one rule pack. Holds no state between calls; safe for several threads. */
public final class OutputChecker {
    private final RulePack pack;

    private OutputChecker(RulePack pack) {
        this.pack = pack;
    }

    public static OutputChecker with(RulePack pack) {
        return new OutputChecker(pack);
    }

    public RulePack pack() {
        return pack;
    }

    /**
     * Judges one held result.
     *
     * @param directory has {@code result.arrow} and, where the engine could tell who stands behind each cell, {@code
     *     statement.json} and {@code contributions.arrow}. Receives {@code <name>.csv}, what would leave, and, when
     *     amendable, {@code amended-<name>.csv}
     * @param name of the file that would leave, without or with {@code .csv}
     */
    @SuppressWarnings("DoNotCallSuggester")
    public Judgement judgeResult(Path directory, String name) {
        throw new UnsupportedOperationException("judging results is being built");
    }

    /** Judges a finished CSV about which nobody knows who stands behind its cells. Writes nothing. */
    @SuppressWarnings("DoNotCallSuggester")
    public Judgement judgeFile(Path csv) {
        throw new UnsupportedOperationException("judging files is being built");
    }
}
