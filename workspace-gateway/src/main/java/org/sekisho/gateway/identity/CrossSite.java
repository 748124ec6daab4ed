package org.sekisho.gateway.identity;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request may have been made by somebody else's page. A browser adds cookies by itself and tokens never, so
 * only cookies are at risk; and it always says where an unsafe request came from, so silence is refused.
 */
public final class CrossSite {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private CrossSite() {}

    /**
     * True when the request must be refused.
     *
     * @param host of the request line or Host header, with its port unless it is the scheme's own
     * @param fetchSite the Sec-Fetch-Site header
     */
    public static boolean forbids(
            Session.Kind kind,
            String method,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String fetchSite) {
        if (kind == Session.Kind.BEARER || SAFE.contains(method)) {
            return false;
        }
        if (origin != null) {
            return !sameHost(origin, host) || (fetchSite != null && !fetchSite.equals("same-origin"));
        }
        return !"same-origin".equals(fetchSite);
    }

    /** For a WebSocket handshake, which is a GET and yet acts with the cookie: an Origin of ours, always. */
    public static boolean forbidsSocket(@Nullable String host, @Nullable String origin) {
        return origin == null || !sameHost(origin, host);
    }

    private static boolean sameHost(String origin, @Nullable String host) {
        if (host == null) {
            return false;
        }
        try {
            var from = URI.create(origin);
            var web = "http".equals(from.getScheme()) || "https".equals(from.getScheme());
            return web
                    && from.getRawAuthority() != null
                    && lower(from.getRawAuthority()).equals(lower(host));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
