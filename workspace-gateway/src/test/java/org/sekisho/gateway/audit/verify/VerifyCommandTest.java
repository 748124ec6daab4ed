package org.sekisho.gateway.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Frontier;
import org.sekisho.gateway.audit.tlog.Reference;
import org.sekisho.gateway.audit.tlog.SignatureType;
import org.sekisho.gateway.audit.tlog.SigningKey;
import org.sekisho.gateway.audit.tlog.TlogProof;

/** What the command says, and with which exit code. What it finds: {@code LogVerifierTest}. */
final class VerifyCommandTest extends HandmadeLog {
    private static final SigningKey WITNESS =
            SigningKey.create("hospital.example/w", SignatureType.ED25519_COSIGNATURE);
    private static final SigningKey ANOTHER = SigningKey.create("other.example/w", SignatureType.ED25519_COSIGNATURE);
    private static final byte[] PERSON = new byte[32];

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void saysHowManyEntriesHold() throws IOException {
        entries(3);
        sign();
        assertThat(verify()).isZero();
        assertThat(out()).isEqualTo("3");
        assertThat(err()).isEqualTo("All 3 entries hold under the signed checkpoints of log.example.");
    }

    @Test
    void takesAHomeThatHasALogAndKeysInAFile() throws IOException {
        entries(3);
        sign();
        var key = Files.writeString(home.resolve("key"), KEYS.text());
        var around = Files.createDirectory(home.resolve("around"));
        Files.createSymbolicLink(around.resolve("log"), home);
        assertThat(run(around.toString(), "--key", key.toString())).isZero();
        assertThat(out()).isEqualTo("3");
    }

    @Test
    void namesTheFirstEntryThatDoesNotHold() throws IOException {
        entries(3);
        sign();
        Files.writeString(layout.segment(0), Files.readString(layout.segment(0)).replace("2}", "7}"));
        assertThat(verify()).isEqualTo(1);
        assertThat(out()).isEqualTo("2");
        assertThat(err()).startsWith("The log does not hold at entry 2: ");
    }

    @Test
    void saysWhatWasDroppedAndWhatIsOdd() throws IOException {
        entries(SEGMENT);
        entry("{\"action\":\"log.retire\",\"detail\":{\"up-to\":\"" + SEGMENT + "\"},\"index\":" + SEGMENT + "}");
        sign();
        drop(0);
        Files.writeString(layout.segment(SEGMENT), "{\"ind", StandardOpenOption.APPEND);
        assertThat(verify()).isZero();
        assertThat(err().lines())
                .containsExactly(
                        "All 65537 entries hold under the signed checkpoints of log.example.",
                        "Entries 0 to 65535 are proven by their hashes only: they were dropped after their time.",
                        "Note: the last line is torn: it was never acknowledged.");
    }

    @Test
    void holdsTheLogAgainstACheckpointThatWasKept() throws IOException {
        entries(2);
        sign();
        var kept = Files.writeString(home.resolve("kept"), signed());
        entries(1);
        sign();
        assertThat(verify("--from", kept.toString())).isZero();
        Files.writeString(kept, signed(Checkpoint.unsigned("log.example", 2, leaf("of another log")), FIRST, SECOND));
        assertThat(verify("--from", kept.toString())).isEqualTo(1);
        assertThat(out()).isEqualTo("0");
        assertThat(err())
                .startsWith("The log does not hold: one of the entries 0 to 1 is not what the kept checkpoint signed: ")
                .contains("restored from a backup", "gateway.restore");
    }

    @Test
    void namesTheKeyThatHasNotSigned() throws IOException {
        var line = "{\"index\":0}";
        var whole = signedOfTwo(line);
        var first = whole.lines().limit(5).collect(Collectors.joining("\n", "", "\n"));
        doesNotHold(proof(line, "", first), "the checkpoint is not signed by the key log.example of ML-DSA-44");
    }

