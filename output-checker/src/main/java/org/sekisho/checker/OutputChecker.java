package org.sekisho.checker;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.contribution.FootprintFile;
import org.sekisho.checker.contribution.Ledger;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.contribution.StatementFile;
import org.sekisho.checker.file.ArrowFile;
import org.sekisho.checker.file.CsvFile;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.RulePack.UnknownReleases;
import org.sekisho.checker.text.Canaries;

/** Judges outputs by one rule pack. Holds no state between calls; safe for several threads. */
public final class OutputChecker {
    private final RulePack pack;
    private final Canaries canaries;

    private OutputChecker(RulePack pack, Canaries canaries) {
        this.pack = pack;
        this.canaries = canaries;
    }

    public static OutputChecker with(RulePack pack) {
        return new OutputChecker(pack, Canaries.NONE);
    }

    /** The same, and refuses whatever carries one of the marks that the holder planted in the data. */
    public OutputChecker watchingFor(Canaries planted) {
        return new OutputChecker(pack, planted);
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
        return judgeResult(directory, name, Ledger.NONE);
    }

    /**
     * The same beside everything that the project was ever given. What neither the new table nor a release tells of its
     * contributors cannot be compared, and then the verdict is never clear.
     *
     * @param directory receives besides, for each file that it receives, {@code <file>.cells}: what the ledger has to
     *     keep once the file has left, named with its hash in {@link Evidence.Compared}
     */
    public Judgement judgeResult(Path directory, String name, Ledger ledger) {
        var judging = new Judging(pack, canaries, name.endsWith(".csv") ? name : name + ".csv", directory, ledger);
        return ArrowFile.read(directory.resolve("result.arrow"))
                .map(loaded -> judging.judge(
                        loaded, StatementFile.read(directory, loaded.table().rows())))
                .orElseGet(judging::tooLarge);
    }

    /**
     * Whether what was judged before tells of nobody beside what left since.
     *
     * @param footprints what it shows, as it was written when it was judged
     */
    public boolean tellsOfNobody(byte[] footprints, Ledger since) {
        var shown = FootprintFile.parse(ByteBuffer.wrap(footprints));
        if (shown.isEmpty()) {
            return false;
        }
        var comparison = Beside.compare(since, pack, shown.get());
        return comparison.complete()
                && comparison.differences().isEmpty()
                && comparison.damaged().isEmpty()
                && (comparison.unknown().isEmpty() || pack.unknownReleases() == UnknownReleases.NOTE);
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
        return judgeFile(csv, Statement.unknown(FilesJudging.NOBODY_KNOWS), directory);
    }

    /**
     * Judges a finished CSV of which somebody says who stands behind its rows. Not for what a person submits: such a word
     * would be believed.
     */
    public Judgement judgeFile(Path csv, Statement statement, @Nullable Path directory) {
        var judging = new Judging(pack, canaries, String.valueOf(csv.getFileName()), directory);
        return CsvFile.read(csv).map(loaded -> judging.judge(loaded, statement)).orElseGet(judging::tooLarge);
    }

    /**
     * Judges files that a person submits together. Never {@code CLEAR}: nobody knows who stands behind what they hold.
     *
     * @param submitted a flat directory that holds them
     * @param names of the files, told apart by more than case. A name that is no plain name is refused, as is a file that
     *     is no regular one
     * @param directory receives, under the same name, what would leave, written anew, and {@code amended-NAME} where cells
     *     must be hidden. A file that cannot be read is not written; where one file is refused nothing is
     *     amended, so that no decision but a return or a refusal is possible
     */
    public Judgement judgeFiles(Path submitted, List<String> names, Path directory) {
        return new FilesJudging(pack, canaries, directory).judge(names, at -> submitted.resolve(names.get(at)));
    }

    /** The same of files that lie anywhere. */
    public Judgement judgeFiles(List<Path> files, Path directory) {
        var names =
                files.stream().map(file -> String.valueOf(file.getFileName())).toList();
        return new FilesJudging(pack, canaries, directory).judge(names, files::get);
    }
}
