package org.sekisho.gateway.identity;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Server-side sessions, by cookie or by bearer token. */
@SuppressWarnings("DoNotCallSuggester")
public final class Sessions {
    Sessions() {}

    /**
     * Blocks for the time of one password hash (about 70 ms): not for an event loop.
     *
     * @param address of the connection itself, never of a header
     */
    public SignIn signIn(String name, String password, @Nullable String otp, String address) {
        throw new UnsupportedOperationException();
    }

    public Optional<Session> ofCookie(@Nullable String cookie) {
        throw new UnsupportedOperationException();
    }

    public Optional<Session> ofBearer(@Nullable String token) {
        throw new UnsupportedOperationException();
    }

    /** At once: the next use of its cookie or token fails. */
    public void end(String session) {
        throw new UnsupportedOperationException();
    }

    public void endAllOf(String user) {
        throw new UnsupportedOperationException();
    }

    /** Newest first. */
    public List<Session> live() {
        throw new UnsupportedOperationException();
    }
}
