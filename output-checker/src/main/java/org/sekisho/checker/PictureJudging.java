package org.sekisho.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sekisho.checker.file.WrittenFile;
import org.sekisho.checker.picture.Pictures;
import org.sekisho.checker.policy.RulePack;

/** Judges a PNG or JPEG: its pixels encoded anew, always for a person to look at. */
final class PictureJudging {
    private final RulePack pack;
    private final String name;
    private final FileFindings findings;

    PictureJudging(RulePack pack, String name) {
        this.pack = pack;
        this.name = name;
        this.findings = new FileFindings(name);
    }

    Judgement judge(Path file, Path directory) {
        return switch (Pictures.clean(bytes(file))) {
            case Pictures.Answer.Refused(var why) -> {
                findings.fail("picture", PictureFindings.of(why));
                yield findings.refused(pack);
            }
            case Pictures.Answer.Clean clean -> {
                findings.review("figure-for-review", PictureFindings.forReview(Place.WHOLE));
                findings.addAll(PictureFindings.of(name, Place.WHOLE, clean.dropped()));
                var written = WrittenFile.write(directory.resolve(name), clean.bytes());
                yield new Judgement(
                        Verdict.REFER,
                        pack.id(),
                        findings.list(),
                        List.of(new CheckedFile(name, clean.type(), written.bytes(), written.sha256())),
                        List.of(),
                        EvidenceBuilder.NOTHING_READ);
            }
        };
    }

    private static byte[] bytes(Path file) {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(Pictures.BYTES_AT_MOST + 1);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
