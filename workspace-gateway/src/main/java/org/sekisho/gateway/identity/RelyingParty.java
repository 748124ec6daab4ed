package org.sekisho.gateway.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The site that passkeys belong to, as browsers see it.
 *
 * @param id a host name: neither an address in numbers nor with a port
 * @param origin scheme, host and port
 */
public record RelyingParty(String id, String origin) {
    private static final Pattern NUMBERS = Pattern.compile("\\[.*|[0-9.]+");

    /** Empty where browsers offer no passkeys: at an address in numbers. */
    public static Optional<RelyingParty> at(boolean secure, String host) {
        var name = host.replaceFirst(":[0-9]+$", "");
        if (NUMBERS.matcher(name).matches() || (!secure && !name.equals("localhost"))) {
            return Optional.empty();
        }
        return Optional.of(new RelyingParty(name, (secure ? "https://" : "http://") + host));
    }
}