    @Test
    void needsTheWitnessThatWasNamed() throws IOException {
        entries(2);
        sign();
        assertThat(verify("--witness", WITNESS.verifier().text())).isEqualTo(2);
        assertThat(err()).isEqualTo("audit verify: no witness has cosigned this log");

        Files.writeString(layout.witnessed(), cosigned(signed()));
        assertThat(verify("--witness", WITNESS.verifier().text())).isZero();
        assertThat(err())
                .startsWith("Witness hospital.example/w saw the log of size 2 at 1970-01-01T00:01:40Z."
                        + System.lineSeparator());
        assertThat(verify("--witness", ANOTHER.verifier().text())).isEqualTo(2);
        assertThat(err()).isEqualTo("audit verify: witness other.example/w has not cosigned");
    }

    /** Yesterday's copy, under checkpoints of its own that hold. */
    @Test
    void missesWhatTheWitnessSaw() throws IOException {
        entries(1);
        sign();
        var yesterday = Files.readAllBytes(layout.segment(0));
        var checkpoints = Files.readAllBytes(layout.checkpoints());
        entries(1);
        sign();
        Files.writeString(layout.witnessed(), cosigned(signed()));
        Files.write(layout.segment(0), yesterday);
        Files.write(layout.checkpoints(), checkpoints);
        assertThat(verify()).isZero();
        assertThat(verify("--witness", WITNESS.verifier().text())).isEqualTo(1);
        assertThat(out()).isEqualTo("1");
    }

    @Test
    void missesWhatTheWitnessSawThoughTheLogContainsACheckpointThatWasKept() throws IOException {
        entries(1);
        sign();
        var kept = Files.writeString(home.resolve("kept"), signed()).toString();
        var yesterday = Files.readAllBytes(layout.segment(0));
        var checkpoints = Files.readAllBytes(layout.checkpoints());
        entries(1);
        sign();
        Files.writeString(layout.witnessed(), cosigned(signed()));
        assertThat(verify("--from", kept, "--witness", WITNESS.verifier().text()))
                .isZero();
        Files.write(layout.segment(0), yesterday);
        Files.write(layout.checkpoints(), checkpoints);
        assertThat(verify("--from", kept)).isZero();
        assertThat(verify("--from", kept, "--witness", WITNESS.verifier().text()))
                .isEqualTo(1);
        assertThat(out()).isEqualTo("1");
        assertThat(err()).contains("the log was signed up to 2").endsWith("it was rolled back.");
    }

    /** The witness saw an older one; what was kept is newer. */
    @Test
    void missesWhatWasKeptThoughTheLogContainsWhatTheWitnessSaw() throws IOException {
        entries(1);
        sign();
        Files.writeString(layout.witnessed(), cosigned(signed()));
        entries(1);
        var kept = Files.writeString(home.resolve("kept"), signed()).toString();
        assertThat(verify("--from", kept, "--witness", WITNESS.verifier().text()))
                .isEqualTo(1);
        assertThat(out()).isEqualTo("1");
    }

    @Test
    void verifiesOneEntryAndSaysWhoIsInIt() throws IOException {
        var reference = Reference.of(PERSON, "suzuki");
        var line = "{\"actor\":\"" + reference + "\",\"index\":0}";
        var proof = proof(line, opening(reference, "suzuki"), signedOfTwo(line));
        assertThat(run(proof, "--key", KEYS.text())).isZero();
        assertThat(out()).isEqualTo(line);
        assertThat(err().lines())
                .containsExactly(
                        "Entry 0 is in the log of log.example, signed at size 2.",
                        "In it, " + reference + " is suzuki.");
    }

