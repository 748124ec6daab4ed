package org.sekisho.gateway.identity;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Browsers that were sent to the provider and have not come back: each comes back once, within ten minutes. */
final class Departures {
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /**
     * @param ticket what the browser carries as a cookie, so that nobody arrives on another one's way
     * @param next a path of ours to go on to
     * @param session whose person is asked once more; null for a sign-in
     */
    record Departed(
            State state,
            Nonce nonce,
            CodeVerifier verifier,
            String ticket,
            String next,
            @Nullable Session session,
            Instant at) {
        boolean isWith(@Nullable String shown) {
            return shown != null
                    && MessageDigest.isEqual(
                            shown.getBytes(StandardCharsets.UTF_8), ticket.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final InstantSource time;
    private final Open<Departed> underWay;

    Departures(InstantSource time) {
        this.time = time;
        this.underWay = new Open<>(PATIENCE, time);
    }

    Departed leave(String next, @Nullable Session session, String address) {
        var departed = new Departed(
                new State(),
                new Nonce(),
                new CodeVerifier(),
                new State().getValue(),
                isOurs(next) ? next : "/",
                session,
                time.instant());
        underWay.put(departed.state().getValue(), address, departed);
        return departed;
    }

    /** From now on it has arrived, whether the ticket is the right one or not. */
    Optional<Departed> arrive(String state, @Nullable String ticket) {
        return underWay.take(state).filter(departed -> departed.isWith(ticket));
    }

    /** A path within this site: a link to elsewhere never becomes a place to go on to. */
    static boolean isOurs(String next) {
        return next.startsWith("/")
                && !next.startsWith("//")
                && next.length() <= 500
                && next.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    }
}
