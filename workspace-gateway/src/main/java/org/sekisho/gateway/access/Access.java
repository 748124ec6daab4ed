package org.sekisho.gateway.access;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.gateway.identity.Role;

/** The one place that says who may do what. */
public final class Access {
    private static final Set<Operation> ALWAYS = Set.of(Operation.READ_SESSION, Operation.END_OWN_SESSION);
    private static final Map<Operation, List<Rule>> RULES =
            Rules.TABLE.stream().collect(Collectors.groupingBy(Rule::operation));

    private Access() {}

    /**
     * Total: every combination has an answer, and one that no rule admits is refused or invisible. A caller with
     * several roles may do what one of them may, unless the roles conflict.
     */
    public static Decision decide(Set<Role> roles, Request request) {
        if (Rules.conflict(roles) && !ALWAYS.contains(request.operation())) {
            return denied(roles, request, Reason.ROLE_CONFLICT);
        }
        var rules = RULES.getOrDefault(request.operation(), List.of());
        var obstacle = obstacle(roles, request, rules);
        return obstacle.isEmpty() ? new Decision.Admitted() : denied(roles, request, obstacle.get());
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
    private static Optional<Reason> obstacle(Set<Role> roles, Request request, List<Rule> rules) {
        var mine = rules.stream()
                .filter(rule -> !Collections.disjoint(rule.roles(), roles))
                .toList();
        var reasons = mine.stream().map(rule -> rule.obstacle(request)).toList();
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
