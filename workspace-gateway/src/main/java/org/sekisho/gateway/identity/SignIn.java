package org.sekisho.gateway.identity;

import java.time.Duration;

/** The answer to a name and a password. */
public sealed interface SignIn {
    /**
     * @param cookie value for the cookie {@code sekisho}
     * @param token the same session as a bearer token
     */
    record SignedIn(Session session, String cookie, String token) implements SignIn {}

    /** @param retryAfter how long to wait; zero for {@link Reason#WRONG} */
    record Refused(Reason reason, Duration retryAfter) implements SignIn {}

    enum Reason {
        /** Name, password or account state: never said which. Answer 401. */
        WRONG,
        /** Too many failures of this account or from this address. Answer 429 with Retry-After. */
        TOO_MANY,
        /** Too many sign-ins at this moment. Answer 503 with Retry-After. */
        BUSY,
        /** A second factor was sent, and this account has none. Answer 400. */
        SECOND_FACTOR
    }
}