    @Test
    void saysWhyAnEntryDoesNotHold() throws IOException {
        var reference = Reference.of(PERSON, "suzuki");
        var line = "{\"actor\":\"" + reference + "\",\"index\":0}";
        var note = signedOfTwo(line);
        doesNotHold(proof(line.replace("0}", "0 }"), "", note), "the entry is not in the tree that was signed");
        doesNotHold(proof(line, opening(reference, "tanaka"), note), "a name is not that of its reference");
        doesNotHold(proof(line, "", note.replace("— log.example", "— log.elsewhere")), "");
        var elsewhere = "{\"index\":7}";
        doesNotHold(proof(elsewhere, "", signedOfTwo(elsewhere)), "the line states another place");
    }

    @Test
    void needsTheWitnessOfAnEntryToo() throws IOException {
        var line = "{\"index\":0}";
        var note = signedOfTwo(line);
        assertThat(witnessed(proof(line, "", note))).isEqualTo(1);
        assertThat(err()).contains("witness hospital.example/w has not cosigned");
        assertThat(witnessed(proof(line, "", cosigned(note)))).isZero();
        assertThat(err()).startsWith("Witness hospital.example/w saw the log of size 2");
    }

    /** It has signed every checkpoint as the log, and would vouch for itself. */
    @Test
    void takesNoKeyOfTheLogForAWitness() throws IOException {
        entries(1);
        sign();
        Files.writeString(layout.witnessed(), signed());
        var line = "{\"index\":0}";
        var proof = proof(line, "", signedOfTwo(line));
        var ofAnotherLog = SigningKey.create("log.elsewhere", SignatureType.ED25519);
        for (var place : List.of(home.toString(), proof, "http://127.0.0.1:1/")) {
            for (var key : List.of(FIRST, SECOND, ofAnotherLog)) {
                for (var keys : List.of(
                        key.verifier().text(),
                        WITNESS.verifier().text() + "\n" + key.verifier().text())) {
                    assertThat(run(place, "--key", FIRST.verifier().text(), "--witness", keys))
                            .isEqualTo(2);
                    assertThat(err())
                            .isEqualTo(
                                    "audit verify: --witness " + key.verifier().name()
                                            + " is a key of a log itself; a witness has a key of its own");
                    assertThat(out()).isEmpty();
                }
            }
        }
    }

