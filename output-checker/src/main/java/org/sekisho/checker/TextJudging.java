package org.sekisho.checker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.sekisho.checker.file.FileType;
import org.sekisho.checker.file.TextFile;
import org.sekisho.checker.file.WrittenFile;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.text.Canaries;

/** Judges prose and code: scanned, written anew, and always for a person to read. */
final class TextJudging {
    private static final Set<String> MARKDOWN = Set.of("md", "markdown", "rmd", "qmd");

    /** Endings of files in which tables are looked for; code holds figures of its own. */
    private static final Set<String> TABLES = Set.of("txt", "log", "tex", "json");

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
        var document = new DocumentJudging(pack, canaries, name, findings.textForReview());
        var part = MARKDOWN.contains(FileType.ending(name))
                ? document.markdown(Place.WHOLE, read.get())
                : TABLES.contains(FileType.ending(name))
                        ? document.text(Place.WHOLE, read.get())
                        : code(document, read.get());
        var head = part.plain().getBytes(StandardCharsets.UTF_8);
        if (FileType.of(Arrays.copyOf(head, Math.min(head.length, FileType.HEAD)), name) != FileType.TEXT) {
            findings.fail(
                    "wrong-type",
                    "文章の先頭が、ほかの種類のファイルに見えます。書き直してください。",
                    "The text begins like a file of another type; write it otherwise.");
        }
        return findings.judgement(
                pack,
                document.evidence(),
                () -> List.of(write(directory, name, part.plain())),
                () -> document.amends()
                        ? List.of(write(directory, Judgement.AMENDED + name, part.amended()))
                        : List.of());
    }

    private static DocumentJudging.Part code(DocumentJudging document, String text) {
        var code = document.code(Place.WHOLE, text);
        return new DocumentJudging.Part(code, code);
    }

    private static CheckedFile write(Path directory, String name, String text) {
        var written = WrittenFile.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
        return new CheckedFile(name, "text/plain", written.bytes(), written.sha256());
    }
}
