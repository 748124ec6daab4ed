package org.sekisho.gateway.access;

import static org.sekisho.gateway.identity.Role.ADMIN;
import static org.sekisho.gateway.identity.Role.CHECKER;
import static org.sekisho.gateway.identity.Role.REVIEWER;
import static org.sekisho.gateway.identity.Role.SECURITY;
import static org.sekisho.gateway.identity.Role.STEWARD;

import java.util.Collections;
import java.util.Set;
import org.sekisho.gateway.identity.Role;

/** What an operation is about, and who may know that such a thing exists besides whoever made it. */
enum Subject {
    /** The service itself: no secret. */
    GATEWAY(true, false, Set.of()),
    PROJECT(false, true, Set.of(CHECKER, REVIEWER, SECURITY)),
    JOB(false, false, Set.of()),
    OUTPUT(false, false, Set.of(CHECKER)),
    INPUT(false, true, Set.of(STEWARD)),
    APPLICATION(false, false, Set.of(REVIEWER)),
    WORKSPACE(false, false, Set.of(SECURITY)),
    ACCOUNT(false, false, Set.of(ADMIN));

    private final boolean everybody;
    private final boolean members;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Role> roles;

    Subject(boolean everybody, boolean members, Set<Role> roles) {
        this.everybody = everybody;
        this.members = members;
        this.roles = roles;
    }

    boolean isKnownTo(Set<Role> caller, Request request) {
        return everybody
                || request.authorship() == Authorship.AUTHOR
                || (members && request.member())
                || !Collections.disjoint(roles, caller);
    }
}
