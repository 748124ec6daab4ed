package org.sekisho.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.ingress.Ingress;
import org.sekisho.gateway.ingress.Ingress.Begun;
import org.sekisho.gateway.ingress.Ingress.Taken;
import org.sekisho.gateway.ingress.Ingress.Wish;
import org.sekisho.gateway.ingress.Input;
import org.sekisho.gateway.ingress.InputKind;
import org.sekisho.gateway.ingress.InputState;
import org.sekisho.gateway.ingress.Inputs;
import org.sekisho.gateway.ingress.Obstacle;
import org.sekisho.gateway.project.Projects;

/** What members bring in: pieces go up, words and hashes come back, and never a byte. */
final class InputRoutes {
    /** The pieces of an upload are larger than other requests. */
    static final int LONGEST_PIECE = 4 << 20;

    private static final String PIECES = "application/offset+octet-stream";
    private static final int LONGEST_NOTE = 4_000;
    private static final int LONGEST_PURPOSE = 1_000;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern OFFSET = Pattern.compile("0|[1-9][0-9]{0,14}");

    private final Ingress ingress;
    private final Inputs inputs;
    private final Projects projects;
    private final InputView views;
    private final Gate gate;
    private final AuditLog log;

    InputRoutes(Ingress ingress, Inputs inputs, Projects projects, InputView views, Gate gate, AuditLog log) {
        this.ingress = ingress;
        this.inputs = inputs;
        this.projects = projects;
        this.views = views;
        this.gate = gate;
        this.log = log;
    }

    List<Route> routes() {
        var one = "/api/inputs/{input}";
        return List.of(
                new Route("POST", "/api/projects/{project}/inputs", Caller.SIGNED_IN, Trace.EFFECT, this::begin),
                new Route("GET", "/api/inputs", Caller.SIGNED_IN, Trace.NONE, this::list),
                new Route("GET", one, Caller.SIGNED_IN, Trace.LOOK, this::one),
                new Route("PATCH", one, Caller.SIGNED_IN, Trace.EFFECT, this::take),
                new Route("DELETE", one, Caller.SIGNED_IN, Trace.EFFECT, this::withdraw),
                new Route("POST", one + "/reviews", Caller.SIGNED_IN, Trace.EFFECT, this::review),
                new Route("POST", one + "/verifications", Caller.SIGNED_IN, Trace.EFFECT, this::verify));
    }

    /** Whether the body of such a request may be as long as {@link #LONGEST_PIECE}. */
    static boolean isPiece(String method, String target) {
        return method.equals("PATCH") && target.startsWith("/api/inputs/");
    }

    record Brought(
            @Nullable String name,
            @Nullable Long bytes,
            @Nullable String sha256,
            @Nullable String purpose,
            @Nullable String kind) {}

    private Reply begin(Call call) {
        var permit = gate.admit(call, Operation.BRING_INPUT, call.path("project"));
        var wish = wish(permit.project(), Wire.read(call, Brought.class));
        var begun = ingress.begin(call.user(), wish);
        return switch (begun) {
            case Begun.Open(var input) ->
                at(Reply.json(201, views.whole(input, call.user())), input)
                        .with("Location", "/api/inputs/" + input.id());
            case Begun.Declined(var obstacle) -> throw declined(obstacle, wish.kind());
        };
    }

