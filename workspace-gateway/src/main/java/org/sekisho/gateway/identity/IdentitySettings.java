package org.sekisho.gateway.identity;

import org.jspecify.annotations.Nullable;

/**
 * How people sign in.
 *
 * @param provider of identities elsewhere; null where all accounts are local
 */
public record IdentitySettings(
        SecondFactor secondFactor, @Nullable ProviderSettings provider) {
    public static IdentitySettings local(SecondFactor secondFactor) {
        return new IdentitySettings(secondFactor, null);
    }
}
