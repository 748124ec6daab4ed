package org.sekisho.gateway.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.gateway.Needed;

/**
 * A real PKCS#11 module, SoftHSM 2, with a key that was made inside it and never leaves it. SoftHSM reads its configuration
 * from the environment, so that a process of its own does the work.
 */
class TokenIT {
    private static final String PIN = "1234";
    private static final String KEY = "sekisho";

    @TempDir
    Path folder;

    private Path library;

    @BeforeEach
    void makeToken() throws Exception {
        library = Stream.of("softhsm", "x86_64-linux-gnu/softhsm", "aarch64-linux-gnu/softhsm")
                .map(place -> Path.of("/usr/lib", place, "libsofthsm2.so"))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of("/usr/lib/softhsm/libsofthsm2.so"));
        Needed.that(Files.exists(library), "SoftHSM: apt-get install softhsm2");
        Needed.program(Path.of("/usr/bin/pkcs11-tool"), "opensc");
        Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(folder.resolve("softhsm2.conf"), "directories.tokendir = " + folder.resolve("tokens") + "\n");
        run("softhsm2-util", "--init-token", "--free", "--label", KEY, "--pin", PIN, "--so-pin", "5678");
        run(
                "pkcs11-tool",
                "--module",
                library.toString(),
                "--login",
                "--pin",
                PIN,
                "--keygen",
                "--key-type",
                "AES:32",
                "--label",
                KEY,
                "--sensitive");
    }

    private String run(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        var process = builder.start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isZero();
        return words;
    }

    @Test
    void aKeyThatStaysInsideATokenWrapsAndUnwraps() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var said = run(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Attempts.class.getName(),
                library.toString(),
                folder.resolve("tokens").toString());
        assertThat(said.lines())
                .containsExactly(
                        "another PIN: IllegalArgumentException",
                        "unwrapped: [1, 2, 3]",
                        "under another name: WrongKey",
                        "another key: IllegalArgumentException",
                        "taken away: IllegalStateException");
    }

    /** What a process does that has the token. */
    static final class Attempts {
        private Attempts() {}

        private interface Attempt {
            Object make() throws Exception;
        }

        public static void main(String[] arguments) throws Exception {
            var library = Path.of(arguments[0]);
            // First: for this process the token stays open once it was opened.
            System.out.println("another PIN: " + refusal(() -> key(library, "4321", KEY)));
            var wrapped = key(library, PIN, KEY).wrap(new byte[] {1, 2, 3}, "one");
            var secret = key(library, PIN, KEY).unwrap(wrapped, "one");
            System.out.println("unwrapped: " + List.of(secret[0], secret[1], secret[2]));
            System.out.println("under another name: "
                    + refusal(() -> key(library, PIN, KEY).unwrap(wrapped, "two")));
            System.out.println("another key: " + refusal(() -> key(library, PIN, "other")));
            var opened = key(library, PIN, KEY);
            Modes.delete(Path.of(arguments[1]));
            System.out.println("taken away: " + refusal(() -> opened.unwrap(wrapped, "one")));
        }

        private static MasterKey key(Path library, String pin, String label) {
            return MasterKey.ofToken(library, 0, pin.toCharArray(), label);
        }

        private static String refusal(Attempt attempt) {
            try {
                attempt.make();
                return "none";
            } catch (Exception e) {
                return e.getClass().getSimpleName();
            }
        }
    }
}