    private static Wish wish(String project, Brought given) {
        var name = given.name();
        if (name == null || !Ingress.isName(name)) {
            throw Refusal.invalid(
                    "name は 200 バイトまでのファイル名です。記号（/ \\ : * ? \" < > |）、見えない文字、先頭の . と - は使えません",
                    "name is the name of a file of at most 200 bytes: no / \\ : * ? \" < > |, nothing unseen, no leading . or -");
        }
        var bytes = given.bytes();
        if (bytes == null || bytes < 1) {
            throw Refusal.invalid("bytes はファイルの大きさ（1 以上）です", "bytes is the size of the file, at least 1");
        }
        var kind = InputKind.of(given.kind() == null ? "" : given.kind())
                .orElseThrow(() -> Refusal.invalid(
                        "kind は file、python-wheel、r-package、container-image のいずれかです",
                        "kind is file, python-wheel, r-package or container-image"));
        if (kind == InputKind.CONTAINER_IMAGE && !Ingress.isImageName(name)) {
            throw Refusal.invalid(
                    "コンテナイメージの name は「名前.tar」か「名前_版.tar」です（oncology_1.2.tar など。名前は英小文字、数字、. と - で 41 文字まで）",
                    "the name of a container image is NAME.tar or NAME_VERSION.tar, such as oncology_1.2.tar; NAME has at most"
                            + " 41 lower-case letters, digits, . and -");
        }
        var purpose = given.purpose();
        if (purpose == null || purpose.isBlank()) {
            throw Refusal.invalid("purpose に持ち込む理由を書いてください", "purpose says what it is brought in for");
        }
        var sha256 = given.sha256();
        if (sha256 != null && !SHA256.matcher(sha256).matches()) {
            throw Refusal.invalid("sha256 は 64 桁の 16 進数（小文字）です", "sha256 has 64 lower-case hexadecimal digits");
        }
        return new Wish(project, name, kind, bytes, sha256, Plain.text("purpose", purpose.strip(), LONGEST_PURPOSE));
    }

    private Refusal declined(Obstacle obstacle, InputKind kind) {
        var limits = ingress.limits();
        return switch (obstacle) {
            case NAME_TAKEN ->
                new Refusal(
                        Reason.NAME_TAKEN,
                        "名前を変えるか、先の持込みを取り下げてください。配置済みのものは置き換えません",
                        "take another name, or withdraw the earlier one; what is delivered is not replaced");
            case TOO_LARGE ->
                new Refusal(
                        Reason.TOO_LARGE,
                        "この種類の持込みは一つ %,d バイトまでです".formatted(limits.bytes(kind)),
                        "an input of this kind has at most %,d bytes".formatted(limits.bytes(kind)));
            case QUOTA ->
                new Refusal(
                        Reason.QUOTA,
                        "プロジェクトの持込みは %,d 件、合計 %,d バイトまでです".formatted(limits.projectInputs(), limits.projectBytes()),
                        "a project has at most %,d inputs of %,d bytes together"
                                .formatted(limits.projectInputs(), limits.projectBytes()));
            case NO_ROOM -> new Refusal(Reason.NO_ROOM);
            case NOT_PERMITTED ->
                new Refusal(
                        Reason.NOT_PERMITTED,
                        "このイメージは利用許可の visiting.software に載っていません（image:oncology のように書きます）",
                        "the permit's visiting.software does not name this image, as image:oncology would");
            case NAME_OF_OURS ->
                new Refusal(
                        Reason.NAME_TAKEN,
                        "このゲートウェイのイメージと同じ名前です。名前を変えてください",
                        "an image of this gateway has this name: take another one");
        };
    }

    private Reply take(Call call) {
        var input = admitted(call, Operation.CONTINUE_INPUT);
        if (!call.header("content-type").orElse("").equals(PIECES)) {
            throw new Refusal(Reason.MEDIA_TYPE, PIECES + " で送ってください", "send " + PIECES);
        }
        var offset = call.header("upload-offset")
                .filter(text -> OFFSET.matcher(text).matches())
                .map(Long::parseLong)
                .orElseThrow(() -> Refusal.invalid(
                        "Upload-Offset は、これまでに届いたバイト数です",
                        "Upload-Offset is the number of bytes that have arrived so far"));
        var piece = call.body().getBytes();
        if (piece.length == 0) {
            throw Refusal.invalid("本文が空です", "the body is empty");
        }
        return switch (ingress.take(input.id(), offset, piece)) {
            case Taken.Written(var now) -> at(Reply.empty(204), now);
            case Taken.Elsewhere(var where) ->
                throw new Refusal(
                        Reason.OFFSET,
                        new Text(
                                "次は %d バイト目からです".formatted(where), "the next piece begins at byte %d".formatted(where)),
                        Map.of("Upload-Offset", "" + where));
            case Taken.Beyond() ->
                throw Refusal.invalid("申告した大きさを超えています", "it goes beyond the size that was announced");
            case Taken.NoRoom() -> throw new Refusal(Reason.NO_ROOM);
            case Taken.Over() -> throw new Refusal(Reason.WRONG_STATE);
        };
    }

