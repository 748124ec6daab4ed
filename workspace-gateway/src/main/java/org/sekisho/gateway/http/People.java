package org.sekisho.gateway.http;

import java.util.List;
import java.util.Optional;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.User;

/** How persons are shown: by the name they sign in with. */
final class People {
    private final Accounts accounts;

    People(Accounts accounts) {
        this.accounts = accounts;
    }

    String name(String id) {
        return accounts.withId(id).map(User::name).orElse(id);
    }

    /** The name of the account that is meant by what was typed; empty when there is none. */
    Optional<String> account(String typed) {
        return accounts.named(typed).map(User::name);
    }

    /** The ids of these names; says which one nobody has. */
    List<String> ids(List<String> names) {
        return names.stream()
                .map(name -> accounts.named(name)
                        .map(User::id)
                        .orElseThrow(() -> Refusal.invalid(
                                "members に知らない名前があります", "members names somebody who has no account here")))
                .toList();
    }

    Object named(String id) {
        return accounts.withId(id)
                .<Object>map(user ->
                        Fields.of("id", user.id()).and("name", user.name()).and("displayName", user.displayName()))
                .orElse(id);
    }

    static Object user(User user) {
        return Fields.of("id", user.id())
                .and("name", user.name())
                .and("displayName", user.displayName())
                .and("roles", user.roles().stream().sorted().map(Role::code).toList());
    }
}
