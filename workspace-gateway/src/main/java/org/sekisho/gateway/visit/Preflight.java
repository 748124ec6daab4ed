package org.sekisho.gateway.visit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.Judgement;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.engine.worker.QueryAnswer.Answered;
import org.sekisho.engine.worker.QueryAnswer.Cancelled;
import org.sekisho.engine.worker.QueryAnswer.Failed;
import org.sekisho.engine.worker.QueryAnswer.Refused;
import org.sekisho.gateway.airlock.Earlier;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.airlock.Judging;
import org.sekisho.gateway.airlock.Told;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.intake.Intake;
import org.sekisho.gateway.intake.Taking;
import org.sekisho.gateway.job.Provisioning;
import org.sekisho.gateway.job.QueryEngine;
import org.sekisho.gateway.project.Permit;

/**
 * Applies the rules to what might be submitted, tells what an author of a held output is told, and keeps nothing. Every
 * answer says a little about the data (whether a count is below the threshold), so that asking is bounded per project and
 * hour, and is in the log. Whether the person may has been asked before.
 */
public final class Preflight {
    private static final int MOST_AN_HOUR = 60;
    private static final int MOST_AT_ONCE = 2;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String FILE = "result.csv";

    private final Provisioning provisioning;
    private final QueryEngine engine;
    private final Judging judging;
    private final Earlier earlier;
    private final Scratch scratch;
    private final AuditLog log;
    private final Clock clock;
    private final Intake intake = new Intake(Submitting.MOST_FILES, Submitting.MOST_BYTES);
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Map<String, Deque<Instant>> asked = new ConcurrentHashMap<>();

    public Preflight(
            Provisioning provisioning,
            QueryEngine engine,
            Judging judging,
            Earlier earlier,
            Scratch scratch,
            AuditLog log,
            Clock clock) {
        this.provisioning = provisioning;
        this.engine = engine;
        this.judging = judging;
        this.earlier = earlier;
        this.scratch = scratch;
        this.log = log;
        this.clock = clock;
    }

    /** The answer. */
    public sealed interface Checked {
        record Judged(Told told) implements Checked {}

        /** The statement was not run to its end. The words quote nothing of the data. */
        record Failure(
                String code,
                @Nullable Integer line,
                @Nullable Integer column,
                Text words) implements Checked {}

        /** The words say which file, and why. */
        record NotTaken(boolean tooLarge, Text words) implements Checked {}

        /** As often asked in the last hour as may be. */
        record TooOften() implements Checked {}

        /** As many run as this gateway runs at once. */
        record Busy() implements Checked {}
    }

    public Checked sql(User person, Permit permit, String sql) {
        var act = new Act(
                person.name(), "output.preflight", permit.project(), null, Map.of("sql-sha256", Hashes.sha256(sql)));
        return checked(permit, act, folder -> sql(permit, sql, folder));
    }

    /** @param home in the hands of the visitor */
    public Checked files(User person, Permit permit, String workspace, Path home, List<String> paths) {
        var act = new Act(
                person.name(),
                "output.preflight",
                permit.project(),
                workspace,
                Map.of("files", Integer.toString(paths.size())));
        return checked(permit, act, folder -> files(permit, home, paths, folder));
    }

    private Checked checked(Permit permit, Act act, Function<Path, Checked> work) {
        if (!places.tryAcquire()) {
            return new Checked.Busy();
        }
        try {
            if (!count(permit.project())) {
                log.record(act.with("reason", "too-often"), Result.REFUSED);
                return new Checked.TooOften();
            }
            var intent = log.intent(act);
            Checked answer = new Checked.Busy();
            try (var folder = scratch.of(permit.project())) {
                answer = work.apply(folder.path());
                return answer;
            } finally {
                log.outcome(intent, answer instanceof Checked.Judged ? Result.DONE : Result.FAILED, detail(answer));
            }
        } finally {
            places.release();
        }
    }

    private static Map<String, String> detail(Checked answer) {
        return switch (answer) {
            case Checked.Judged(var told) -> Map.of("verdict", told.verdict());
            case Checked.Failure failure -> Map.of("code", failure.code());
            case Checked.NotTaken notTaken -> Map.of("code", "not-taken");
            case Checked.TooOften tooOften -> Map.of();
            case Checked.Busy busy -> Map.of();
        };
    }

    private boolean count(String project) {
        var times = asked.computeIfAbsent(project, absent -> new ArrayDeque<>());
        synchronized (times) {
            var now = clock.instant();
            while (!times.isEmpty() && times.peekFirst().isBefore(now.minus(HOUR))) {
                times.removeFirst();
            }
            if (times.size() >= MOST_AN_HOUR) {
                return false;
            }
            times.addLast(now);
            return true;
        }
    }

    private Checked sql(Permit permit, String sql, Path folder) {
        var provision = provisioning.of(permit);
        return switch (engine.run(provision, sql, folder, new Cancellation(), progress -> {})) {
            case Answered answered -> {
                engine.explain(provision, sql, folder, new Cancellation());
                yield told(judging.judge(permit.rules(), folder, FILE, earlier.of(permit.project(), "preflight")));
            }
            case Refused refused -> failure(refused.code(), refused.line(), refused.column(), refused.message());
            case Failed failed -> failure(failed.code(), failed.line(), failed.column(), failed.message());
            case Cancelled cancelled -> failure("cancelled", null, null, "It was cancelled.");
        };
    }

    private Checked files(Permit permit, Path home, List<String> paths, Path folder) {
        var submitted = folder.resolve("submitted");
        var leaving = folder.resolve("leaving");
        Scratch.make(submitted);
        Scratch.make(leaving);
        return switch (intake.take(home, Submitting.FROM, paths, submitted)) {
            case Taking.NotTaken refused ->
                new Checked.NotTaken(
                        refused.why() == Taking.Why.TOO_LARGE,
                        Problem.ofFiles(refused).words());
            case Taking.Taken(var files) ->
                told(judging.judgeFiles(
                        permit.rules(),
                        submitted,
                        files.stream().map(file -> file.name()).toList(),
                        leaving));
        };
    }

    private static Checked told(Judgement judgement) {
        return new Checked.Judged(Told.of(judgement));
    }

    private static Checked failure(String code, @Nullable Integer line, @Nullable Integer column, String message) {
        return new Checked.Failure(
                code,
                line,
                column,
                Problem.ofStatement(422, code, line, column, message).words());
    }
}
