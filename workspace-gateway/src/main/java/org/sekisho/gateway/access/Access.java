package org.sekisho.gateway.access;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Training;

/** The one place that says who may do what. */
public final class Access {
    private static final Map<Operation, Section> SECTIONS = sections();

    /**
     * The rows of one operation.
     *
     * @param own what its author is told, where no row is for authors; null where some row is
     */
    private record Section(List<Rule> rules, boolean evenEnrolling, @Nullable Reason own) {
        static Section of(List<Rule> rules) {
            var nobodysOwn = !rules.isEmpty() && rules.stream().allMatch(Rule::forbidsAuthor);
            return new Section(
                    rules,
                    rules.stream().anyMatch(Rule::evenEnrolling),
                    nobodysOwn ? rules.getFirst().own() : null);
        }
    }

    private Access() {}

    /**
     * Total: every combination has an answer, and one that no rule admits is refused or invisible. A caller with
     * several roles may do what one of them may, unless the roles conflict. A role whose training has lapsed admits to
     * nothing, and its holder is told so where the role would have admitted. Whoever still needs a second factor is
     * told that and nothing else.
     */
    public static Decision decide(Caller caller, Request request) {
        var section = SECTIONS.getOrDefault(request.operation(), Section.of(List.of()));
        if (caller.assurance() == Assurance.ENROLLING && !section.evenEnrolling()) {
            return new Decision.Refused(Reason.ENROL);
        }
        var effective = caller.effective();
        var decision = decide(effective, caller, request, section);
        if (effective.size() == caller.roles().size() || decision instanceof Decision.Admitted) {
            return decision;
        }
        var trained = decide(caller.roles(), caller, request, section);
        return trained instanceof Decision.Admitted ? new Decision.Refused(Reason.TRAINING) : decision;
    }

    private static Decision decide(Set<Role> roles, Caller caller, Request request, Section section) {
        if (request.operation().subject() != Subject.SELF && Rules.conflict(caller.roles())) {
            return denied(roles, request, Reason.ROLE_CONFLICT);
        }
        var obstacle = obstacle(roles, caller.assurance(), request, section);
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
    private static Optional<Reason> obstacle(
            Set<Role> roles, Assurance assurance, Request request, Section section) {
        Optional<Reason> first = Optional.empty();
        for (var rule : section.rules()) {
            if (rule.isFor(roles)) {
                var obstacle = rule.obstacle(request, assurance);
                if (obstacle.isEmpty()) {
                    return Optional.empty();
                }
                first = first.isEmpty() ? obstacle : first;
            }
        }
        if (section.own() != null && request.authorship() == Authorship.AUTHOR) {
            return Optional.of(section.own());
        }
        return first.isEmpty() ? Optional.of(Reason.ROLE) : first;
    }

    private static Map<Operation, Section> sections() {
        var sections = new EnumMap<Operation, Section>(Operation.class);
        for (var operation : Operation.values()) {
            sections.put(
                    operation,
                    Section.of(Rules.TABLE.stream()
                            .filter(rule -> rule.operation() == operation)
                            .toList()));
        }
        return sections;
    }
}
