package org.sekisho.checker.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;

final class SealTest {
    private static final String HASH = "ab".repeat(32);

    @Test
    void isTheSameForTheSameBytesOfTheSameOutput() throws Exception {
        var key = key().getPrivate();
        assertThat(Seal.of(key, "o1", HASH)).isEqualTo(Seal.of(key, "o1", HASH)).hasSize(64);
    }

    @Test
    void cannotBeComputedFromTheBytesAlone() throws Exception {
        var key = key().getPrivate();
        assertThat(Seal.of(key, "o1", HASH))
                .isNotEqualTo(Seal.of(key, "o2", HASH))
                .isNotEqualTo(Seal.of(key, "o1", "cd".repeat(32)))
                .isNotEqualTo(Seal.of(key().getPrivate(), "o1", HASH))
                .isNotEqualTo(HASH);
    }

    private static KeyPair key() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }
}
