package org.sekisho.checker;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.contribution.StatementFile;
import org.sekisho.checker.file.ArrowFile;
import org.sekisho.checker.file.CsvFile;
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
     *     cells must be hidden, {@code amended-<name>.csv}; rows of both are in the same order, the one that the
     *     judgement speaks of
     * @param name of the file that would leave, without or with {@code .csv}
     * @throws org.sekisho.checker.file.Unreadable when the result is not Arrow
     */
    public Judgement judgeResult(Path directory, String name) {
        var judging = new Judging(pack, name.endsWith(".csv") ? name : name + ".csv", directory);
        return ArrowFile.read(directory.resolve("result.arrow"))
                .map(loaded -> judging.judge(
                        loaded, StatementFile.read(directory, loaded.table().rows())))
                .orElseGet(judging::tooLarge);
    }

    /**
     * Judges a finished CSV about which nobody knows who stands behind its cells. Writes nothing.
     *
     * @throws org.sekisho.checker.file.Unreadable when it is not such a table, with line and column
     */
    public Judgement judgeFile(Path csv) {
        return judgeFile(csv, null);
    }

    /**
     * The same, and writes the canonical and the amended CSV.
     *
     * @param directory to write to; null to write nothing
     */
    public Judgement judgeFile(Path csv, @Nullable Path directory) {
        var judging = new Judging(pack, String.valueOf(csv.getFileName()), directory);
        return CsvFile.read(csv)
                .map(loaded -> judging.judge(
                        loaded, Statement.unknown("a finished file carries no statement of contributions")))
                .orElseGet(judging::tooLarge);
    }
}
