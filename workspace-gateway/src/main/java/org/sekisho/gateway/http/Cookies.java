package org.sekisho.gateway.http;

import org.jspecify.annotations.Nullable;

/** The one cookie: it names a session and nothing else, scripts cannot read it, other sites do not send it. */
final class Cookies {
    static final String NAME = "sekisho";

    private Cookies() {}

    /** The session's value in a Cookie header; none when it stands there twice. */
    static @Nullable String session(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String found = null;
        for (var pair : header.split(";", -1)) {
            var halves = pair.strip().split("=", 2);
            if (halves.length == 2 && halves[0].equals(NAME)) {
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

    static String clear(boolean secure) {
        return set("", 0, secure);
    }
}
