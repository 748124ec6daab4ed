package org.sekisho.gateway.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Evidence;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.review.Decision;
import org.sekisho.checker.review.OutputAct;
import org.sekisho.checker.review.OutputState;
import org.sekisho.checker.review.Person;
import org.sekisho.gateway.access.Authorship;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Request;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.airlock.HeldFolders;
import org.sekisho.gateway.airlock.Judgements;
import org.sekisho.gateway.airlock.Output;
import org.sekisho.gateway.airlock.Output.ReleasedFile;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.airlock.Outputs.Wanted;
import org.sekisho.gateway.airlock.ReviewDesk;
import org.sekisho.gateway.airlock.ReviewDesk.Voted;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.job.Job;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.job.Signals;

/** The airlock: lists, reviews, files, evidence, certificates. */
final class OutputRoutes {
    private static final String CSV = "text/csv";
    /** Which of two tables somebody was shown, or got: that with every cell, or that with cells hidden. */
    private static final String COMPUTED = "computed";

    private static final String AMENDED = "amended";
    private static final int LONGEST_NOTE = 4_000;
    private static final int MOST_ROWS = 5_000;
    private static final int MOST_RELATED = 20;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Outputs outputs;
    private final Jobs jobs;
    private final HeldFolders held;
    private final Judgements judgements;
    private final ReviewDesk desk;
    private final Signals signals;
    private final OutputView views;
    private final Gate gate;
    private final AuditLog log;
    private final Looks looks;

    OutputRoutes(
            Outputs outputs,
            Jobs jobs,
            HeldFolders held,
            Judgements judgements,
            ReviewDesk desk,
            Signals signals,
            OutputView views,
            Gate gate,
            AuditLog log,
            Looks looks) {
        this.outputs = outputs;
        this.jobs = jobs;
        this.held = held;
        this.judgements = judgements;
        this.desk = desk;
        this.signals = signals;
        this.views = views;
        this.gate = gate;
        this.log = log;
        this.looks = looks;
    }

    List<Route> routes() {
        var one = "/api/outputs/{output}";
        return List.of(
                new Route("GET", "/api/outputs", Caller.SIGNED_IN, Trace.NONE, this::list),
                new Route("GET", one, Caller.SIGNED_IN, Trace.LOOK, this::one),
                new Route("GET", one + "/files/{name}", Caller.SIGNED_IN, Trace.EFFECT, this::file),
                new Route("GET", one + "/evidence", Caller.SIGNED_IN, Trace.LOOK, this::evidence),
                new Route("GET", one + "/evidence/rows", Caller.SIGNED_IN, Trace.LOOK, this::rows),
                new Route("POST", one + "/reviews", Caller.SIGNED_IN, Trace.EFFECT, this::review),
                new Route("POST", one + "/withdraw", Caller.SIGNED_IN, Trace.EFFECT, this::withdraw),
                new Route("GET", one + "/certificate", Caller.SIGNED_IN, Trace.LOOK, this::certificate));
    }

    private Reply list(Call call) {
        gate.admit(call, Operation.LIST_OUTPUTS);
        var user = call.user();
        // The two ways to see one, whatever its state: as a member who made it, or as a checker from outside.
        var own = Request.of(Operation.VIEW_OUTPUT).member(true).by(Authorship.AUTHOR);
        var others = Request.of(Operation.VIEW_OUTPUT);
        var wanted = new Wanted(
                gate.admits(call, own) ? user.id() : null,
                gate.admits(call, others) ? user.id() : null,
                call.query("state").map(OutputRoutes::state).orElse(null),
                call.query("project").orElse(null));
        return Lists.page(
                call,
                (cursor, limit) -> outputs.list(wanted, cursor, limit),
                output -> views.line(output, gate.person(output, user), user));
    }

    private static OutputState state(String word) {
        try {
            return OutputState.parse(word);
        } catch (IllegalArgumentException unknown) {
            throw Refusal.invalid("state に知らない値があります", "state is " + unknown.getMessage());
        }
    }

    private Reply one(Call call) {
        var wait = Duration.ofSeconds(call.number("wait", 0, 0, (int) LONGEST_WAIT.toSeconds()));
        var output = find(call, Operation.VIEW_OUTPUT);
        var person = gate.admit(call, Operation.VIEW_OUTPUT, OutputAct.SEE, output);
        if (!wait.isZero() && output.state() == OutputState.CHECKING) {
            var change = signals.next(output.id());
            var now = outputs.find(output.id()).orElseThrow();
            if (now.state() != OutputState.CHECKING) {
                signals.changed(output.id());
                return seen(call, now);
            }
            return new Reply.Later(change, wait, () -> seen(call, find(call, Operation.VIEW_OUTPUT)));
        }
        return seen(call, output, person);
    }

    private Reply seen(Call call, Output output) {
        return seen(call, output, gate.admit(call, Operation.VIEW_OUTPUT, OutputAct.SEE, output));
    }

