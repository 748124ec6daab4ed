package org.sekisho.gateway.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Training;

/** The one place that says who may do what. */
public final class Access {
    private static final Map<Operation, List<Rule>> RULES =
            Rules.TABLE.stream().collect(Collectors.groupingBy(Rule::operation));

    private Access() {}

    /**
     * Total: every combination has an answer, and one that no rule admits is refused or invisible. A caller with
     * several roles may do what one of them may, unless the roles conflict. A role whose training has lapsed admits to
     * nothing, and its holder is told so where the role would have admitted. Whoever still needs a second factor is
     * told that and nothing else.
     */
    public static Decision decide(Caller caller, Request request) {
        var rules = RULES.getOrDefault(request.operation(), List.of());
        if (caller.assurance() == Assurance.ENROLLING && rules.stream().noneMatch(Rule::evenEnrolling)) {
            return new Decision.Refused(Reason.ENROL);
        }
        var effective = caller.effective();
        var decision = decide(effective, caller, request, rules);
        if (effective.size() == caller.roles().size() || decision instanceof Decision.Admitted) {
            return decision;
        }
        var trained = decide(caller.roles(), caller, request, rules);
        return trained instanceof Decision.Admitted ? new Decision.Refused(Reason.TRAINING) : decision;
    }

    private static Decision decide(Set<Role> roles, Caller caller, Request request, List<Rule> rules) {
        if (Rules.conflict(caller.roles()) && request.operation().subject() != Subject.SELF) {
            return denied(roles, request, Reason.ROLE_CONFLICT);
        }
        var obstacle = obstacle(roles, caller.assurance(), request, rules);
        return obstacle.isEmpty() ? new Decision.Admitted() : denied(roles, request, obstacle.get());
    }

    /** Which of the roles do not count for want of a training. */
    public static Set<Role> lapsed(Set<Role> roles, Set<Training> inForce) {
        return roles.stream()
                .filter(role -> !inForce.containsAll(Rules.training(role)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether one person may hold these roles together. */
    public static boolean compatible(Set<Role> roles) {
        return !Rules.conflict(roles);
    }

    private static Decision denied(Set<Role> roles, Request request, Reason reason) {
        var known = request.operation().subject().isKnownTo(roles, request);
        return known ? new Decision.Refused(reason) : new Decision.Invisible();
    }

    /** An author is told so before anything about roles: that refusal must not depend on them. */
    private static Optional<Reason> obstacle(Set<Role> roles, Assurance assurance, Request request, List<Rule> rules) {
        var reasons = rules.stream()
                .filter(rule -> rule.isFor(roles))
                .map(rule -> rule.obstacle(request, assurance))
                .toList();
        if (reasons.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        var author = request.authorship() == Authorship.AUTHOR;
        var own = rules.stream().filter(Rule::forbidsAuthor).findFirst();
        if (author && own.isPresent() && rules.stream().allMatch(Rule::forbidsAuthor)) {
            return Optional.of(own.get().own());
        }
        return reasons.isEmpty() ? Optional.of(Reason.ROLE) : reasons.getFirst();
    }
}
