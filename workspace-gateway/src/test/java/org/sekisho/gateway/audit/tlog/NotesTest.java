package org.sekisho.gateway.audit.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed notes, checkpoints and cosignatures, held against the examples of their specifications and other makers. */
final class NotesTest {
    /** From the documentation of Go's golang.org/x/mod/sumdb/note. */
    private static final String GO_SECRET =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    private static final String GO_PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final SigningKey KEY = SigningKey.parse(GO_SECRET);
    private static final SigningKey BESIDE = SigningKey.create("PeterNeumann", SignatureType.ML_DSA_44);
    private static final VerifierKeys BOTH = new VerifierKeys(List.of(KEY.verifier(), BESIDE.verifier()));
    private static final Checkpoint UNSIGNED = Checkpoint.unsigned("PeterNeumann", 17, Hashes.leaf(new byte[0]));
    private static final Checkpoint SIGNED =
            UNSIGNED.with(KEY.sign(UNSIGNED, 0) + BESIDE.sign(UNSIGNED, 1_700_000_000));

    @Test
    void hasThePublicKeyThatGoHas() {
        assertThat(KEY.verifier().text()).isEqualTo(GO_PUBLIC);
        assertThat(VerifierKey.parse(GO_PUBLIC).id()).isEqualTo(0xc74f20a3);
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

        assertThat(VerifierKey.parse(GO_PUBLIC)
                        .verifies(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(signature, 4, 68)))
                .isTrue();
    }

    /** The example of c2sp.org/signed-note. */
    @Test
    void readsTheVerifierKeyOfTheSpecification() {
        var key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
        var signature = Base64.getDecoder()
                .decode("Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=");

        assertThat(key.verifies(
                        "This is an example message.\n".getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(signature, 4, 68)))
                .isTrue();
    }

    /** RFC 8032 section 7.1, test 1. */
    @Test
    void makesItsKeyOfTheSeedAsOthersDo() {
        var seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        var typed = new byte[33];
        typed[0] = 1;
        System.arraycopy(seed, 0, typed, 1, 32);
        var publicKey =
                new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        var id = VerifierKey.of("x", SignatureType.ED25519, SignatureType.ED25519.publicKey(publicKey))
                .id();
        var key = SigningKey.parse("PRIVATE+KEY+x+" + HexFormat.of().toHexDigits(id) + "+"
                + Base64.getEncoder().encodeToString(typed));

        assertThat(HexFormat.of()
                        .formatHex(SignatureType.ED25519.raw(key.verifier().key())))
                .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    }

    /** Bouncy Castle makes the same ML-DSA key of the same seed, and verifies the signature over the bytes of C2SP. */
    @Test
    void agreesWithAnotherMakerOfMlDsa() throws Exception {
        var seed = Arrays.copyOfRange(Base64.getDecoder().decode(BESIDE.text().split("\\+", 5)[4]), 1, 33);
        var theirs = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed).getPublicKeyParameters();
        var raw = SignatureType.ML_DSA_44.raw(BESIDE.verifier().key());
        assertThat(theirs.getEncoded()).isEqualTo(raw);