    // An author follows an own output as often as the page likes; a checker's look at findings is an act.
    private Reply seen(Call call, Output output, Person person) {
        var session = call.signedIn().id();
        if (person != Person.AUTHOR && looks.isNew(session, output.id())) {
            look(call, "output.view", output, Map.of());
            looks.happened(session, output.id());
        }
        return Reply.ok(views.whole(output, person, call.user()));
    }

    private Reply file(Call call) {
        var output = find(call, Operation.DOWNLOAD_FILE);
        return gate.person(output, call.user()) == Person.CHECKER ? preview(call, output) : download(call, output);
    }

    private Reply download(Call call, Output output) {
        gate.admit(call, Operation.DOWNLOAD_FILE, OutputAct.DOWNLOAD, output);
        var file = released(output, call.path("name"));
        var intent = log.intent(act(call, "output.download", output)
                .with("sha256", file.sha256())
                .with("file", file.name())
                .with("version", file.amended() ? AMENDED : COMPUTED));
        var bytes = held.read(output, file.held())
                .filter(found -> Hashes.sha256(found).equals(file.sha256()));
        log.outcome(intent, bytes.isPresent() ? Result.DONE : Result.FAILED, Map.of());
        return Attachment.of(bytes.orElseThrow(() -> new Refusal(Reason.BYTES_CHANGED)), file.name(), file.type());
    }

    private static ReleasedFile released(Output output, String name) {
        var released = output.released();
        var files = released == null ? List.<ReleasedFile>of() : released.files();
        return files.stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
    }

    private Reply preview(Call call, Output output) {
        gate.admit(call, Operation.PREVIEW_FILE, OutputAct.PREVIEW, output);
        var file = views.filesOf(judgement(output)).stream()
                .filter(found -> found.name().equals(call.path("name")))
                .findFirst()
                .orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        // No hash of bytes that may stay inside: the judgement, whose seal the log holds, names them.
        look(call, "output.preview", output, Map.of("file", file.name()));
        return Attachment.of(bytes(output, file), file.name(), file.type());
    }

    private Reply evidence(Call call) {
        var output = find(call, Operation.READ_EVIDENCE);
        gate.admit(call, Operation.READ_EVIDENCE, OutputAct.READ_EVIDENCE, output);
        var judgement = judgement(output);
        var file = looked(call, judgement);
        look(call, "output.evidence", output, detail(judgement, file));
        var evidence = evidence(judgement, file);
        var table = grid(output, file, evidence, 0, MOST_ROWS);
        return Reply.ok(Fields.of("judgement", views.judgement(judgement, file, evidence))
                .and("file", file == null ? null : file.name())
                .and("table", table)
                .and("amended", grid(output, amended(judgement, file), evidence, 0, MOST_ROWS))
                .and("truncated", table != null && table.truncated(0))
                .and("total", table == null ? 0 : table.total())
                .and("sql", sql(output))
                .and("related", related(output, judgement.evidence())));
    }

    /** The newest releases of the project, and whichever the output differs from by few. */
    private List<Fields> related(Output output, Evidence evidence) {
        var related = new LinkedHashMap<String, Output>();
        var compared = evidence.compared();
        if (compared != null) {
            compared.differences().stream()
                    .map(Evidence.Beside::release)
                    .distinct()
                    .flatMap(id -> outputs.find(id).stream())
                    .forEach(each -> related.put(each.id(), each));
        }
        outputs.releasedBefore(output, MOST_RELATED).forEach(each -> related.putIfAbsent(each.id(), each));
        return related.values().stream().map(views::related).toList();
    }

    private Reply rows(Call call) {
        var output = find(call, Operation.READ_EVIDENCE);
        gate.admit(call, Operation.READ_EVIDENCE, OutputAct.READ_EVIDENCE, output);
        var offset = call.number("offset", 0, 0, Integer.MAX_VALUE);
        var limit = call.number("limit", 1_000, 1, MOST_ROWS);
        var judgement = judgement(output);
        var file = looked(call, judgement);
        var detail = new HashMap<>(detail(judgement, file));
        detail.put("offset", Integer.toString(offset));
        look(call, "output.evidence", output, detail);
        var evidence = evidence(judgement, file);
        return Reply.ok(Fields.of("table", grid(output, file, evidence, offset, limit))
                .and("amended", grid(output, amended(judgement, file), evidence, offset, limit)));
    }

