package org.sekisho.gateway.access;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Training;

/** The page {@code ACCESS.md}: the table as people read it. */
final class AccessPage {
    private AccessPage() {}

    static String markdown() {
        return Stream.of(
                        List.of(
                                "# Who may do what, when",
                                "",
                                "Generated from the table in `org.sekisho.gateway.access`; a test compares the two. What no row"
                                        + " admits is not admitted.",
                                "",
                                "## Acts",
                                "A caller with several roles may do what one of them may. *Towards the project*: a member of it, or"
                                        + " an outsider to it. *Towards the thing*: its author, anybody but its author, or fresh"
                                        + " eyes, which neither made it nor voted on it. *Sure*: how sure it has to be who asks:"
                                        + " signed in with everything that is asked of the account; fresh, with a second factor"
                                        + " shown within the last five minutes (for an account that has and needs none, always);"
                                        + " enrolling, with a password alone and a second factor still to come.",
                                "",
                                "| act | roles | towards the project | towards the thing | permit | state | sure |",
                                "| --- | --- | --- | --- | --- | --- | --- |"),
                        Rules.TABLE.stream().map(AccessPage::row).toList(),
                        List.of(
                                "",
                                "## Training",
                                "A role counts while all its trainings are in force. Until then it admits to nothing, and its holder"
                                        + " is told so.",
                                "",
                                "| role | needs |",
                                "| --- | --- |"),
                        Arrays.stream(Role.values()).map(AccessPage::trained).toList(),
                        List.of(
                                "",
                                "## Roles that one person does not hold together",
                                "Whoever does, may do nothing but with the own session and account.",
                                "",
                                "| role | not with |",
                                "| --- | --- |"),
                        Rules.CONFLICTS.entrySet().stream()
                                .map(conflict ->
                                        "| " + conflict.getKey().code() + " | " + roles(conflict.getValue()) + " |")
                                .toList(),
                        List.of(
                                "",
                                "## Who may know that a thing exists",
                                "Besides whoever made it. To everybody else the answer is the same as for a thing that does not"
                                        + " exist.",
                                "",
                                "| thing | known to | acts |",
                                "| --- | --- | --- |"),
                        Arrays.stream(Subject.values()).map(AccessPage::known).toList(),
                        List.of(
                                "",
                                "## Reasons of a refusal",
                                "",
                                Arrays.stream(Reason.values())
                                        .map(reason -> "`" + reason.code() + "`")
                                        .collect(Collectors.joining(" "))))
                .flatMap(List::stream)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String row(Rule rule) {
        return "| "
                + String.join(
                        " | ",
                        words(rule.operation()),
                        rule.roles().isEmpty() ? "everybody" : roles(rule.roles()),
                        rule.standing() == Rule.Standing.ANY ? "any" : words(rule.standing()),
                        rule.by() == Rule.By.ANY ? "any" : words(rule.by()),
                        some(rule.permits(), PermitState.values()),
                        some(rule.stages(), Stage.values()),
                        some(rule.assurances(), Assurance.values()))
                + " |";
    }

    private static String trained(Role role) {
        var needed = Rules.training(role).stream().sorted().map(Training::code).collect(Collectors.joining(", "));
        return "| " + role.code() + " | " + (needed.isEmpty() ? "nothing" : needed) + " |";
    }

    private static String known(Subject subject) {
        var acts = Arrays.stream(Operation.values())
                .filter(operation -> operation.subject() == subject)
                .map(AccessPage::words)
                .collect(Collectors.joining(", "));
        return "| " + words(subject) + " | " + subject.knownTo() + " | " + acts + " |";
    }

    private static String roles(Set<Role> roles) {
        return roles.size() == Role.values().length
                ? "every role"
                : roles.stream().sorted().map(Role::code).collect(Collectors.joining(", "));
    }

    private static <E extends Enum<E>> String some(Set<E> some, E[] all) {
        return some.size() == all.length
                ? "any"
                : some.stream()
                        .sorted(Comparator.naturalOrder())
                        .map(AccessPage::words)
                        .collect(Collectors.joining(", "));
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
