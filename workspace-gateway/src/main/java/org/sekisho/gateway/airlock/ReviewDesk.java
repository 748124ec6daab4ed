package org.sekisho.gateway.airlock;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.review.Ballot;
import org.sekisho.checker.review.Decision;
import org.sekisho.checker.review.Event;
import org.sekisho.gateway.airlock.Output.Vote;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.job.Signals;
import org.sekisho.gateway.project.Projects;

/** Takes votes and withdrawals. Whether this person may at all has been asked before. */
public final class ReviewDesk {
    private final Outputs outputs;
    private final Projects projects;
    private final Judgements judgements;
    private final Releases releases;
    private final AuditLog log;
    private final Signals signals;
    private final Clock clock;
    private final Consumer<String> again;

    /** @param again has an output judged once more */
    public ReviewDesk(
            Outputs outputs,
            Projects projects,
            Judgements judgements,
            Releases releases,
            AuditLog log,
            Signals signals,
            Clock clock,
            Consumer<String> again) {
        this.outputs = outputs;
        this.projects = projects;
        this.judgements = judgements;
        this.releases = releases;
        this.log = log;
        this.signals = signals;
        this.clock = clock;
        this.again = again;
    }

    /** The answer to a vote. */
    public sealed interface Voted {
        /** @param output as it is now */
        record Counted(Output output) implements Voted {}

        record Declined(Why why) implements Voted {}
    }

    public enum Why {
        /** Not held any more, or all votes are in. */
        WRONG_STATE,
        ALREADY_REVIEWED,
        /** Nothing of the project is released for now. */
        ON_HOLD,
        /** The verdict is not clear: a release as it stands needs words. */
        NOTE_NEEDED,
        /** The verdict is refuse, or there is a file without bytes that could leave. */
        VERDICT,
        BYTES_CHANGED,
        /** Something else of the project left since it was judged: it is judged anew, and votes begin again. */
        OVERTAKEN
    }

    public Voted vote(Output output, User reviewer, Decision wanted, String note) {
        if (output.hasVoteOf(reviewer.id())) {
            return new Voted.Declined(Why.ALREADY_REVIEWED);
        }
        var decision = meant(output, wanted);
        var obstacle = obstacle(output, decision, note);
        return obstacle != null ? new Voted.Declined(obstacle) : count(output, reviewer, decision, note);
    }

    /** @return false when it is decided already */
    public boolean withdraw(Output output, User author) {
        var intent = log.intent(new Act(author.name(), "output.withdraw", output.project(), output.id(), Map.of()));
        var done = outputs.change(output.id(), Event.WITHDRAWN, clock.instant());
        log.outcome(intent, done ? Result.DONE : Result.REFUSED, Map.of());
        signals.changed(output.id());
        return done;
    }

    // Without an amended version the two releases are the same bytes, and are counted as the same vote.
    private Decision meant(Output output, Decision wanted) {
        var nothingToAmend =
                output.verdict() == Verdict.CLEAR && amended(output).isEmpty() && wanted == Decision.RELEASE_AMENDED;
        return nothingToAmend ? Decision.RELEASE : wanted;
    }

    private @Nullable Why obstacle(Output output, Decision decision, String note) {
        if (!decision.isRelease()) {
            return null;
        }
        if (projects.isOnHold(output.project())) {
            return Why.ON_HOLD;
        }
        var whole = judgements
                .of(output)
                .filter(found -> Judgements.isWhole(output, found))
                .isPresent();
        if (!whole || output.verdict() == Verdict.REFUSE) {
            return Why.VERDICT;
        }
        if (decision == Decision.RELEASE_AMENDED && amended(output).isEmpty()) {
            return Why.VERDICT;
        }
        var needsWords = decision == Decision.RELEASE && output.verdict() != Verdict.CLEAR;
        return needsWords && note.isBlank() ? Why.NOTE_NEEDED : null;
    }

    private List<CheckedFile> amended(Output output) {
        return judgements.of(output).map(Judgement::amended).orElse(List.of());
    }

    private Voted count(Output output, User reviewer, Decision decision, String note) {
        var intent = log.intent(new Act(
                reviewer.name(),
                "output.review",
                output.project(),
                output.id(),
                Map.of("decision", decision.word(), "note-sha256", Hashes.sha256(note))));
        var voted = outputs.vote(output.id(), new Vote(reviewer.id(), decision, note, clock.instant()));
        log.outcome(intent, voted.isPresent() ? Result.DONE : Result.REFUSED, Map.of());
        if (voted.isEmpty()) {
            return new Voted.Declined(Why.WRONG_STATE);
        }
        signals.changed(output.id());
        return decide(voted.get());
    }

    private Voted decide(Output output) {
        var votes = output.votes().stream().map(Vote::decision).toList();
        if (Ballot.count(output.reviews(), votes) instanceof Ballot.Decided(var decision)) {
            switch (releases.carryOut(output, decision)) {
                case BYTES_CHANGED -> {
                    return new Voted.Declined(Why.BYTES_CHANGED);
                }
                case OVERTAKEN -> {
                    again.accept(output.id());
                    return new Voted.Declined(Why.OVERTAKEN);
                }
                case CARRIED_OUT, WRONG_STATE -> {}
            }
        }
        return new Voted.Counted(outputs.find(output.id()).orElse(output));
    }
}
