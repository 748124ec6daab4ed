package org.sekisho.gateway.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.vault.Vault;
import org.sekisho.engine.worker.Progress;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.catalogue.GrantedTables;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.job.CellProgress;
import org.sekisho.gateway.job.Job;
import org.sekisho.gateway.job.JobRunner;
import org.sekisho.gateway.job.JobState;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.job.Notebook;
import org.sekisho.gateway.job.NotebookFile;
import org.sekisho.gateway.job.NotebookFiles;
import org.sekisho.gateway.job.Signals;
import org.sekisho.gateway.job.Words;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.store.Ids;
import org.sekisho.gateway.workspace.BroughtImage;
import org.sekisho.gateway.workspace.BroughtImages;

/** Submitting SQL and notebooks, and following them. */
final class JobRoutes {
    private static final int LONGEST_SQL = 100_000;
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_CONTEXT = 4_000;

    /** A notebook and the form around it. */
    static final int LONGEST_BODY = NotebookFile.MOST_BYTES + (64 << 10);

    private static final Pattern NOTEBOOKS = Pattern.compile("/api/projects/[^/]+/jobs");
    private static final int MOST_WAITING = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");

    private final Jobs jobs;
    private final JobRunner runner;
    private final NotebookFiles files;
    private final Projects projects;
    private final BroughtImages images;
    private final Signals signals;
    private final People people;
    private final Vault vault;
    private final Gate gate;
    private final AuditLog log;

