package org.sekisho.gateway.airlock;

import java.nio.file.Path;
import java.util.List;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.OutputChecker;
import org.sekisho.checker.contribution.Ledger;
import org.sekisho.checker.policy.RulePacks;

/** The rules, applied to what is held. */
public interface Judging {
    /**
     * The result of a statement.
     *
     * @param rules name of a rule pack
     * @param file name of the file that would leave, written into the folder
     * @param ledger everything that its project was given before
     */
    Judgement judge(String rules, Path folder, String file, Ledger ledger);

    /**
     * Whether something that was judged before tells of nobody beside what left since.
     *
     * @param footprints what it shows, as {@link org.sekisho.checker.contribution.FootprintFile} has it
     * @param since what has left since it was judged
     */
    boolean tellsOfNobody(String rules, byte[] footprints, Ledger since);

    /**
     * Files that were submitted together.
     *
     * @param submitted holds the files as they were given
     * @param leaving receives, under the same names, what would leave, and {@code amended-NAME} where that differs
     */
    Judgement judgeFiles(String rules, Path submitted, List<String> names, Path leaving);

    /** By the checker's own packs. */
    static Judging byPacks() {
        return new Judging() {
            @Override
            public Judgement judge(String rules, Path folder, String file, Ledger ledger) {
                return OutputChecker.with(RulePacks.load(rules)).judgeResult(folder, file, ledger);
            }

            @Override
            public boolean tellsOfNobody(String rules, byte[] footprints, Ledger since) {
                return OutputChecker.with(RulePacks.load(rules)).tellsOfNobody(footprints, since);
            }

            @Override
            public Judgement judgeFiles(String rules, Path submitted, List<String> names, Path leaving) {
                return OutputChecker.with(RulePacks.load(rules)).judgeFiles(submitted, names, leaving);
            }
        };
    }
}
