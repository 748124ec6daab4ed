package org.sekisho.gateway.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.worker.Progress;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.job.Job;
import org.sekisho.gateway.job.JobRunner;
import org.sekisho.gateway.job.JobState;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.job.Signals;
import org.sekisho.gateway.job.Words;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.store.Ids;

/** Submitting SQL and following it. */
final class JobRoutes {
    private static final int LONGEST_SQL = 100_000;
    private static final int LONGEST_TITLE = 200;
    private static final int MOST_WAITING = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

    private final Jobs jobs;
    private final JobRunner runner;
    private final Projects projects;
    private final Signals signals;
    private final People people;
    private final Gate gate;
    private final AuditLog log;

    JobRoutes(Jobs jobs, JobRunner runner, Projects projects, Signals signals, People people, Gate gate, AuditLog log) {
        this.jobs = jobs;
        this.runner = runner;
        this.projects = projects;
        this.signals = signals;
        this.people = people;
        this.gate = gate;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/projects/{project}/jobs", Caller.SIGNED_IN, Trace.EFFECT, this::submit),
                new Route("GET", "/api/projects/{project}/jobs", Caller.SIGNED_IN, Trace.NONE, this::list),
                new Route("GET", "/api/jobs/{job}", Caller.SIGNED_IN, Trace.NONE, this::one),
                new Route("DELETE", "/api/jobs/{job}", Caller.SIGNED_IN, Trace.EFFECT, this::cancel));
    }

    record Submitted(
            @Nullable String kind,
            @Nullable String sql,
            @Nullable String title) {}

    private Reply submit(Call call) {
        var permit = gate.admit(call, Operation.SUBMIT_JOB, call.path("project"));
        if (call.header("content-type").orElse("").startsWith("multipart/")) {
            throw new Refusal(Reason.NOT_AVAILABLE, "ノートブックの実行はまだできません", "notebooks cannot be run yet");
        }
        var given = Wire.read(call, Submitted.class);
        var sql = sql(given);
        var submission = new Jobs.Submission(
                Ids.fresh("j"),
                permit.project(),
                call.user().id(),
                title(given, sql),
                sql,
                permit.version(),
                call.header("idempotency-key").map(JobRoutes::key).orElse(null));
        var earlier = submission.key() == null ? null : jobs.byKey(submission).orElse(null);
        var job = earlier == null ? accept(call, submission) : earlier;
        if (!job.sql().equals(sql)) {
            throw new Refusal(Reason.KEY_REUSED);
        }
        return Reply.json(
                        202, Fields.of("id", job.id()).and("state", job.state().word()))
                .with("Location", "/api/jobs/" + job.id());
    }

    private Job accept(Call call, Jobs.Submission submission) {
        var intent = log.intent(new Act(
                call.user().name(),
                "job.submit",
                submission.project(),
                submission.id(),
                Map.of("sql-sha256", Hashes.sha256(submission.sql()), "permit", "" + submission.permit())));
        var job = jobs.accept(submission);
        if (jobs.before(job) >= MOST_WAITING && job.id().equals(submission.id())) {
            runner.cancel(job);
            log.outcome(intent, Result.REFUSED, Map.of("reason", "too-many"));
            throw new Refusal(Reason.TOO_MANY, "待っているジョブが多すぎます", "too many jobs wait in this project");
        }
        log.outcome(intent, Result.DONE, Map.of("job", job.id()));
        runner.enqueue(job);
        return job;
    }

    private static String sql(Submitted given) {
        if ("notebook".equals(given.kind())) {
            throw new Refusal(Reason.NOT_AVAILABLE, "ノートブックの実行はまだできません", "notebooks cannot be run yet");
        }
        if (!"sql".equals(given.kind())) {
            throw Refusal.invalid("kind は \"sql\" です", "kind is \"sql\"");
        }
        var sql = given.sql();
        if (sql == null || sql.isBlank()) {
            throw Refusal.invalid("sql に SELECT 文を書いてください", "sql holds a SELECT statement");
        }
        return Plain.text("sql", sql, LONGEST_SQL);
    }

    private static String title(Submitted given, String sql) {
        var title = given.title();
        if (title == null || title.isBlank()) {
            var words = Plain.visible(sql.strip().replaceAll("\\s+", " "));
            return words.length() <= 80 ? words : words.substring(0, words.offsetByCodePoints(0, 60)) + "…";
        }
        return Plain.line("title", title, LONGEST_TITLE);
    }

    private static String key(String header) {
        if (!KEY.matcher(header).matches()) {
            throw Refusal.invalid(
                    "Idempotency-Key は 200 文字までの ASCII です", "Idempotency-Key has at most 200 visible ASCII characters");
        }
        return header;
    }

    private Reply list(Call call) {
        var permit = gate.admit(call, Operation.LIST_JOBS, call.path("project"));
        return Lists.page(
                call,
                (cursor, limit) -> jobs.of(permit.project(), call.user().id(), cursor, limit),
                job -> view(call, job));
    }

    private Reply one(Call call) {
        var wait = Duration.ofSeconds(call.number("wait", 0, 0, (int) LONGEST_WAIT.toSeconds()));
        var job = admitted(call, Operation.READ_JOB);
        if (wait.isZero() || job.state().isFinal()) {
            return Reply.ok(view(call, job));
        }
        var change = signals.next(job.id());
        var now = jobs.find(job.id()).orElseThrow();
        if (now.state() != job.state()) {
            signals.changed(job.id());
            return Reply.ok(view(call, now));
        }
        return new Reply.Later(change, wait, () -> Reply.ok(view(call, admitted(call, Operation.READ_JOB))));
    }

    private Reply cancel(Call call) {
        var job = admitted(call, Operation.CANCEL_JOB);
        var intent = log.intent(new Act(call.user().name(), "job.cancel", job.project(), job.id(), Map.of()));
        var done = runner.cancel(job);
        log.outcome(intent, done ? Result.DONE : Result.REFUSED, Map.of());
        if (!done) {
            throw new Refusal(Reason.WRONG_STATE, "このジョブはすでに終わっています", "this job has ended");
        }
        return Reply.empty(204);
    }

    private Job admitted(Call call, Operation operation) {
        var job = jobs.find(call.path("job")).orElseThrow(() -> gate.refuse(call, operation, "not-found", null, null));
        var permit = projects.permit(job.project()).orElseThrow();
        var author = job.author().equals(call.user().id());
        Stage stage = job.state().stage();
        gate.admit(call, operation, permit, stage, author, job.id());
        return job;
    }

    private Object view(Call call, Job job) {
        var own = job.author().equals(call.user().id());
        return Fields.of("id", job.id())
                .and("project", job.project())
                .and("kind", job.kind())
                .and("title", job.title())
                .and("author", people.name(job.author()))
                .and("sql", own ? job.sql() : null)
                .and("state", job.state().word())
                .and("position", job.state() == JobState.QUEUED ? jobs.before(job) + 1 : null)
                .and(
                        "progress",
                        job.state().isFinal()
                                ? null
                                : runner.progress(job.id())
                                        .map(JobRoutes::progress)
                                        .orElse(null))
                .and("output", job.output())
                .and("error", error(call, job))
                .and("queued", job.queued())
                .and("started", job.started())
                .and("ended", job.ended());
    }

    private static Object progress(Progress progress) {
        return switch (progress) {
            case Progress.Queued(var position) -> Fields.of("phase", "queued").and("position", position);
            case Progress.Running(var percent) ->
                Fields.of("phase", "running").and("fraction", percent < 0 ? null : percent / 100);
            case Progress.Streaming streaming -> Fields.of("phase", "writing");
        };
    }

    private static @Nullable Object error(Call call, Job job) {
        var error = job.error();
        if (error == null) {
            return null;
        }
        var japanese = call.language() == Language.JA ? Words.japanese(error.code()) : null;
        return Fields.of("code", error.code())
                .and("line", error.line())
                .and("column", error.column())
                .and("message", japanese == null ? error.message() : japanese);
    }
}
