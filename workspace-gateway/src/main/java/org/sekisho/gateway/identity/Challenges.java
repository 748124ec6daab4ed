package org.sekisho.gateway.identity;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Random questions that are answered once, within five minutes, by whom and for what they were asked. */
final class Challenges {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    enum Purpose {
        REGISTER,
        SIGN_IN,
        STEP_UP
    }

    /** @param account whose answer is awaited; null when anybody's is */
    private record Asked(Purpose purpose, @Nullable String account) {}

    private final Open<Asked> open;

    Challenges(InstantSource time) {
        open = new Open<>(PATIENCE, time);
    }

    /** 256 random bits, base64url, for an answer of this account. */
    String ask(Purpose purpose, String account) {
        return ask(new Asked(purpose, account), account);
    }

    /** For an answer of whoever it will be, at this address. */
    String askAnybody(Purpose purpose, String address) {
        return ask(new Asked(purpose, null), address);
    }

    private String ask(Asked asked, String from) {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        var challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        open.put(challenge, from, asked);
        return challenge;
    }

    /** Whether this was asked for that purpose of that account and not answered yet. From now on it is. */
    boolean take(byte[] challenge, Purpose purpose, @Nullable String account) {
        return open.take(Base64.getUrlEncoder().withoutPadding().encodeToString(challenge))
                .filter(asked -> asked.purpose() == purpose && Objects.equals(asked.account(), account))
                .isPresent();
    }
}
