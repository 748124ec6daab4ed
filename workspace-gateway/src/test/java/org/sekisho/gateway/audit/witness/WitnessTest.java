package org.sekisho.gateway.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.SignatureType;
import org.sekisho.gateway.audit.tlog.SigningKey;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.witness.Answer.Conflict;
import org.sekisho.gateway.audit.witness.Answer.Cosigned;
import org.sekisho.gateway.audit.witness.Answer.Reason;
import org.sekisho.gateway.audit.witness.Answer.Refused;

/** Every answer that C2SP tlog-witness asks for, and what must never be cosigned. */
final class WitnessTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-04-01T03:00:00Z"), ZoneOffset.UTC);
    private static final SigningKey LOG = SigningKey.create("log.example", SignatureType.ED25519);
    private static final VerifierKeys LOG_KEYS = new VerifierKeys(List.of(LOG.verifier()));
    private static final List<SigningKey> KEYS = List.of(
            SigningKey.create("witness.example/w1", SignatureType.ED25519_COSIGNATURE),
            SigningKey.create("witness.example/w1", SignatureType.ML_DSA_44));

    /** Leaves of a log, and of another that shares the first two with it. */
    private static final byte[] A = Hashes.leaf(new byte[] {1});

    private static final byte[] B = Hashes.leaf(new byte[] {2});
    private static final byte[] C = Hashes.leaf(new byte[] {3});
    private static final byte[] D = Hashes.leaf(new byte[] {4});
    private static final byte[] AB = Hashes.node(A, B);

    @TempDir
    Path state;

    private Witness witness;

    WitnessTest() {
        witness = new Witness(Path.of("nowhere"), KEYS, List.of(LOG_KEYS), NOON);
    }

    @BeforeEach
    void open() {
        witness = open(KEYS);
    }

    private Witness open(List<SigningKey> keys) {
        return new Witness(state, keys, List.of(LOG_KEYS), NOON);
    }

    @Test
    void cosignsTheFirstCheckpointThatItSees() {
        var two = signed(2, AB);
        var answer = witness.add(request(0, two));

        assertThat(answer).isInstanceOf(Cosigned.class);
        var cosigned = two.with(((Cosigned) answer).signatures());
        for (var key : KEYS) {
            assertThat(cosigned.signed(key.verifier())).contains(NOON.instant());
        }
        assertThat(witness.newest(Witness.hash("log.example"))).contains(cosigned);
        assertThat(witness.newest(Witness.hash("other.example"))).isEmpty();
    }

    @Test
    void cosignsWhatContinuesIt() {
        witness.add(request(0, signed(2, AB)));

        assertThat(witness.add(request(2, signed(3, Hashes.node(AB, C)), C))).isInstanceOf(Cosigned.class);
    }

    @Test
    void cosignsTheSameAgainSoThatItsTimeIsFresh() {
        witness.add(request(0, signed(2, AB)));

        assertThat(witness.add(request(2, signed(2, AB)))).isInstanceOf(Cosigned.class);
    }

    @Test
    void remembersAcrossARestart() {
        witness.add(request(0, signed(2, AB)));
        witness = open(KEYS);

        assertThat(witness.add(request(0, signed(2, AB)))).isEqualTo(new Conflict(2));
        assertThat(witness.add(request(2, signed(3, Hashes.node(AB, C)), C))).isInstanceOf(Cosigned.class);
    }

    /** Abuse case 37: yesterday's copy goes on from where it was. */
    @Test
    void refusesARollback() {
        witness.add(request(0, signed(3, Hashes.node(AB, C))));

        assertThat(witness.add(request(2, signed(2, AB)))).isEqualTo(new Conflict(3));
        assertThat(witness.add(request(3, signed(2, AB)))).isEqualTo(new Refused(Reason.MALFORMED));
        assertThat(witness.newest(Witness.hash("log.example")))
                .hasValueSatisfying(kept -> assertThat(kept.size()).isEqualTo(3));
    }

    /** Abuse case 38. */
    @Tag("abuse-38")
    @Test
    void refusesTwoLogsOfOneSize() {
        witness.add(request(0, signed(2, AB)));

        assertThat(witness.add(request(2, signed(2, Hashes.node(A, C))))).isEqualTo(new Refused(Reason.INCONSISTENT));
    }

    @Test
    void refusesAForkThatGrows() {
        witness.add(request(0, signed(2, AB)));
        var fork = signed(3, Hashes.node(Hashes.node(A, D), C));

        assertThat(witness.add(request(2, fork, C))).isEqualTo(new Refused(Reason.INCONSISTENT));
        assertThat(witness.add(request(2, fork))).isEqualTo(new Refused(Reason.INCONSISTENT));
        assertThat(witness.add(request(2, signed(3, Hashes.node(AB, C)), D)))
                .isEqualTo(new Refused(Reason.INCONSISTENT));
    }

    @Test
    void refusesAProofWhereNoneBelongs() {
        assertThat(witness.add(request(0, signed(2, AB), A))).isEqualTo(new Refused(Reason.INCONSISTENT));
    }

    @Test
    void knowsTheRootOfAnEmptyLog() {
        assertThat(witness.add(request(0, signed(0, A)))).isEqualTo(new Refused(Reason.INCONSISTENT));
        assertThat(witness.add(request(0, signed(0, Hashes.sha256().digest())))).isInstanceOf(Cosigned.class);
        assertThat(witness.add(request(0, signed(2, AB)))).isInstanceOf(Cosigned.class);
    }

    /** Abuse case 39. */
    @Test
    void refusesWhatTheLogDidNotSign() {
        var other = SigningKey.create("log.example", SignatureType.ED25519);
        var unsigned = Checkpoint.unsigned("log.example", 2, AB);

        assertThat(witness.add(request(0, unsigned.with(other.sign(unsigned, 0)))))
                .isEqualTo(new Refused(Reason.NOT_SIGNED));
        var forged = signed(2, AB).note().replace("\n2\n", "\n3\n");
        assertThat(witness.add("old 0\n\n" + forged)).isEqualTo(new Refused(Reason.NOT_SIGNED));
    }

    @Test
    void refusesALogThatItDoesNotWatch() {
        var stranger = SigningKey.create("other.example", SignatureType.ED25519);
        var unsigned = Checkpoint.unsigned("other.example", 2, AB);

        assertThat(witness.add(request(0, unsigned.with(stranger.sign(unsigned, 0)))))
                .isEqualTo(new Refused(Reason.UNKNOWN_LOG));
    }

    @Test
    void keepsNoSignatureOfAnybodyElse() {
        var two = signed(2, AB);
        witness.add(request(0, two.with("— somebody AAAAAAAA\n")));

        assertThat(witness.newest(Witness.hash("log.example")).orElseThrow().note())
                .doesNotContain("somebody");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "old 0\n",
                "old 00\n\n",
                "new 0\n\n",
                "old -1\n\n",
                "old 0\nAAAA\n\n",
                "old 0\n%\n\n",
                "old 0 \n\n"
            })
    void refusesWhatIsNoRequest(String head) {
        assertThat(witness.add(head + signed(2, AB).note())).isEqualTo(new Refused(Reason.MALFORMED));
    }

    @Test
    void refusesMoreHashesThanATreeIsHigh() {
        var many = new byte[64][];
        Arrays.fill(many, A);
        assertThat(witness.add(request(0, signed(2, AB), many))).isEqualTo(new Refused(Reason.MALFORMED));
        var most = Arrays.copyOf(many, 63);
        assertThat(witness.add(request(0, signed(2, AB), most))).isEqualTo(new Refused(Reason.INCONSISTENT));
    }

    @Test
    void doesNotStartOnWhatItDidNotSign() throws Exception {
        witness.add(request(0, signed(3, Hashes.node(AB, C))));
        var file = state.resolve(Witness.hash("log.example"));
        var kept = Files.readString(file);

        Files.writeString(file, signed(2, AB).note());
        assertThatThrownBy(() -> open(KEYS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not hold");

        Files.writeString(file, kept);
        var others = List.of(SigningKey.create("witness.example/w1", SignatureType.ML_DSA_44));
        assertThatThrownBy(() -> open(others)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void saysNothingBeforeItIsOnTheDisk() throws Exception {
        Files.delete(state);

        assertThatThrownBy(() -> witness.add(request(0, signed(2, AB)))).isInstanceOf(UncheckedIOException.class);
        assertThat(witness.newest(Witness.hash("log.example"))).isEmpty();
    }

    private static Checkpoint signed(long size, byte[] root) {
        var unsigned = Checkpoint.unsigned("log.example", size, root);
        return unsigned.with(LOG.sign(unsigned, 0));
    }

    private static String request(long old, Checkpoint checkpoint, byte[]... proof) {
        var lines = new ArrayList<String>(List.of("old " + old));
        for (var hash : proof) {
            lines.add(Base64.getEncoder().encodeToString(hash));
        }
        return String.join("\n", lines) + "\n\n"
                + new String(checkpoint.note().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
