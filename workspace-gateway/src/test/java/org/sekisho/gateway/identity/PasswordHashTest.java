package org.sekisho.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PasswordHashTest {
    /** From the test suite of the reference implementation (test.c): Argon2id, 256 KiB, two passes, one lane. */
    private static final String REFERENCE =
            "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ" + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    @Test
    void agreesWithTheReferenceImplementation() {
        assertThat(new PasswordHash(REFERENCE).matches("password")).isTrue();
        assertThat(new PasswordHash(REFERENCE).matches("Password")).isFalse();
    }

    @Test
    void writesItsParametersAndSaltsEveryTime() {
        var one = PasswordHash.of("秘密の言葉です。");
        var two = PasswordHash.of("秘密の言葉です。");

        assertThat(one.text()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(two.text());
        assertThat(one.matches("秘密の言葉です。")).isTrue();
        assertThat(one.matches("秘密の言葉です")).isFalse();
        assertThat(one.toString()).doesNotContain("argon2id$");
    }

    @Test
    void refusesToReadAnotherScheme() {
        assertThatThrownBy(() -> new PasswordHash("plain").matches("plain")).isInstanceOf(IllegalStateException.class);
    }
}
