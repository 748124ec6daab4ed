package org.sekisho.gateway.airlock;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.review.Decision;
import org.sekisho.checker.review.OutputState;

/**
 * Something that wants to leave.
 *
 * @param number position in the order of holding
 * @param author id of a user
 * @param file name under which it would leave
 * @param permit version of the permit under which it was made
 * @param reviews how many independent reviews it needs
 * @param provision id of the data it was made of
 * @param result SHA-256 of the held result
 * @param judgement SHA-256 of the bytes of its judgement
 */
public record Output(
        String id,
        long number,
        String project,
        String author,
        @Nullable String job,
        String title,
        OutputState state,
        String file,
        int permit,
        int reviews,
        String provision,
        String result,
        @Nullable Verdict verdict,
        @Nullable String rules,
        @Nullable String judgement,
        Instant created,
        @Nullable Instant checked,
        @Nullable Instant decided,
        List<Vote> votes,
        @Nullable Released released) {

    /** @param reviewer id of a user */
    public record Vote(String reviewer, Decision decision, String note, Instant at) {}

    /** The bytes that left. */
    public record Released(String file, long bytes, String sha256, boolean amended, long entry, Instant at) {}

    public boolean hasVoteOf(String person) {
        return votes.stream().anyMatch(vote -> vote.reviewer().equals(person));
    }
}
