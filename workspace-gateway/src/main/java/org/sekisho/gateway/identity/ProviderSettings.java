package org.sekisho.gateway.identity;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A provider of identities elsewhere (OpenID Connect).
 *
 * @param name as people know it
 * @param issuer exactly as the provider writes it
 * @param client this gateway's name there
 * @param secret null for a public client, which PKCE protects alone
 * @param address where browsers find this gateway: scheme, host and port
 * @param rolesClaim where in the ID token the roles stand; steps are parted by dots
 * @param roles from words of that claim to roles; other words give nothing
 * @param acr the authentication context that is asked for, and without which nobody gets in; null when any will do
 * @param vouches whether whoever comes from there has shown a second factor
 */
public record ProviderSettings(
        String name,
        URI issuer,
        String client,
        @Nullable String secret,
        URI address,
        String rolesClaim,
        Map<String, Role> roles,
        @Nullable String acr,
        boolean vouches) {
    public ProviderSettings {
        roles = Map.copyOf(roles);
    }

    URI arrival() {
        return address.resolve("/api/session/provider/arrival");
    }

    URI afterwards() {
        return address.resolve("/signin");
    }
}
