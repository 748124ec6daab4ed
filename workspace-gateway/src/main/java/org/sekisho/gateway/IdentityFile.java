package org.sekisho.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.IdentitySettings;
import org.sekisho.gateway.identity.ProviderSettings;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.SecondFactor;

/** The member {@code identity} of the configuration. */
record IdentityFile(
        @JsonProperty("second-factor") @Nullable String secondFactor,
        @Nullable String address,
        @Nullable ProviderFile provider) {
    static final IdentityFile EMPTY = new IdentityFile(null, null, null);

    record ProviderFile(
            @Nullable String name,
            @Nullable String issuer,
            @Nullable String client,
            @JsonProperty("client-secret-file") @Nullable String secretFile,
            @JsonProperty("roles-claim") @Nullable String rolesClaim,
            @Nullable Map<String, String> roles,
            @Nullable String acr,
            @JsonProperty("second-factor") @Nullable String secondFactor) {}

    /** @throws IllegalArgumentException that says which member is wrong, and how */
    IdentitySettings settings(boolean demo) {
        var policy = secondFactor(demo);
        return new IdentitySettings(policy, provider == null ? null : provider(provider, policy));
    }

    private SecondFactor secondFactor(boolean demo) {
        if (secondFactor == null) {
            return demo ? SecondFactor.OPTIONAL : SecondFactor.REQUIRED;
        }
        return SecondFactor.parse(secondFactor)
                .orElseThrow(() -> new IllegalArgumentException("identity.second-factor is required or optional"));
    }

    private ProviderSettings provider(ProviderFile file, SecondFactor policy) {
        var vouches = "provided".equals(file.secondFactor());
        if (file.secondFactor() != null && !vouches) {
            throw new IllegalArgumentException("identity.provider.second-factor is provided, or not there");
        }
        if (policy == SecondFactor.REQUIRED && !vouches && file.acr() == null) {
            throw new IllegalArgumentException("identity.provider needs acr, the authentication context that means a"
                    + " second factor, or second-factor: provided when the provider asks everybody for one");
        }
        return new ProviderSettings(
                Objects.requireNonNullElse(file.name(), "OpenID Connect"),
                web("identity.provider.issuer", file.issuer()),
                needed("identity.provider.client", file.client()),
                secret(file.secretFile()),
                web("identity.address", address),
                Objects.requireNonNullElse(file.rolesClaim(), "roles"),
                roles(file.roles()),
                file.acr(),
                vouches);
    }

    private static String needed(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    /** Over TLS, unless it stays on this machine. */
    private static URI web(String name, @Nullable String text) {
        try {
            var uri = URI.create(needed(name, text));
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || isLoopback(uri))) {
                return uri;
            }
        } catch (IllegalArgumentException | UnknownHostException malformed) {
            // answered below
        }
        throw new IllegalArgumentException(name + " is an address such as https://tre.example.org");
    }

    private static boolean isLoopback(URI uri) throws UnknownHostException {
        return "http".equals(uri.getScheme())
                && InetAddress.getByName(uri.getHost()).isLoopbackAddress();
    }

    private static @Nullable String secret(@Nullable String file) {
        if (file == null) {
            return null;
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("identity.provider.client-secret-file names a file that can be read");
        }
    }

    private static Map<String, Role> roles(@Nullable Map<String, String> given) {
        var roles = new HashMap<String, Role>();
        (given == null ? Map.<String, String>of() : given)
                .forEach((word, code) -> roles.put(
                        word,
                        Role.parse(code)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "identity.provider.roles: there is no role '" + code + "'"))));
        return roles;
    }
}
