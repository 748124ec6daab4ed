package org.sekisho.checker.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sekisho.checker.OutputChecker;
import org.sekisho.checker.policy.RulePacks;

/** Two folders for one input: what was submitted and what would leave. Gone afterwards. */
final class Folders {
    static final OutputChecker CHECKER = OutputChecker.with(RulePacks.load("ndb"));

    private Folders() {}

    interface Work {
        void in(Path submitted, Path leaving) throws IOException;
    }

    static void with(Work work) {
        try {
            var home = Files.createTempDirectory("sekisho-fuzz");
            var submitted = Files.createDirectory(home.resolve("submitted"));
            var leaving = Files.createDirectory(home.resolve("leaving"));
            try {
                work.in(submitted, leaving);
            } finally {
                empty(submitted);
                empty(leaving);
                Files.delete(home);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void empty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