    private static Reply.Now at(Reply.Now reply, Input input) {
        return reply.with("Upload-Offset", "" + input.received()).with("Upload-Length", "" + input.bytes());
    }

    private Reply list(Call call) {
        gate.admit(call, Operation.LIST_INPUTS);
        var user = call.user();
        var wanted = new Inputs.Wanted(
                user.roles().contains(Role.STEWARD) ? null : user.id(),
                call.query("state").map(InputRoutes::state).orElse(null),
                call.query("project").orElse(null));
        return Lists.page(
                call, (cursor, limit) -> inputs.list(wanted, cursor, limit), input -> views.line(input, user));
    }

    private static InputState state(String word) {
        return InputState.of(word)
                .orElseThrow(() -> Refusal.invalid("state に知らない値があります", "state is not one of an input"));
    }

    // A member follows the own project as often as the page likes; a steward's look is an act.
    private Reply one(Call call) {
        var input = admitted(call, Operation.VIEW_INPUT);
        if (call.user().roles().contains(Role.STEWARD) && !call.method().equals("HEAD")) {
            log.record(new Act(call.user().name(), "input.view", input.project(), input.id(), Map.of()), Result.DONE);
        }
        return at(Reply.ok(views.whole(input, call.user())), input);
    }

    private Reply withdraw(Call call) {
        var input = admitted(call, Operation.WITHDRAW_INPUT);
        var reviewed = input.state().stage() == Stage.DELIVERED;
        if (reviewed && !isImageInUse(input)) {
            throw new Refusal(Reason.WRONG_STATE);
        }
        if (!ingress.withdraw(call.user(), input)) {
            throw new Refusal(Reason.WRONG_STATE);
        }
        return Reply.empty(204);
    }

    record Reviewed(@Nullable String decision, @Nullable String note) {}

    private Reply review(Call call) {
        var input = admitted(call, Operation.REVIEW_INPUT);
        var given = Wire.read(call, Reviewed.class);
        var decision = given.decision() == null ? "" : given.decision().toLowerCase(Locale.ROOT);
        if (!decision.equals("accept") && !decision.equals("refuse")) {
            throw Refusal.invalid("decision は accept か refuse です", "decision is accept or refuse");
        }
        var note = Plain.text("note", given.note() == null ? "" : given.note(), LONGEST_NOTE);
        if (note.isBlank() && (decision.equals("refuse") || input.needsWords())) {
            throw new Refusal(Reason.NOTE_NEEDED);
        }
        return ingress.review(call.user(), input, decision.equals("accept"), note)
                .map(now -> Reply.json(201, views.whole(now, call.user())))
                .orElseThrow(() -> new Refusal(Reason.WRONG_STATE));
    }

    private Reply verify(Call call) {
        var input = admitted(call, Operation.VERIFY_INPUT);
        if (!isImageInUse(input)) {
            throw new Refusal(Reason.WRONG_STATE);
        }
        var differences = ingress.verify(call.user(), input);
        return Reply.json(201, Fields.of("intact", differences.isEmpty()).and("differences", differences));
    }

    private static boolean isImageInUse(Input input) {
        return input.kind() == InputKind.CONTAINER_IMAGE && input.state() == InputState.DELIVERED;
    }

    private Input admitted(Call call, Operation operation) {
        var input = inputs.find(call.path("input"))
                .orElseThrow(() -> gate.refuse(call, operation, "not-found", null, null));
        var permit = projects.permit(input.project()).orElseThrow();
        var author = input.uploader().equals(call.user().id());
        gate.admit(call, operation, permit, input.state().stage(), author, input.id());
        return input;
    }
}
