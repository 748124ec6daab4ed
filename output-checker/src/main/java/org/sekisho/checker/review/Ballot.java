package org.sekisho.checker.review;

import java.util.List;

/** What the votes about one output come to. Nothing is decided before all votes that the permit asks for are in. */
public sealed interface Ballot {
    /** How many votes are still missing. */
    record Open(int missing) implements Ballot {}

    record Decided(Decision decision) implements Ballot {}

    /**
     * Counts the votes of different reviewers.
     *
     * @param needed how many independent reviews the permit asks for, 1 or more
     */
    static Ballot count(int needed, List<Decision> votes) {
        return votes.size() < needed ? new Open(needed - votes.size()) : new Decided(decide(votes));
    }

    /**
     * All alike: that. All for a release, but not of the same bytes: the amended ones, which say less.
     * Anything else: it goes back to the author, since one reviewer alone neither lets out nor ends.
     */
    private static Decision decide(List<Decision> votes) {
        var first = votes.getFirst();
        if (votes.stream().allMatch(vote -> vote == first)) {
            return first;
        }
        return votes.stream().allMatch(Decision::isRelease) ? Decision.RELEASE_AMENDED : Decision.RETURN;
    }
}
