package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.SignatureType;
import org.sekisho.gateway.audit.tlog.SigningKey;
import org.sekisho.gateway.audit.tlog.TlogProof;

/**
 * The log before verifiers that share nothing with its writer: one in Python, written from the public specifications
 * alone, and our own in a Java that has the verifier's classes and no others.
 */
final class IndependentVerifierIT {
    private static final Path PYTHON = Path.of("src/test/python/verify_log.py");
    /** Two full tiles, and partial ones on two levels. */
    private static final int ENTRIES = 700;

    @TempDir
    static Path home;

    @TempDir
    static Path classes;

    private static String earlier = "";

    @BeforeAll
    static void write() throws Exception {
        StandaloneClasses.copy(classes, "tlog", "verify");
        try (var log = Samples.open(home)) {
            Samples.fill(log, 300);
            earlier = log.proof(300).orElseThrow().checkpoint().note();
            Samples.fill(log, ENTRIES - 301);
        }
        Files.writeString(home.resolve("earlier"), earlier);
        audit("export", home.toString(), "--format", "tiles", "--out", tiles().toString());
    }

    @Test
    void agreeThatItHolds() throws Exception {
        assertThat(python("tiles", tiles().toString(), key())).isEqualTo("0 " + ENTRIES);
        assertThat(python(
                        "tiles",
                        tiles().toString(),
                        key(),
                        home.resolve("earlier").toString()))
                .isEqualTo("0 " + ENTRIES);
        assertThat(standalone(home.toString(), "--key", key())).isEqualTo("0 " + ENTRIES);
    }

    @Test
    void nameTheSameEntry() throws Exception {
        for (int entry : new int[] {0, 255, 256, 513, ENTRIES - 1}) {
            var broken = home.resolve("broken-" + entry);
            Tampering.copy(tiles(), broken.resolve("tiles"));
            Tampering.copy(home.resolve("log"), broken.resolve("log"));
            Tampering.replaceAfter(
                    broken.resolve("log/entries-000000000.jsonl"),
                    "\"index\":" + entry + ",",
                    "\"phase\"",
                    "\"phasf\"");
            Tampering.replaceAfter(
                    bundle(broken.resolve("tiles"), entry), "\"index\":" + entry + ",", "\"phase\"", "\"phasf\"");

            assertThat(python("tiles", broken.resolve("tiles").toString(), key()))
                    .isEqualTo("1 " + entry);
            assertThat(standalone(broken.resolve("log").toString(), "--key", key()))
                    .isEqualTo("1 " + entry);
        }
    }

    @Test
    void findAForgedSignatureOfEitherKind() throws Exception {
        var note = Files.readString(tiles().resolve("checkpoint"));
        for (int signature : new int[] {4, 5}) {
            var lines = new ArrayList<>(note.lines().toList());
            var line = lines.get(signature);
            char changed = line.charAt(80) == 'A' ? 'B' : 'A';
            lines.set(signature, line.substring(0, 80) + changed + line.substring(81));
            var forged = home.resolve("forged-" + signature);
            Tampering.copy(tiles(), forged);
            Files.writeString(forged.resolve("checkpoint"), String.join("\n", lines) + "\n");

            assertThat(python("tiles", forged.toString(), key())).isEqualTo("1 0");
        }
    }

    @Test
    void findThatItDoesNotBeginWithAnotherCheckpoint() throws Exception {
        var other = home.resolve("other");
        Files.createDirectories(other.resolve("keys"));
        Files.copy(home.resolve("keys/log.key"), other.resolve("keys/log.key"));
        try (var log = Samples.open(other)) {
            Files.writeString(other.resolve("kept"), log.checkpoint().note());
        }

        assertThat(python(
                        "tiles",
                        tiles().toString(),
                        key(),
                        other.resolve("kept").toString()))
                .isEqualTo("1 0");
    }

    @Test
    void checkAProofOfOneEntryWithoutTheLog() throws Exception {
        var file = home.resolve("entry.tlog-proof");
        assertThat(audit("prove", home.toString(), "300", "--out", file.toString(), "--named", "yes"))
                .isEqualTo("0");

        assertThat(python("proof", file.toString(), key())).startsWith("0 {").contains("\"index\":300,");
        assertThat(standalone(file.toString(), "--key", key()))
                .startsWith("0 {")
                .contains("\"index\":300,");

        var proof = TlogProof.parse(Files.readString(file));
        assertThat(proof.openings()).singleElement().asString().contains("\"name\":\"researcher-");
        var forged =
                new TlogProof(300, proof.extra().replace("\"outcome\"", "\"outcomf\""), proof.path(), proof.note());
        Files.writeString(file, forged.text());
        assertThat(python("proof", file.toString(), key())).isEqualTo("1 300");
        assertThat(standalone(file.toString(), "--key", key())).isEqualTo("1 300");
        var renamed =
                new TlogProof(300, proof.extra().replace("\"researcher-", "\"chief-"), proof.path(), proof.note());
        Files.writeString(file, renamed.text());
        assertThat(standalone(file.toString(), "--key", key())).isEqualTo("1 300");
    }

    @Test
    void askForTheCosignatureOfAWitness() throws Exception {
        var witness = List.of(
                SigningKey.create("witness.example/w", SignatureType.ED25519_COSIGNATURE),
                SigningKey.create("witness.example/w", SignatureType.ML_DSA_44));
        var keys = home.resolve("witness.pub");
        Files.writeString(
                keys,
                witness.get(0).verifier().text() + "\n"
                        + witness.get(1).verifier().text() + "\n");
        audit("prove", home.toString(), "5", "--out", home.resolve("plain").toString());
        var proof = TlogProof.parse(Files.readString(home.resolve("plain")));
        var checkpoint = Checkpoint.unverified(proof.note());
        var cosigned = checkpoint.with(
                witness.get(0).sign(checkpoint, 77) + witness.get(1).sign(checkpoint, 77));
        Files.writeString(
                home.resolve("cosigned"), new TlogProof(5, proof.extra(), proof.path(), cosigned.note()).text());

        for (var kind : List.of("plain", "cosigned")) {
            var expected = kind.equals("plain") ? "1" : "0";
            assertThat(python("proof", home.resolve(kind).toString(), key(), keys.toString()))
                    .startsWith(expected);
            assertThat(standalone(home.resolve(kind).toString(), "--key", key(), "--witness", keys.toString()))
                    .startsWith(expected);
        }
    }

    private static Path bundle(Path tiles, int entry) {
        int first = entry / 256 * 256;
        var partial = ENTRIES - first < 256 ? ".p/" + (ENTRIES - first) : "";
        return tiles.resolve("tile/entries/%03d%s".formatted(entry / 256, partial));
    }

    private static Path tiles() {
        return home.resolve("tiles");
    }

    private static String key() {
        return home.resolve("log/key.pub").toString();
    }

    private static String audit(String... arguments) {
        var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Integer.toString(AuditCommand.run(List.of(arguments), out, System.err));
    }

    private static String python(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("python3", PYTHON.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String standalone(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                StandaloneClasses.java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes.toString(),
                "--limit-modules",
                "java.base,java.net.http",
                "org.sekisho.gateway.audit.verify.VerifyCommand"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Exit code and what was printed. */
    private static String run(List<String> command) throws Exception {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() + " " + said;
    }
}
