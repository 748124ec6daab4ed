package org.sekisho.gateway.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.Role;

/**
 * One row: these roles may do this, in this standing towards the project and the thing itself, under such a permit,
 * at such a stage, when it is that sure who they are. Whatever no row admits is not admitted.
 *
 * @param roles empty for what everybody does who is signed in, also somebody without a role
 */
record Rule(
        Operation operation,
        Set<Role> roles,
        Standing standing,
        By by,
        Set<PermitState> permits,
        Set<Stage> stages,
        Set<Assurance> assurances) {
    /** Towards the project. */
    enum Standing {
        ANY,
        MEMBER,
        OUTSIDER
    }

    /** Towards the thing itself. */
    enum By {
        ANY,
        AUTHOR,
        NOT_AUTHOR,
        /** Neither made it nor has voted on it. */
        FRESH_EYES
    }

    static Rule of(Operation operation, Role... roles) {
        var who = EnumSet.noneOf(Role.class);
        who.addAll(Set.of(roles));
        return new Rule(
                operation,
                who,
                Standing.ANY,
                By.ANY,
                EnumSet.allOf(PermitState.class),
                EnumSet.allOf(Stage.class),
                EnumSet.of(Assurance.SIGNED_IN, Assurance.FRESH));
    }

    /** For what people do with their own session and account. */
    static Rule everybody(Operation operation) {
        return of(operation);
    }

    Rule as(Standing standing) {
        return new Rule(operation, roles, standing, by, permits, stages, assurances);
    }

    Rule by(By by) {
        return new Rule(operation, roles, standing, by, permits, stages, assurances);
    }

    Rule under(PermitState first, PermitState... more) {
        return new Rule(operation, roles, standing, by, EnumSet.of(first, more), stages, assurances);
    }

    Rule at(Stage first, Stage... more) {
        return new Rule(operation, roles, standing, by, permits, EnumSet.of(first, more), assurances);
    }

    /** Only right after a second factor was shown. */
    Rule fresh() {
        return sure(EnumSet.of(Assurance.FRESH));
    }

    /** Also while a second factor is still to come. */
    Rule enrolling() {
        return sure(EnumSet.allOf(Assurance.class));
    }

    /** To get the first factor, or, with one that was just shown, a further one. */
    Rule enrollingOrFresh() {
        return sure(EnumSet.of(Assurance.ENROLLING, Assurance.FRESH));
    }

    private Rule sure(Set<Assurance> assurances) {
        return new Rule(operation, roles, standing, by, permits, stages, assurances);
    }

    boolean isFor(Set<Role> caller) {
        return roles.isEmpty() || !Collections.disjoint(roles, caller);
    }

    boolean evenEnrolling() {
        return assurances.contains(Assurance.ENROLLING);
    }

    /** The first thing in the way of somebody whom the rule is for; empty when nothing is. */
    Optional<Reason> obstacle(Request request, Assurance assurance) {
        if (standing == Standing.MEMBER && !request.member()) {
            return Optional.of(Reason.NOT_A_MEMBER);
        }
        if (standing == Standing.OUTSIDER && request.member()) {
            return Optional.of(Reason.OWN_PROJECT);
        }
        return byObstacle(request)
                .or(() -> permits.contains(request.permit()) ? Optional.empty() : Optional.of(permitObstacle(request)))
                .or(() -> stages.contains(request.stage()) ? Optional.empty() : Optional.of(stageObstacle()))
                .or(() -> refuseUnless(assurances.contains(assurance), Reason.STEP_UP));
    }

    boolean forbidsAuthor() {
        return by == By.NOT_AUTHOR || by == By.FRESH_EYES;
    }

    /** What the author is told where the rule {@link #forbidsAuthor}. */
    Reason own() {
        return switch (operation.subject()) {
            case APPLICATION -> Reason.OWN_APPLICATION;
            case ACCOUNT -> Reason.OWN_ACCOUNT;
            case CHANGE, CLOSING -> Reason.OWN_CHANGE;
            case INPUT -> Reason.OWN_INPUT;
            case OUTPUT, JOB, PROJECT, GATEWAY, WORKSPACE, SELF -> Reason.OWN_OUTPUT;
        };
    }

    private Optional<Reason> byObstacle(Request request) {
        return switch (by) {
            case ANY -> Optional.empty();
            case AUTHOR -> refuseUnless(request.authorship() == Authorship.AUTHOR, Reason.NOT_THE_AUTHOR);
            case NOT_AUTHOR -> refuseUnless(request.authorship() != Authorship.AUTHOR, own());
            case FRESH_EYES ->
                switch (request.authorship()) {
                    case NONE -> Optional.empty();
                    case AUTHOR -> Optional.of(own());
                    case REVIEWER -> Optional.of(Reason.ALREADY_REVIEWED);
                };
        };
    }

    private static Optional<Reason> refuseUnless(boolean holds, Reason reason) {
        return holds ? Optional.empty() : Optional.of(reason);
    }

    private static Reason permitObstacle(Request request) {
        return switch (request.permit()) {
            case CLOSED -> Reason.PERMIT_CLOSED;
            case NONE, IN_FORCE, EXPIRED -> Reason.PERMIT_EXPIRED;
        };
    }

    private Reason stageObstacle() {
        return operation == Operation.DOWNLOAD_FILE ? Reason.HELD : Reason.WRONG_STATE;
    }
}
