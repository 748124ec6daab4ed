package org.sekisho.checker.review;

import static org.sekisho.checker.review.Visibility.Votes.ALL;
import static org.sekisho.checker.review.Visibility.Votes.NONE;
import static org.sekisho.checker.review.Visibility.Votes.OWN;

import java.util.List;

/** Who sees which votes, and which words of a finding, when. A reviewer never sees another's vote before all are in. */
public final class Visibility {
    private Visibility() {}

    /** Whose votes are shown. */
    public enum Votes implements Word {
        NONE,
        OWN,
        ALL
    }

    /** Which words of a finding are shown: an author is never told a count. */
    public enum Words implements Word {
        FOR_AUTHORS,
        FOR_CHECKERS
    }

    /** One row: before the decision and after it. */
    public record Sight(Person person, Votes undecided, Votes decided, Words words) {}

    public static final List<Sight> TABLE = List.of(
            new Sight(Person.AUTHOR, NONE, ALL, Words.FOR_AUTHORS),
            new Sight(Person.MEMBER, NONE, NONE, Words.FOR_AUTHORS),
            new Sight(Person.CHECKER, OWN, ALL, Words.FOR_CHECKERS),
            new Sight(Person.OTHER, NONE, NONE, Words.FOR_AUTHORS));

    public static Votes votes(Person person, OutputState state) {
        var sight = of(person);
        return state.isFinal() ? sight.decided() : sight.undecided();
    }

    public static Words words(Person person) {
        return of(person).words();
    }

    private static Sight of(Person person) {
        return TABLE.stream().filter(row -> row.person() == person).findFirst().orElseThrow();
    }
}
