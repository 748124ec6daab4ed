package org.sekisho.gateway.identity;

import java.time.Duration;
import java.time.InstantSource;

/** An authenticator application with one secret. */
public final class Codes {
    public static final Duration FRESH = Sessions.FRESH;

    private final byte[] secret;
    private final InstantSource time;
    private long used = Long.MIN_VALUE;

    public Codes(String secret, InstantSource time) {
        this.secret = Totp.secret(secret);
        this.time = time;
    }

    /** What it shows at this moment. */
    public String now() {
        used = Math.max(used, step());
        return Totp.code(secret, step());
    }

    /** The first that was not shown before; it may be the one of the coming half minute. */
    public String next() {
        used = Math.max(used + 1, step());
        return Totp.code(secret, used);
    }

    private long step() {
        return Totp.step(time.instant());
    }
}
