package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class NoteTest {
    private static final LogKey KEY = LogKey.parse(Samples.SIGNING_KEY);
    private static final VerifierKey VERIFIER = VerifierKey.parse(Samples.VERIFIER_KEY);
    private static final byte[] ROOT = Hashes.leaf(new byte[0]);

    @Test
    void hasThePublicKeyThatGoHas() {
        assertThat(KEY.verifier().text()).isEqualTo(Samples.VERIFIER_KEY);
        assertThat(VERIFIER.id()).isEqualTo(0xc74f20a3);
    }

    /** The worked example of golang.org/x/mod/sumdb/note: its signature by its key over its text. */
    @Test
    void acceptsASignatureMadeByGo() {
        var text = """
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.
                """;
        var signature = Base64.getDecoder()
                .decode("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=");

        assertThat(VERIFIER.verifies(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(signature, 4, 68)))
                .isTrue();
    }

    @Test
    void readsTheCheckpointsThatItSigns() {
        var signed = KEY.sign(17, ROOT);

        assertThat(Checkpoint.parse(signed.note(), VERIFIER)).isEqualTo(signed);
        assertThat(signed.note().lines().toList().subList(0, 2)).containsExactly("PeterNeumann", "17");
        assertThat(signed.note().lines().skip(4).findFirst().orElseThrow()).startsWith("— PeterNeumann x08go");
    }

    @Test
    void passesOverTheSignaturesOfWitnesses() {
        var note = KEY.sign(17, ROOT).note() + "— witness.example/w1 AAAAAAAA\n";

        assertThat(Checkpoint.parse(note, VERIFIER).size()).isEqualTo(17);
    }

    @Test
    void refusesEveryFlippedBit() {
        var note = KEY.sign(17, ROOT).note();
        var bytes = note.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                var changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                var text = new String(changed, StandardCharsets.UTF_8);
                assertThatThrownBy(() -> Checkpoint.parse(text, VERIFIER))
                        .as("byte " + i + " bit " + bit)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void refusesAnotherKeyOfTheSameName() {
        var seed = Base64.getEncoder().encodeToString(new byte[33]).replaceFirst("^AA", "AQ");
        var other = LogKey.parse("PRIVATE+KEY+PeterNeumann+00000000+" + seed);

        assertThatThrownBy(() -> Checkpoint.parse(other.sign(17, ROOT).note(), VERIFIER))
                .hasMessageContaining("not signed by this key");
    }

    @Test
    void refusesAKeyWhoseHashIsNotItsOwn() {
        assertThatThrownBy(() -> VerifierKey.parse(Samples.VERIFIER_KEY.replace("c74f20a3", "c74f20a4")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VerifierKey.parse("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VerifierKey.parse("a+b+c")).isInstanceOf(IllegalArgumentException.class);
    }
}
