package org.sekisho.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.checker.policy.RulePacks;
import org.sekisho.checker.text.Canaries;

/** Files that a person submits, and the folder that receives what would leave of them. */
abstract class SubmittedFiles {
    static final String CANARY = "CANARY-7f3a91";

    @TempDir
    Path home;

    Path submitted;
    Path leaving;
    final OutputChecker ndb = OutputChecker.with(RulePacks.load("ndb")).watchingFor(Canaries.of(List.of(CANARY)));

    @BeforeEach
    final void folders() throws IOException {
        submitted = Files.createDirectory(home.resolve("submitted"));
        leaving = Files.createDirectory(home.resolve("leaving"));
    }

    final Judgement judge(String... names) {
        return ndb.judgeFiles(submitted, List.of(names), leaving);
    }

    final void text(String name, String text) {
        bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    final void bytes(String name, byte[] bytes) {
        try {
            Files.write(submitted.resolve(name), bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What would leave. */
    final String read(String name) {
        return Samples.read(leaving.resolve(name));
    }
}
