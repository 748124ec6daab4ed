package org.sekisho.gateway.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The people who may sign in. */
@SuppressWarnings("DoNotCallSuggester")
public final class Accounts {
    Accounts() {}

    /** @throws IllegalArgumentException for a name that is taken or malformed, or a password that is too short */
    public User create(String name, String displayName, Set<Role> roles, String password) {
        throw new UnsupportedOperationException();
    }

    public Optional<User> named(String name) {
        throw new UnsupportedOperationException();
    }

    public Optional<User> withId(String id) {
        throw new UnsupportedOperationException();
    }

    /** Ordered by name. */
    public List<User> all() {
        throw new UnsupportedOperationException();
    }

    /** Ends every session of the user. */
    public void changePassword(String id, String password) {
        throw new UnsupportedOperationException();
    }

    /** Ends every session of the user. */
    public void changeRoles(String id, Set<Role> roles) {
        throw new UnsupportedOperationException();
    }

    /** Creates the demo accounts that are missing, all with the password {@code sekisho-demo}. */
    public void createDemo() {
        throw new UnsupportedOperationException();
    }
}
