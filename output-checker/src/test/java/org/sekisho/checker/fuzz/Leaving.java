package org.sekisho.checker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.JudgementJson;
import org.sekisho.checker.Remedies;
import org.sekisho.checker.Severity;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.file.PlainText;

/** What must hold of every judgement of a submitted file, and of what would leave. */
final class Leaving {
    private Leaving() {}

    static void check(Judgement judgement, Path leaving) throws IOException {
        assertThat(judgement.verdict()).isNotEqualTo(Verdict.CLEAR);
        assertThat(JudgementJson.read(JudgementJson.write(judgement))).isEqualTo(judgement);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .allSatisfy(finding -> assertThat(Remedies.of(finding.rule()))
                        .as(finding.rule())
                        .isPresent());
        if (judgement.verdict() == Verdict.REFUSE) {
            assertThat(judgement.findings()).isNotEmpty();
            assertThat(judgement.amended()).isEmpty();
        }
        for (var file : judgement.files()) {
            bytes(file, leaving);
            isWrittenTheSameAgain(file, leaving);
        }
        for (var file : judgement.amended()) {
            bytes(file, leaving);
        }
    }

    private static void bytes(CheckedFile file, Path leaving) throws IOException {
        var bytes = Files.readAllBytes(leaving.resolve(file.name()));
        assertThat(bytes).hasSize((int) file.bytes());
        assertThat(file.sha256()).isEqualTo(HexFormat.of().formatHex(sha256().digest(bytes)));
        if (file.type().startsWith("text/")) {
            var text = new String(bytes, StandardCharsets.UTF_8);
            assertThat(text.getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
            assertThat(PlainText.hasInvisible(text.replace("\n", "").replace("\t", "")))
                    .isFalse();
        }
    }

    /** Whatever leaves reads as itself: nothing is in it that another look would take out. */
    private static void isWrittenTheSameAgain(CheckedFile file, Path leaving) throws IOException {
        if (file.type().startsWith("image/jpeg")) {
            return;
        }
        var first = Files.readAllBytes(leaving.resolve(file.name()));
        Folders.with((submitted, again) -> {
            Files.write(submitted.resolve(file.name()), first);
            var judgement = Folders.CHECKER.judgeFiles(submitted, List.of(file.name()), again);
            assertThat(judgement.files()).as(judgement.findings().toString()).hasSize(1);
            assertThat(Files.readAllBytes(again.resolve(file.name()))).isEqualTo(first);
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
