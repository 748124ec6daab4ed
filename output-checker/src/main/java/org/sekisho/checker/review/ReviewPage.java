package org.sekisho.checker.review;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The tables of this package as a Markdown page, so that the page people read cannot differ from what holds. */
final class ReviewPage {
    private ReviewPage() {}

    static String markdown() {
        return """
                # How an output is decided

                Generated from the tables in `org.sekisho.checker.review`; a test compares the two.

                ## States
                %s
                ## Permissions
                What somebody is to an output is the first of author, member, checker, other that holds.

                %s
                ## Visibility
                Votes before and after the decision, and which words of a finding.

                %s
                ## Two votes
                With one review the vote decides. With two, nothing is decided, and neither vote is shown, before both are in.

                %s""".formatted(transitions(), permissions(), visibility(), votes());
    }

    private static String transitions() {
        return table(
                List.of("state", "event", "next"),
                Transitions.TABLE,
                row -> Stream.of(row.from().word(), row.event().word(), row.to().word()));
    }

    private static String permissions() {
        var head = Stream.concat(
                        Stream.of("who", "act"),
                        Arrays.stream(OutputState.values()).map(Word::word))
                .toList();
        return table(
                head,
                Permissions.TABLE,
                row -> Stream.concat(
                        Stream.of(row.person().word(), row.act().word()),
                        row.answers().stream().map(Word::word)));
    }

    private static String visibility() {
        return table(
                List.of("who", "votes while undecided", "votes when decided", "words"),
                Visibility.TABLE,
                row -> Stream.of(
                        row.person().word(),
                        row.undecided().word(),
                        row.decided().word(),
                        row.words().word()));
    }

    private static String votes() {
        var head = Stream.concat(Stream.of(""), Arrays.stream(Decision.values()).map(Word::word))
                .toList();
        return table(
                head,
                List.of(Decision.values()),
                one -> Stream.concat(
                        Stream.of(one.word()), Arrays.stream(Decision.values()).map(other -> together(one, other))));
    }

    private static String together(Decision one, Decision other) {
        return switch (Ballot.count(2, List.of(one, other))) {
            case Ballot.Decided(var decision) -> decision.word();
            case Ballot.Open(var missing) -> throw new IllegalStateException(missing + " missing of two");
        };
    }

    private static <T> String table(List<String> head, List<T> rows, Function<T, Stream<String>> cells) {
        return line(head.stream())
                + line(head.stream().map(name -> "---"))
                + rows.stream().map(row -> line(cells.apply(row))).collect(joining());
    }

    private static String line(Stream<String> cells) {
        return cells.collect(joining(" | ", "| ", " |\n"));
    }
}
