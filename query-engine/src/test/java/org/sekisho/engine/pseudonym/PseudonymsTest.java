package org.sekisho.engine.pseudonym;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.pseudonym.Pseudonyms.Domain;

class PseudonymsTest {
    private static final byte[] KEY = new byte[32];

    @Test
    void isTheFirst63BitsOfHmacSha256() throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update((byte) 1);
        var hash = mac.doFinal(new byte[] {0, 0, 0, 0, 0, 0, 0, 42});
        assertThat(new Pseudonyms(KEY).of(Domain.PERSON, 42))
                .isEqualTo(new BigInteger(1, hash).shiftRight(193).longValue());
    }

    @Property(tries = 200)
    void isNeverNegativeAndAlwaysTheSame(@ForAll long value) {
        var pseudonyms = new Pseudonyms(KEY);
        assertThat(pseudonyms.of(Domain.PERSON, value))
                .isNotNegative()
                .isEqualTo(new Pseudonyms(KEY).of(Domain.PERSON, value))
                .isNotEqualTo(pseudonyms.of(Domain.FACILITY, value));
    }

    @Test
    void tellsListsOfPartsApart() {
        var pseudonyms = new Pseudonyms(KEY);
        assertThat(pseudonyms.of(Domain.CARD, "ab", "c")).isNotEqualTo(pseudonyms.of(Domain.CARD, "a", "bc"));
    }

    @Test
    void makesAKeyOnceAndForTheOwnerOnly(@TempDir Path home) throws Exception {
        try (var executor = Executors.newFixedThreadPool(4)) {
            var calls = IntStream.range(0, 8)
                    .mapToObj(i ->
                            executor.submit(() -> new SecretKeys(home).vault().of(Domain.PERSON, 1)))
                    .toList();
            var answers = new HashSet<Long>();
            for (var call : calls) {
                answers.add(call.get());
            }
            assertThat(answers).hasSize(1);
        }
        var key = home.resolve("keys/vault.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        try (var files = Files.list(home.resolve("keys"))) {
            assertThat(files).containsExactly(key);
        }
    }

    @Test
    void givesEveryProjectAnotherKey(@TempDir Path home) {
        var keys = new SecretKeys(home);
        assertThat(keys.project("one").of(Domain.PERSON, 1))
                .isNotEqualTo(keys.project("two").of(Domain.PERSON, 1))
                .isEqualTo(new SecretKeys(home).project("one").of(Domain.PERSON, 1));
        assertThatThrownBy(() -> keys.project("../vault")).isInstanceOf(EngineException.class);
    }
}
