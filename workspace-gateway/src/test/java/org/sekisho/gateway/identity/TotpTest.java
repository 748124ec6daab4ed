package org.sekisho.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {
    /** The secret of RFC 6238, appendix B, for HMAC-SHA-1. */
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void agreesWithTheTestVectorsOfRfc6238(long seconds, String code) {
        assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(seconds)), 8))
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"-2, false", "-1, true", "0, true", "1, true", "2, false"})
    void takesTheCodesOfOneStepBeforeAndAfter(long steps, boolean taken) {
        var now = Instant.parse("2026-04-01T00:00:10Z");
        var code = Totp.code(SECRET, Totp.step(now) + steps);

        assertThat(Totp.match(SECRET, code, now).isPresent()).isEqualTo(taken);
    }

    @Test
    void namesTheStepOfACode() {
        var now = Instant.parse("2026-04-01T00:00:10Z");
        assertThat(Totp.match(SECRET, Totp.code(SECRET, Totp.step(now) - 1), now))
                .hasValue(Totp.step(now) - 1);
    }

    @ParameterizedTest
    @CsvSource({"''", "12345", "1234567", "１２３４５６", "-12345", "abcdef"})
    void takesNothingElse(String code) {
        assertThat(Totp.match(SECRET, code, Instant.EPOCH)).isEmpty();
    }

    @Test
    void writesSecretsAsApplicationsReadThem() {
        var secret = Totp.secret();
        assertThat(Base32.decode(Totp.text(secret))).isEqualTo(secret).hasSize(20);
        assertThat(Totp.uri("hanako", secret))
                .isEqualTo("otpauth://totp/Sekisho:hanako?secret=" + Totp.text(secret) + "&issuer=Sekisho");
    }
}