    @Test
    void refusesWhatItWouldNotVerify() throws IOException {
        var line = "{\"index\":0}";
        var note = signedOfTwo(line);
        var proof = proof(line, "", note);
        var kept = Files.writeString(home.resolve("kept"), note).toString();
        assertThat(run(proof, "--key", KEYS.text(), "--from", kept)).isEqualTo(2);
        assertThat(err()).startsWith("audit verify: --from cannot be verified here: a proof cannot show");
        assertThat(run(
                        "http://127.0.0.1:1/",
                        "--key",
                        KEYS.text(),
                        "--witness",
                        WITNESS.verifier().text()))
                .isEqualTo(2);
        assertThat(err()).startsWith("audit verify: --witness cannot be verified here: a gateway shows no cosign");
        assertThat(out()).isEmpty();
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        entries(1);
        sign();
        assertThat(run(home.resolve("nowhere").toString(), "--key", KEYS.text()))
                .isEqualTo(2);
        assertThat(err()).isEqualTo("audit verify: there is no file or folder " + home.resolve("nowhere"));
        assertThat(verify("--from", home.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err()).startsWith("audit verify: cannot read: ");
        assertThat(run(Files.writeString(home.resolve("text"), "hello").toString(), "--key", KEYS.text()))
                .isEqualTo(2);
        assertThat(err())
                .isEqualTo("audit verify: " + home.resolve("text") + ": not a proof of an entry of such a log;"
                        + " if it was cut or changed on its way, get it again");
    }

    @Test
    void saysWhatToDoWithWhatWasCutOrChangedOnItsWay() throws IOException {
        entries(1);
        sign();
        var line = "{\"index\":0}";
        var proof = Path.of(proof(line, "", signedOfTwo(line)));
        var text = Files.readString(proof);
        var kept = home.resolve("kept");
        for (int length : List.of(0, 10, text.indexOf("index 0"), text.indexOf("\n\n"))) {
            Files.writeString(proof, text.substring(0, length));
            assertThat(run(proof.toString(), "--key", KEYS.text())).isEqualTo(2);
            assertThat(err())
                    .startsWith("audit verify: " + proof + ": ")
                    .endsWith("; if it was cut or changed on its way, get it again");
        }
        Files.writeString(proof, text.substring(0, text.lastIndexOf("\n\n")));
        assertThat(run(proof.toString(), "--key", KEYS.text())).isEqualTo(1);
        assertThat(err()).contains("the file may have been cut or changed on its way. Get it again.");
        Files.writeString(kept, signed().substring(0, 30));
        assertThat(verify("--from", kept.toString())).isEqualTo(2);
        assertThat(err())
                .isEqualTo("audit verify: " + kept
                        + ": not a signed note; if it was cut or changed on its way, get it again");

        Files.writeString(proof, text.replace("\n", "\r\n"));
        Files.writeString(kept, signed().replace("\n", "\r\n"));
        var changed = ": its line ends were changed on its way, as mail does: get it again, in an archive";
        assertThat(run(proof.toString(), "--key", KEYS.text())).isEqualTo(2);
        assertThat(err()).isEqualTo("audit verify: " + proof + changed);
        assertThat(verify("--from", kept.toString())).isEqualTo(2);
        assertThat(err()).isEqualTo("audit verify: " + kept + changed);
    }

    @Test
    void saysWhichKeysItCannotRead() throws IOException {
        entries(1);
        sign();
        Files.writeString(layout.witnessed(), signed());
        var absent = home.resolve("absent").toString();
        var text = Files.writeString(home.resolve("text"), "hello").toString();
        var empty = Files.createFile(home.resolve("empty")).toString();
        var wrong = FIRST.verifier().text().replace("log.example+", "log.elsewhere+");
        for (var option : List.of("--key", "--witness")) {
            var asked = "audit verify: " + option + ": ";
            assertThat(with(option, absent)).isEqualTo(2);
            assertThat(err()).isEqualTo(asked + "there is no file " + absent);
            assertThat(with(option, text)).isEqualTo(2);
            assertThat(err())
                    .isEqualTo(asked + text + " holds no usable verifier key: a verifier key reads name+hash+base64");
            assertThat(with(option, empty)).as("%s", option).isEqualTo(2);
            assertThat(err()).startsWith(asked + empty + " holds no usable verifier key: ");
            assertThat(with(option, wrong)).isEqualTo(2);
            assertThat(err()).isEqualTo(asked + "the verifier key's hash is not that of its name and key");
            assertThat(out()).isEmpty();
        }
    }

    @Test
    void judgesWhateverIsLeftOfALogAndNoOtherFolder() throws IOException {
        assertThat(verify()).isEqualTo(2);
        assertThat(err()).startsWith("audit verify: " + home + " holds no log; name a home, ");
        for (var left : List.of(
                layout.checkpoints(), layout.witnessed(), layout.publicKey(), layout.tiles(), layout.segment(0))) {
            Files.createFile(left);
            assertThat(verify()).as("%s", left).isEqualTo(1);
            assertThat(err()).contains("there is no signed checkpoint");
            Files.delete(left);
        }
    }

    @Test
    void doesNotWaitForAPipe() throws Exception {
        entries(1);
        sign();
        for (var file : List.of(layout.index(), layout.segment(0), layout.checkpoints(), layout.witnessed())) {
            Files.deleteIfExists(file);
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();
            assertThat(
                            file.equals(layout.witnessed())
                                    ? verify("--witness", WITNESS.verifier().text())
                                    : verify())
                    .isEqualTo(2);
            assertThat(err()).isEqualTo("audit verify: cannot read: " + file + " is no regular file");
            Files.delete(file);
        }
    }

    @Test
    void readsNoMoreThanACheckpointOrAProofCanBe() throws IOException {
        entries(1);
        sign();
        for (var file : List.of(layout.witnessed(), home.resolve("proof"))) {
            try (var hole = new RandomAccessFile(file.toFile(), "rw")) {
                hole.setLength(3L << 30);
            }
        }
        var proof = home.resolve("proof").toString();
        assertThat(verify("--witness", WITNESS.verifier().text())).isEqualTo(2);
        assertThat(err()).contains("witnessed is longer than");
        assertThat(run(proof, "--key", KEYS.text())).isEqualTo(2);
        assertThat(err()).contains("proof is longer than");
        assertThat(verify("--from", proof)).isEqualTo(2);
        assertThat(run(home.toString(), "--key", proof)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            value = {
                "nothing | name one DIR, URL or PROOF",
                "a b --key k | name one DIR, URL or PROOF",
                "--key k | name one DIR, URL or PROOF",
                "a | --key is missing",
                "a --key | --key needs a value",
                "a --key --from f | --key needs a value",
                "a --key k --witness | --witness needs a value",
                "a --key k --nonsense | there is no option --nonsense",
                "a --nonsense b | there is no option --nonsense"
            })
    void saysWhatWasWrongAndHowItIsAsked(@Nullable String words, String wrong) {
        assertThat(run(words == null ? new String[0] : words.split(" "))).isEqualTo(2);
        assertThat(err().lines())
                .startsWith(
                        "audit verify: " + wrong,
                        "usage: sekisho audit verify DIR-or-URL-or-PROOF --key KEY [--from CHECKPOINT] [--witness KEY]");
        assertThat(out()).isEmpty();
    }

    /** Of an unset variable in a script. */
    @Test
    void takesNothingForNoKey() {
        assertThat(run("a", "--key", "")).isEqualTo(2);
        assertThat(err()).startsWith("audit verify: --key needs a value");
    }

    private int with(String option, String keys) {
        return option.equals("--key") ? run(home.toString(), "--key", keys) : verify(option, keys);
    }

    private int witnessed(String proof) {
        return run(proof, "--key", KEYS.text(), "--witness", WITNESS.verifier().text());
    }

    private void doesNotHold(String proof, String why) {
        assertThat(run(proof, "--key", KEYS.text())).as(why).isEqualTo(1);
        assertThat(out()).isEqualTo("0");
        assertThat(err())
                .startsWith("The proof of entry 0 does not hold: " + why)
                .doesNotContain("The log does not");
    }

    private int verify(String... more) {
        var arguments = new ArrayList<>(List.of(home.toString(), "--key", KEYS.text()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return VerifyCommand.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    /** The checkpoint of all entries so far. */
    private String signed() {
        return signed(Checkpoint.unsigned("log.example", frontier.leaves(), frontier.root()), FIRST, SECOND);
    }

    private static String cosigned(String note) {
        var checkpoint = Checkpoint.unverified(note);
        return checkpoint.with(WITNESS.sign(checkpoint, 100)).note();
    }

    /** The checkpoint of a log of the line and one more. */
    private static String signedOfTwo(String line) {
        var two = new Frontier();
        two.push(leaf(line));
        two.push(leaf("{\"index\":1}"));
        return signed(Checkpoint.unsigned("log.example", 2, two.root()), FIRST, SECOND);
    }

    /** That the line is the first of two. */
    private String proof(String line, String opening, String note) throws IOException {
        var extra = opening.isEmpty() ? line : line + "\n" + opening;
        var text = new TlogProof(0, extra, List.of(leaf("{\"index\":1}")), note).text();
        return Files.writeString(home.resolve("proof"), text).toString();
    }

    private static String opening(String reference, String name) {
        return "{\"key\":\"" + HexFormat.of().formatHex(PERSON) + "\",\"name\":\"" + name + "\",\"reference\":\""
                + reference + "\"}";
    }
}
