package org.sekisho.gateway.identity;

import java.util.Set;

/**
 * A person with an account.
 *
 * @param id opaque, never reused
 * @param name what the person signs in with
 */
public record User(String id, String name, String displayName, Set<Role> roles) {
    public User {
        roles = Set.copyOf(roles);
    }
}
