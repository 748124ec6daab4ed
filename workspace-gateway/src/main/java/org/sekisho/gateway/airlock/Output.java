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
 * @param workspace that its files were submitted from
 * @param context what the author says of it
 * @param names of its files as the author knows them, in the author's order
 * @param permit version of the permit under which it was made
 * @param reviews how many independent reviews it needs
 * @param provision id of the data it was made of
 * @param judgement seal of the bytes of its judgement
 */
public record Output(
        String id,
        long number,
        String project,
        String author,
        @Nullable String job,
        String title,
        OutputState state,
        Origin origin,
        @Nullable String workspace,
        String context,
        List<String> names,
        int permit,
        int reviews,
        String provision,
        @Nullable Verdict verdict,
        @Nullable String rules,
        @Nullable String judgement,
        Instant created,
        @Nullable Instant checked,
        @Nullable Instant decided,
        List<Vote> votes,
        @Nullable Released released) {
    public Output {
        names = List.copyOf(names);
        votes = List.copyOf(votes);
    }

    /** @param reviewer id of a user */
    public record Vote(String reviewer, Decision decision, String note, Instant at) {}

    /**
     * What left.
     *
     * @param amended whether any of the files was changed
     * @param entry of the log that announced it
     */
    public record Released(List<ReleasedFile> files, boolean amended, long entry, Instant at) {
        public Released {
            files = List.copyOf(files);
        }
    }

    /**
     * The bytes that left.
     *
     * @param name that the author knows
     * @param held name of the held file: another one when these bytes are the amended ones
     */
    public record ReleasedFile(String name, String held, String type, long bytes, String sha256) {
        public boolean amended() {
            return !name.equals(held);
        }
    }

    public boolean hasVoteOf(String person) {
        return votes.stream().anyMatch(vote -> vote.reviewer().equals(person));
    }
}
