package org.sekisho.gateway.http;

import org.jspecify.annotations.Nullable;

/** The cookie that names a session and nothing else: scripts cannot read it, other sites do not send it. */
final class Cookies {
    static final String NAME = "sekisho";
    private static final String TICKET = "sekisho-departure";

    private Cookies() {}

    /** The session's value in a Cookie header; none when it stands there twice. */
    static @Nullable String session(@Nullable String header) {
        return value(NAME, header);
    }

    /** What a browser carries to the provider and back. Lax, for it comes back from another site. */
    static @Nullable String ticket(@Nullable String header) {
        return value(TICKET, header);
    }

    private static @Nullable String value(String name, @Nullable String header) {
        if (header == null) {
            return null;
        }
        String found = null;
        for (var pair : header.split(";", -1)) {
            var halves = pair.strip().split("=", 2);
            if (halves.length == 2 && halves[0].equals(name)) {
                if (found != null) {
                    return null;
                }
                found = halves[1];
            }
        }
        return found;
    }

    static String set(String value, long seconds, boolean secure) {
        return NAME + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }

    static String ticket(String value, long seconds, boolean secure) {
        return TICKET + "=" + value + "; Path=/api/session/provider; Max-Age=" + seconds + "; HttpOnly; SameSite=Lax"
                + (secure ? "; Secure" : "");
    }

    static String clear(boolean secure) {
        return set("", 0, secure);
    }
}