    JobRoutes(
            Jobs jobs,
            JobRunner runner,
            NotebookFiles files,
            Projects projects,
            BroughtImages images,
            Signals signals,
            People people,
            Vault vault,
            Gate gate,
            AuditLog log) {
        this.jobs = jobs;
        this.runner = runner;
        this.files = files;
        this.projects = projects;
        this.images = images;
        this.signals = signals;
        this.people = people;
        this.vault = vault;
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

    /** Whether this is the request that brings a notebook. */
    static boolean takesNotebooks(String method, String path, @Nullable String type) {
        return method.equals("POST")
                && type != null
                && type.startsWith("multipart/")
                && NOTEBOOKS.matcher(path).matches();
    }

    private Reply submit(Call call) {
        var permit = gate.admit(call, Operation.SUBMIT_JOB, call.path("project"));
        return Multipart.is(call) ? submitNotebook(call, permit) : submitSql(call, permit);
    }

    private Reply submitSql(Call call, Permit permit) {
        var given = Wire.read(call, Submitted.class);
        var sql = sql(given);
        return submit(
                call,
                submission(call, permit, title(given, sql), sql, "", null, null),
                () -> {},
                Map.of("sql-sha256", Hashes.sha256(sql), "tables", GrantedTables.namedIn(vault, permit, sql)));
    }

    private Reply submitNotebook(Call call, Permit permit) {
        if (!permit.visiting().notebooks()) {
            throw new Refusal(Reason.NOT_PERMITTED, "この利用許可ではノートブックを実行できません", "the permit does not give notebooks");
        }
        var form = Multipart.read(call).only("kind", "title", "context", "image", "notebook");
        if (!form.text("kind").orElse("").equals("notebook")) {
            throw Refusal.invalid("kind は \"notebook\" です", "kind is \"notebook\" in a form");
        }
        var bytes = form.bytes("notebook")
                .orElseThrow(() -> Refusal.invalid("notebook に .ipynb を入れてください", "notebook holds an .ipynb"));
        var notebook = notebook(bytes);
        var image = form.text("image").filter(given -> !given.isEmpty()).map(given -> image(permit, given));
        var title = form.text("title").filter(given -> !given.isBlank()).orElse("notebook");
        var submission = submission(
                call,
                permit,
                Plain.line("title", title, LONGEST_TITLE),
                "",
                Plain.text("context", form.text("context").orElse("").strip(), LONGEST_CONTEXT),
                notebook,
                image.map(BroughtImage::name).orElse(null));
        var detail = new HashMap<>(Map.of("notebook-sha256", notebook.sha256(), "kernel", notebook.kernel()));
        image.ifPresent(named -> detail.putAll(Map.of("image", named.name(), "image-digest", named.digest())));
        return submit(call, submission, () -> files.keep(permit.project(), submission.id(), bytes), detail);
    }

    private BroughtImage image(Permit permit, String name) {
        return images.of(permit).stream()
                .filter(image -> image.name().equals(name) && image.notebook())
                .findFirst()
                .orElseThrow(
                        () -> Refusal.invalid(
                                "image に、このプロジェクトに持ち込まれたノートブック用のイメージの名前を書いてください。既定のイメージなら image を省きます",
                                "image names an image for notebooks that the project has brought in; leave it out for the usual one"));
    }

    private static Notebook notebook(byte[] bytes) {
        return switch (NotebookFile.read(bytes)) {
            case NotebookFile.Reading.Understood(var notebook) -> notebook;
            case NotebookFile.Reading.NotUnderstood(var why) ->
                throw switch (why) {
                    case TOO_LARGE ->
                        new Refusal(Reason.TOO_LARGE, "ノートブックは 20 MB までです", "a notebook has at most 20 MB");
                    case NOT_JSON -> Refusal.invalid("ノートブックの JSON として読めません", "the notebook is not JSON");
                    case TOO_MUCH ->
                        Refusal.invalid(
                                "ノートブックの値が多すぎるか、入れ子が深すぎます。出力を消して保存し直してください",
                                "the notebook has too many values, or they nest too deep; clear its outputs and save it again");
                    case FORMAT ->
                        Refusal.invalid("nbformat 4 のノートブックだけを実行できます", "only notebooks of nbformat 4 are run");
                    case CELLS ->
                        Refusal.invalid(
                                "セルの形が正しくないか、500 個を超えています",
                                "a cell of the notebook is malformed, or there are more than 500");
                    case KERNEL ->
                        Refusal.invalid(
                                "カーネルは python3 か ir（R）にしてください", "the kernel of the notebook is python3 or ir (R)");
                    case NO_CODE -> Refusal.invalid("コードのセルがありません", "the notebook has no cell with code");
                };
        };
    }

    private static Jobs.Submission submission(
            Call call,
            Permit permit,
            String title,
            String sql,
            String context,
            @Nullable Notebook notebook,
            @Nullable String image) {
        return new Jobs.Submission(
                Ids.fresh("j"),
                permit.project(),
                call.user().id(),
                title,
                sql,
                context,
                notebook,
                image,
                permit.version(),
                call.header("idempotency-key").map(JobRoutes::key).orElse(null));
    }

    /** @param keep makes durable what the job needs besides its row */
    private Reply submit(Call call, Jobs.Submission submission, Runnable keep, Map<String, String> detail) {
        var earlier = submission.key() == null ? null : jobs.byKey(submission).orElse(null);
        var job = earlier == null ? accept(call, submission, keep, detail) : earlier;
        if (!submission.matches(job)) {
            throw new Refusal(Reason.KEY_REUSED);
        }
        return Reply.json(
                        202, Fields.of("id", job.id()).and("state", job.state().word()))
                .with("Location", "/api/jobs/" + job.id());
    }

    private Job accept(Call call, Jobs.Submission submission, Runnable keep, Map<String, String> detail) {
        var permitted = new HashMap<>(detail);
        permitted.put("permit", Integer.toString(submission.permit()));
        var intent =
                log.intent(new Act(call.user().name(), "job.submit", submission.project(), submission.id(), permitted));
        keep.run();
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
        if (Job.NOTEBOOK.equals(given.kind())) {
            throw new Refusal(
                    Reason.MEDIA_TYPE,
                    "ノートブックは multipart/form-data で送ってください",
                    "a notebook is sent as multipart/form-data");
        }
        if (!Job.SQL.equals(given.kind())) {
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
                (cursor, limit) -> jobs.of(permit.project(), call.user().id(), kind(call), cursor, limit),
                job -> view(call, job));
    }

    private static @Nullable String kind(Call call) {
        var kind = call.query("kind").orElse(null);
        if (kind != null && !kind.equals(Job.SQL) && !kind.equals(Job.NOTEBOOK)) {
            throw Refusal.invalid("kind は sql か notebook です", "kind is sql or notebook");
        }
        return kind;
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
                .and("sql", own && job.notebook() == null ? job.sql() : null)
                .and("kernel", job.notebook() == null ? null : job.notebook().kernel())
                .and("cells", job.notebook() == null ? null : job.notebook().cells())
                .and("image", job.image())
                .and("state", job.state().word())
                .and("position", job.state() == JobState.QUEUED ? jobs.before(job) + 1 : null)
                .and(
                        "progress",
                        job.state().isFinal()
                                ? null
                                : runner.cell(job.id())
                                        .map(JobRoutes::progress)
                                        .or(() -> runner.progress(job.id()).map(JobRoutes::progress))
                                        .orElse(null))
                .and("output", job.output())
                .and("error", error(call, job))
                .and("queued", job.queued())
                .and("started", job.started())
                .and("ended", job.ended());
    }

    private static Object progress(CellProgress progress) {
        return Fields.of("phase", "running").and("cell", progress.cell()).and("of", progress.of());
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
                .and("cell", error.cell())
                .and("class", error.errorClass())
                .and("message", japanese == null ? error.message() : japanese);
    }
}