    /** The file that a checker looks at: the one that is named, or the first table, or the first of all. */
    private static @Nullable CheckedFile looked(Call call, Judgement judgement) {
        var name = call.query("file").orElse(null);
        if (name != null) {
            return judgement.files().stream()
                    .filter(file -> file.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        }
        return judgement.files().stream()
                .filter(file -> file.type().equals(CSV))
                .findFirst()
                .orElse(judgement.files().stream().findFirst().orElse(null));
    }

    private static Map<String, String> detail(Judgement judgement, @Nullable CheckedFile file) {
        if (file == null) {
            return Map.of();
        }
        var version = amended(judgement, file) == null ? COMPUTED : COMPUTED + ", " + AMENDED;
        return Map.of("file", file.name(), "version", version);
    }

    private static @Nullable CheckedFile amended(Judgement judgement, @Nullable CheckedFile file) {
        return file == null ? null : Judgements.amended(judgement, file).orElse(null);
    }

    /** Of several tables, the evidence of the one that is looked at; numbers over all of them stay. */
    private static Evidence evidence(Judgement judgement, @Nullable CheckedFile file) {
        var whole = judgement.evidence();
        return whole.tables().stream()
                .filter(table -> file != null && table.file().equals(file.name()))
                .findFirst()
                .map(table -> new Evidence(
                        table.structure(),
                        table.cells(),
                        table.cellsTruncated(),
                        table.audit(),
                        whole.tables(),
                        whole.compared()))
                .orElse(whole);
    }

    private @Nullable Grid grid(Output output, @Nullable CheckedFile file, Evidence evidence, int offset, int limit) {
        return file == null || !file.type().equals(CSV)
                ? null
                : Grid.of(bytes(output, file), evidence.structure(), offset, limit);
    }

    record Review(@Nullable String decision, @Nullable String note) {}

    private Reply review(Call call) {
        var output = find(call, Operation.REVIEW_OUTPUT);
        gate.admit(call, Operation.REVIEW_OUTPUT, OutputAct.VOTE, output);
        var given = Wire.read(call, Review.class);
        return switch (desk.vote(output, call.user(), decision(given), note(given))) {
            case Voted.Counted(var now) -> Reply.json(201, views.whole(now, Person.CHECKER, call.user()));
            case Voted.Declined(var why) -> throw declined(why);
        };
    }

    private static Decision decision(Review given) {
        try {
            return Decision.parse(given.decision() == null ? "" : given.decision());
        } catch (IllegalArgumentException unknown) {
            throw Refusal.invalid("decision に知らない値があります", "decision is " + unknown.getMessage());
        }
    }

    private static String note(Review given) {
        return Plain.text("note", given.note() == null ? "" : given.note().strip(), LONGEST_NOTE);
    }

    private static Refusal declined(ReviewDesk.Why why) {
        return switch (why) {
            case WRONG_STATE -> new Refusal(Reason.WRONG_STATE);
            case ALREADY_REVIEWED -> new Refusal(Reason.ALREADY_REVIEWED);
            case ON_HOLD -> new Refusal(Reason.ON_HOLD);
            case NOTE_NEEDED ->
                new Refusal(
                        Reason.NOTE_NEEDED,
                        "判定が clear でない成果物をそのまま持ち出すには、note に理由を書いてください",
                        "to release an output as it stands although its verdict is not clear, say why in note");
            case VERDICT ->
                new Refusal(
                        Reason.VERDICT,
                        "この成果物には、その決定で持ち出せる内容がありません",
                        "this output has no bytes that this decision could let out");
            case BYTES_CHANGED -> new Refusal(Reason.BYTES_CHANGED);
            case OVERTAKEN -> new Refusal(Reason.OVERTAKEN);
        };
    }

    private Reply withdraw(Call call) {
        var output = find(call, Operation.WITHDRAW_OUTPUT);
        gate.admit(call, Operation.WITHDRAW_OUTPUT, OutputAct.WITHDRAW, output);
        if (!desk.withdraw(output, call.user())) {
            throw new Refusal(Reason.WRONG_STATE);
        }
        return Reply.ok(views.whole(outputs.find(output.id()).orElseThrow(), Person.AUTHOR, call.user()));
    }

    private Reply certificate(Call call) {
        var output = find(call, Operation.READ_CERTIFICATE);
        gate.admit(call, Operation.READ_CERTIFICATE, OutputAct.READ_CERTIFICATE, output);
        look(call, "certificate.read", output, Map.of());
        var text = outputs.certificate(output.id()).orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        return Reply.bytes("application/json", text.getBytes(StandardCharsets.UTF_8))
                .with("Content-Disposition", "inline; filename=\"certificate-" + output.id() + ".json\"");
    }

    private Output find(Call call, Operation operation) {
        return outputs.find(call.path("output"))
                .orElseThrow(() -> gate.refuse(call, operation, "not-found", null, null));
    }

    private Judgement judgement(Output output) {
        return judgements.of(output).orElseThrow(() -> new Refusal(Reason.WRONG_STATE));
    }

    private byte[] bytes(Output output, CheckedFile file) {
        return held.read(output, file.name())
                .filter(found -> Hashes.sha256(found).equals(file.sha256()))
                .orElseThrow(() -> new Refusal(Reason.BYTES_CHANGED));
    }

    private @Nullable String sql(Output output) {
        return output.job() == null
                ? null
                : jobs.find(output.job())
                        .map(Job::sql)
                        .filter(sql -> !sql.isEmpty())
                        .orElse(null);
    }

    private void look(Call call, String action, Output output, Map<String, String> detail) {
        var act = act(call, action, output);
        log.record(new Act(act.actor(), action, act.project(), act.object(), detail), Result.DONE);
    }

    private static Act act(Call call, String action, Output output) {
        User user = call.user();
        return new Act(user.name(), action, output.project(), output.id(), Map.of());
    }
}
