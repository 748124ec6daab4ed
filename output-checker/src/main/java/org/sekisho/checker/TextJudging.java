package org.sekisho.checker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.sekisho.checker.file.TextFile;
import org.sekisho.checker.file.WrittenFile;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.text.Canaries;
import org.sekisho.checker.text.CleanText;
import org.sekisho.checker.text.TextScan;

/** Judges prose and code: scanned, written anew, and always for a person to read. */
final class TextJudging {
    private static final Message HERE = new Message("", "");

    private final RulePack pack;
    private final Canaries canaries;
    private final String name;
    private final FileFindings findings;

    TextJudging(RulePack pack, Canaries canaries, String name) {
        this.pack = pack;
        this.canaries = canaries;
        this.name = name;
        this.findings = new FileFindings(name);
    }

    Judgement judge(Path file, Path directory) {
        var read = TextFile.read(file);
        if (read.isEmpty()) {
            return findings.tooLarge("1 MB、一行 5,000 文字", "1 MB, 5,000 characters a line")
                    .refused(pack);
        }
        var text = read.get();
        findings.textForReview().addAll(TextFindings.of(name, HERE, TextScan.of(text, canaries)));
        if (findings.any(Severity.FAIL)) {
            return findings.refused(pack);
        }
        var written =
                WrittenFile.write(directory.resolve(name), CleanText.of(text).getBytes(StandardCharsets.UTF_8));
        return new Judgement(
                Verdict.REFER,
                pack.id(),
                findings.list(),
                List.of(new CheckedFile(name, "text/plain", written.bytes(), written.sha256())),
                List.of(),
                EvidenceBuilder.NOTHING_READ);
    }
}
