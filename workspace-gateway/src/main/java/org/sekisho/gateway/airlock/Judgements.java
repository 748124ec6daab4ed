package org.sekisho.gateway.airlock;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Evidence;
import org.sekisho.checker.Evidence.Audit;
import org.sekisho.checker.Evidence.Structure;
import org.sekisho.checker.Finding;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.JudgementJson;
import org.sekisho.checker.Message;
import org.sekisho.checker.Severity;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.Where;

/** Judgements beside their outputs. What is read is what was written, by its seal. */
public final class Judgements {
    private static final String FILE = "judgement.json";

    private final HeldFolders held;
    private final Outputs.Sealing sealing;

    Judgements(HeldFolders held, Outputs.Sealing sealing) {
        this.held = held;
        this.sealing = sealing;
    }

    /** @return the seal of the stored bytes */
    String write(Output output, Judgement judgement) {
        var bytes = JudgementJson.write(judgement).getBytes(StandardCharsets.UTF_8);
        held.write(output, FILE, bytes);
        return sealing.seal(output.id(), Hashes.sha256(bytes));
    }

    /** The judgement of an output that has one. @throws IllegalStateException when its bytes are not the stored ones */
    public Optional<Judgement> of(Output output) {
        if (output.judgement() == null) {
            return Optional.empty();
        }
        var bytes = held.readOurs(output, FILE)
                .filter(found -> sealing.seal(output.id(), Hashes.sha256(found)).equals(output.judgement()))
                .orElseThrow(() -> new IllegalStateException("the judgement of " + output.id() + " was changed"));
        return Optional.of(JudgementJson.read(new String(bytes, StandardCharsets.UTF_8)));
    }

    /** The amended version of a file, if it has one. */
    public static Optional<CheckedFile> amended(Judgement judgement, CheckedFile file) {
        return judgement.amended().stream()
                .filter(each -> each.name().equals(Judgement.AMENDED + file.name()))
                .findFirst();
    }

    /**
     * Whether the judgement says of every file of the output how it would leave, each under a name of its own. A table
     * may leave under another ending than it was given with.
     */
    static boolean isWhole(Output output, Judgement judgement) {
        var leaving =
                judgement.files().stream().map(CheckedFile::name).distinct().count();
        return leaving == judgement.files().size() && leaving == output.names().size();
    }

    /** What stands in for a judgement when the rules could not be applied: a person must judge, nothing is clear. */
    static Judgement failed(String rules, List<String> names, List<CheckedFile> files) {
        var words = new Message(
                "自動チェックを完了できませんでした。審査担当者の判断が必要です。", "The automatic check could not be completed. A person must judge.");
        return new Judgement(
                Verdict.REFER,
                rules,
                names.stream()
                        .map(name -> new Finding("check-failed", Severity.REVIEW, name, Where.WHOLE_FILE, words, words))
                        .toList(),
                files,
                List.of(),
                new Evidence(
                        new Structure(0, List.of(), List.of(), List.of(), 0, List.of()),
                        List.of(),
                        false,
                        new Audit(0, 0, 0, 0, 0, "not run", false)));
    }
}
