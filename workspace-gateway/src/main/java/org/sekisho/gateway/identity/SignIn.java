package org.sekisho.gateway.identity;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answer to a name and a password, or to a passkey. */
public sealed interface SignIn {
    /**
     * @param cookie value for the cookie {@code sekisho}
     * @param token the same session as a bearer token
     * @param factor what was shown beside the password, or instead of it; null when nothing was
     */
    record SignedIn(
            Session session,
            String cookie,
            String token,
            @Nullable Factor factor) implements SignIn {}

    /** Name and password are right, and a second factor has to come with them. Answer 401, and say which there are. */
    record FactorNeeded(Set<Factor> factors) implements SignIn {
        public FactorNeeded {
            factors = Set.copyOf(factors);
        }
    }

    /** @param retryAfter how long to wait; zero where it makes no difference */
    record Refused(Reason reason, Duration retryAfter) implements SignIn {
        Refused(Reason reason) {
            this(reason, Duration.ZERO);
        }
    }

    /** The counter of a passkey of this user went back: there may be a copy of it. Answer 401. */
    record Cloned(User user) implements SignIn {}

    enum Reason {
        /** Name, password, passkey or account state: never said which. Answer 401. */
        WRONG,
        /** The password is right; the code is wrong or was used before. Answer 401. */
        WRONG_CODE,
        /** Too many failures of this account or from this address. Answer 429 with Retry-After. */
        TOO_MANY,
        /** Too many sign-ins at this moment. Answer 503 with Retry-After. */
        BUSY,
        /** A second factor was sent, and this account has none. Answer 400. */
        SECOND_FACTOR,
        /** The counter of a passkey went back: perhaps a copy. Answer 401. */
        CLONED
    }
}