        var line = BESIDE.sign(UNSIGNED, 1_700_000_000).strip();
        var blob = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
        var message = HexFormat.of()
                .parseHex(
                        "737562747265652f76310a00" // "subtree/v1\n\0"
                                + "0c" + HexFormat.of().formatHex("PeterNeumann".getBytes(StandardCharsets.UTF_8)) //
                                + "000000006553f100" // time
                                + "0c" + HexFormat.of().formatHex("PeterNeumann".getBytes(StandardCharsets.UTF_8)) //
                                + "0000000000000000" // start
                                + "0000000000000011" // end
                                + UNSIGNED.root());
        var verifier = new MLDSASigner();
        verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_44, raw));
        verifier.update(message, 0, message.length);
        assertThat(verifier.verifySignature(Arrays.copyOfRange(blob, 12, blob.length)))
                .isTrue();
    }

    @Test
    void readsTheCheckpointsThatItSigns() {
        assertThat(Checkpoint.parse(SIGNED.note(), BOTH)).isEqualTo(SIGNED);
        assertThat(SIGNED.note().lines().toList().subList(0, 2)).containsExactly("PeterNeumann", "17");
        assertThat(SIGNED.note().lines().skip(4).toList())
                .hasSize(2)
                .allMatch(line -> line.startsWith("— PeterNeumann "));
    }

    @Test
    void saysWhenEachKeySigned() {
        assertThat(SIGNED.signed(KEY.verifier())).contains(Instant.EPOCH);
        assertThat(SIGNED.signed(BESIDE.verifier())).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(UNSIGNED.with(KEY.sign(UNSIGNED, 0)).signed(BESIDE.verifier()))
                .isEmpty();
    }

    @Test
    void needsEveryKeyUnlessToldOtherwise() {
        var one = UNSIGNED.with(KEY.sign(UNSIGNED, 0)).note();

        assertThatThrownBy(() -> Checkpoint.parse(one, BOTH))
                .hasMessageEndingWith("not signed by the key PeterNeumann of ML-DSA-44");
        assertThat(Checkpoint.parse(one, BOTH, 1).size()).isEqualTo(17);
        var bad = BESIDE.sign(Checkpoint.unsigned("PeterNeumann", 18, new byte[32]), 0);
        assertThatThrownBy(() -> Checkpoint.parse(one + bad, BOTH, 1))
                .as("a bad one is never passed over")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passesOverTheSignaturesOfOthersAndCanDropThem() {
        var note = SIGNED.note() + "— witness.example/w1 AAAAAAAA\n";

        assertThat(Checkpoint.parse(note, BOTH).size()).isEqualTo(17);
        assertThat(Checkpoint.unverified(note).only(BOTH.keys())).isEqualTo(SIGNED);
        assertThat(SIGNED.only(List.of(BESIDE.verifier())).note().lines()).hasSize(5);
    }

    @Test
    void refusesEveryFlippedBit() {
        var bytes = SIGNED.note().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i += i < 200 ? 1 : 23) {
            for (int bit = 0; bit < 8; bit++) {
                var changed = bytes.clone();
                changed[i] ^= (byte) (1 << bit);
                var text = new String(changed, StandardCharsets.UTF_8);
                assertThatThrownBy(() -> Checkpoint.parse(text, BOTH))
                        .as("byte " + i + " bit " + bit)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    /** Abuse case 39. */
    @Tag("abuse-39")
    @Test
    void refusesAnotherKeyOfTheSameName() {
        var other = SigningKey.create("PeterNeumann", SignatureType.ED25519);
        var note = UNSIGNED.with(other.sign(UNSIGNED, 0)).note();

        assertThatThrownBy(() -> Checkpoint.parse(note, new VerifierKeys(List.of(KEY.verifier()))))
                .hasMessageEndingWith("not signed by the key PeterNeumann of Ed25519");
    }

    @ParameterizedTest
    @EnumSource(SignatureType.class)
    void keepsEachKindOfKey(SignatureType type) {
        var key = SigningKey.create("log.example/x", type);
        var signed = UNSIGNED.with(key.sign(UNSIGNED, 12));

        assertThat(SigningKey.parse(key.text()).verifier()).isEqualTo(key.verifier());
        assertThat(VerifierKey.parse(key.verifier().text())).isEqualTo(key.verifier());
        assertThat(signed.signed(key.verifier())).contains(Instant.ofEpochSecond(type.timed() ? 12 : 0));
        assertThatThrownBy(() -> new Checkpoint(
                                signed.origin(),
                                18,
                                signed.root(),
                                signed.note().replace("\n17\n", "\n18\n"))
                        .signed(key.verifier()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesKeysThatAreNotWhatTheySay() {
        assertThatThrownBy(() -> VerifierKey.parse(GO_PUBLIC.replace("c74f20a3", "c74f20a4")))
                .hasMessageContaining("hash is not that");
        assertThatThrownBy(() -> SigningKey.parse(GO_SECRET.replace("c74f20a3", "c74f20a4")))
                .hasMessageContaining("hash is not that");
        assertThatThrownBy(() -> SigningKey.create("two words", SignatureType.ED25519))
                .hasMessageContaining("name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a+b+c",
                "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+",
                "PeterNeumann+c74f20a3+CRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10Q="
            })
    void refusesWhatIsNoVerifierKey(String text) {
        assertThatThrownBy(() -> VerifierKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keysOfALogAreOfOneNameAndOfDifferentKinds() {
        var witness = SigningKey.create("PeterNeumann", SignatureType.ED25519_COSIGNATURE)
                .verifier();
        var stranger = SigningKey.create("somebody", SignatureType.ML_DSA_44).verifier();

        assertThat(VerifierKeys.parse(BOTH.text())).isEqualTo(BOTH);
        assertThat(BOTH.origin()).isEqualTo("PeterNeumann");
        for (var wrong : List.of(
                List.<VerifierKey>of(),
                List.of(KEY.verifier(), KEY.verifier()),
                List.of(KEY.verifier(), stranger),
                List.of(KEY.verifier(), witness))) {
            assertThatThrownBy(() -> new VerifierKeys(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PeterNeumann\n17\n\n",
                "PeterNeumann\n017\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n— x AAAAAAAA\n",
                "PeterNeumann\n17\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0\n\n— x AAAAAAAA\n",
                "PeterNeumann\n17\nAAAA\n\n— x AAAAAAAA\n",
                "\n17\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n— x AAAAAAAA\n",
                "PeterNeumann\n17\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n",
                "PeterNeumann\n17\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n- x AAAAAAAA\n",
                "PeterNeumann\n17\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n— x AAAAAAAA",
                "PeterNeumann\n17\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\tx\n\n— x AAAAAAAA\n"
            })
    void refusesWhatIsNoCheckpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.unverified(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesANoteWithoutEnd() {
        var head = "— x ";
        var longest = SIGNED.note() + head + "A".repeat(100_000 - SIGNED.note().length() - head.length() - 1) + "\n";
        assertThat(Checkpoint.unverified(longest).note()).hasSize(100_000);
        var endless = longest.replace("— x A", "— x AA");
        assertThatThrownBy(() -> Checkpoint.unverified(endless)).hasMessage("not a signed note");
    }

    /** A line that says whose it is, and then nothing, is no line of somebody else. */
    @Test
    void refusesASignatureOfNothing() {
        var id = Base64.getEncoder()
                .encodeToString(HexFormat.of()
                        .parseHex(HexFormat.of().toHexDigits(KEY.verifier().id())));
        var empty = UNSIGNED.with("— PeterNeumann " + id + "\n");

        assertThatThrownBy(() -> empty.signed(KEY.verifier())).hasMessage("a signature of the wrong length");
        assertThat(UNSIGNED.with("— PeterNeumann AAAA\n").signed(KEY.verifier()))
                .isEmpty();
    }

    @Test
    void signsNamesOfUpTo255Bytes() {
        var name = "n".repeat(255);
        var longest = SigningKey.create(name, SignatureType.ML_DSA_44);
        assertThat(UNSIGNED.with(longest.sign(UNSIGNED, 5)).signed(longest.verifier()))
                .contains(Instant.ofEpochSecond(5));
        var longer = SigningKey.create(name + "n", SignatureType.ML_DSA_44);
        assertThatThrownBy(() -> longer.sign(UNSIGNED, 5)).hasMessage("a name of 1 to 255 bytes is signed");
    }

    @Test
    void namesAKeyByAnythingThatIsSeen() {
        var key = SigningKey.create("!", SignatureType.ED25519).verifier();
        assertThat(VerifierKey.parse(key.text())).isEqualTo(key);
        for (var name : List.of("", " ", "a b", "a\u00a0b", "a+b", "a\u001f")) {
            assertThatThrownBy(() -> SigningKey.create(name, SignatureType.ED25519))
                    .hasMessageContaining("name");
        }
    }

    @Test
    void makesAnotherKeyEachTime() {
        assertThat(SigningKey.create("x", SignatureType.ED25519).verifier())
                .isNotEqualTo(SigningKey.create("x", SignatureType.ED25519).verifier());
    }
}
