package org.sekisho.gateway.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway listens and by which names it answers.
 *
 * @param port 0 for any free one
 * @param names host names besides the loopback ones that a Host header may carry
 */
public record Binding(
        String host, int port, Set<String> names, @Nullable Tls tls) {
    /**
     * PEM files.
     *
     * @param clientAuthorities who signs the certificates without which nobody connects; null where none is asked for
     */
    public record Tls(Path certificate, Path key, @Nullable Path clientAuthorities) {}

    public Binding {
        if (tls == null && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "'" + host + "' is not a loopback address: listening there needs tls.certificate and tls.key");
        }
    }

    public boolean isLoopback() {
        return isLoopback(host);
    }

    /** DNS rebinding reaches us under a name of somebody else; such a Host header is not answered. */
    boolean answersTo(@Nullable String header, int boundPort) {
        if (header == null) {
            return false;
        }
        var lower = header.toLowerCase(Locale.ROOT);
        var colon = lower.lastIndexOf(':');
        var hasPort = colon > lower.lastIndexOf(']');
        var name = hasPort ? lower.substring(0, colon) : lower;
        var port = hasPort ? lower.substring(colon + 1) : (tls == null ? "80" : "443");
        return port.equals(Integer.toString(boundPort))
                && (Set.of("127.0.0.1", "localhost", "[::1]").contains(name) || names.contains(name));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + host + "' is not an address of this machine");
        }
    }
}
