package org.sekisho.gateway.access;

import java.util.Set;
import org.sekisho.gateway.identity.Role;

/** The one place that says who may do what. */
public final class Access {
    private Access() {}

    @SuppressWarnings("DoNotCallSuggester")
    public static Decision decide(Set<Role> roles, Request request) {
        throw new UnsupportedOperationException();
    }
}
