package org.sekisho.gateway.access;

import static org.sekisho.gateway.identity.Role.ADMIN;
import static org.sekisho.gateway.identity.Role.CHECKER;
import static org.sekisho.gateway.identity.Role.REVIEWER;
import static org.sekisho.gateway.identity.Role.SECURITY;
import static org.sekisho.gateway.identity.Role.STEWARD;

import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sekisho.gateway.identity.Role;

/** What an operation is about, and who may know that such a thing exists besides whoever made it. */
enum Subject {
    /** The caller's own session and account. */
    SELF(true, false, Set.of()),
    /** The service itself: no secret. */
    GATEWAY(true, false, Set.of()),
    PROJECT(false, true, Set.of(CHECKER, REVIEWER, SECURITY)),
    /** The end of a project. */
    CLOSING(false, false, Set.of(REVIEWER, SECURITY)),
    JOB(false, false, Set.of()),
    OUTPUT(false, false, Set.of(CHECKER)),
    INPUT(false, true, Set.of(STEWARD)),
    APPLICATION(false, false, Set.of(REVIEWER)),
    WORKSPACE(false, false, Set.of(SECURITY)),
    ACCOUNT(false, false, Set.of(ADMIN, SECURITY)),
    CHANGE(false, false, Set.of(ADMIN, SECURITY));

    private final boolean everybody;
    private final boolean members;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Role> roles;

    Subject(boolean everybody, boolean members, Set<Role> roles) {
        this.everybody = everybody;
        this.members = members;
        this.roles = roles;
    }

    /** In words. */
    String knownTo() {
        if (everybody) {
            return "everybody";
        }
        var named = roles.stream().sorted().map(Role::code).collect(Collectors.joining(", "));
        return Stream.of(members ? "members" : "", named)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), words -> words.isEmpty() ? "nobody" : words));
    }

    boolean isKnownTo(Set<Role> caller, Request request) {
        return everybody
                || request.authorship() == Authorship.AUTHOR
                || (members && request.member())
                || !Collections.disjoint(roles, caller);
    }
}
