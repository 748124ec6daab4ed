package org.sekisho.gateway.http;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.review.Person;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.intake.Taking;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.visit.Places;
import org.sekisho.gateway.visit.Preflight;
import org.sekisho.gateway.visit.Preflight.Checked;
import org.sekisho.gateway.visit.Submitting;
import org.sekisho.gateway.visit.Submitting.Submitted;
import org.sekisho.gateway.workspace.Workspace;

/** Submitting files of a workspace, and asking beforehand what the rules would say. */
final class SubmissionRoutes {
    private static final int LONGEST_CONTEXT = 4_000;
    private static final int LONGEST_SQL = 100_000;
    private static final int LONGEST_PATH = 1_000;

    private final Places places;
    private final Submitting submitting;
    private final Preflight preflight;
    private final Projects projects;
    private final OutputView views;
    private final Gate gate;

    SubmissionRoutes(
            Places places, Submitting submitting, Preflight preflight, Projects projects, OutputView views, Gate gate) {
        this.places = places;
        this.submitting = submitting;
        this.preflight = preflight;
        this.projects = projects;
        this.views = views;
        this.gate = gate;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/workspaces/{workspace}/outputs", Caller.SIGNED_IN, Trace.EFFECT, this::submit),
                new Route("POST", "/api/projects/{project}/preflight", Caller.SIGNED_IN, Trace.EFFECT, this::check));
    }

    record Files(@Nullable List<String> paths, @Nullable String context) {}

    private Reply submit(Call call) {
        var id = call.path("workspace");
        var workspace =
                places.find(id).orElseThrow(() -> gate.refuse(call, Operation.SUBMIT_FILES, "not-found", null, null));
        var permit = admit(call, Operation.SUBMIT_FILES, workspace);
        var given = Wire.read(call, Files.class);
        var context = Plain.text(
                "context", given.context() == null ? "" : given.context().strip(), LONGEST_CONTEXT);
        var answer = submitting.submit(call.user(), permit, id, home(id), paths(given.paths()), context);
        return switch (answer) {
            case Submitted.Begun(var output) ->
                Reply.json(201, views.whole(output, Person.AUTHOR, call.user()))
                        .with("Location", "/api/outputs/" + output.id());
            case Submitted.NotTaken(var refused) -> throw notTaken(refused);
            case Submitted.TooMany tooMany ->
                throw new Refusal(Reason.TOO_MANY, "審査を待つ成果物が多すぎます", "too many of your outputs wait for a decision");
        };
    }

    record Asked(
            @Nullable String sql,
            @Nullable String workspace,
            @Nullable List<String> paths) {}

    private Reply check(Call call) {
        var permit = gate.admit(call, Operation.PREFLIGHT, call.path("project"));
        var given = Wire.read(call, Asked.class);
        if (given.sql() != null && given.workspace() == null && given.paths() == null) {
            return answer(preflight.sql(call.user(), permit, sql(given.sql())));
        }
        if (given.sql() == null && given.workspace() != null) {
            var home = own(call, permit, given.workspace());
            return answer(preflight.files(call.user(), permit, given.workspace(), home, paths(given.paths())));
        }
        throw Refusal.invalid("sql か、workspace と paths のどちらかを送ってください", "send either sql, or workspace and paths");
    }

    /** The home of a workspace of the caller in this project; anybody else's is not there. */
    private Path own(Call call, Permit permit, String id) {
        var workspace = places.find(id)
                .filter(found -> found.project().equals(permit.project()))
                .orElseThrow(() -> gate.refuse(call, Operation.SUBMIT_FILES, "not-found", permit.project(), null));
        admit(call, Operation.SUBMIT_FILES, workspace);
        return home(id);
    }

    private Permit admit(Call call, Operation operation, Workspace workspace) {
        var permit = projects.permit(workspace.project()).orElseThrow();
        var author = workspace.owner().equals(call.user().id());
        if (!author) {
            throw gate.refuse(call, operation, "not-found", workspace.project(), workspace.id());
        }
        gate.admit(call, operation, permit, Stage.NONE, true, workspace.id());
        return permit;
    }

    private Path home(String id) {
        return places.home(id)
                .orElseThrow(() -> new Refusal(Reason.WRONG_STATE, "この解析環境は動いていません", "this workspace does not run"));
    }

    private static Reply answer(Checked answer) {
        return switch (answer) {
            case Checked.Judged(var told) -> Reply.ok(told);
            case Checked.Failure(var code, var line, var column, var words) ->
                Reply.ok(Fields.of(
                        "error",
                        Fields.of("code", code)
                                .and("line", line)
                                .and("column", column)
                                .and("message", words)));
            case Checked.NotTaken(var tooLarge, var words) ->
                throw new Refusal(tooLarge ? Reason.TOO_LARGE : Reason.INVALID, words.ja(), words.en());
            case Checked.TooOften tooOften ->
                throw new Refusal(
                        Reason.TOO_MANY, "事前チェックは 1 プロジェクト 1 時間に 60 回までです", "a project has 60 pre-flights an hour");
            case Checked.Busy busy -> throw new Refusal(Reason.BUSY);
        };
    }

    private static Refusal notTaken(Taking.NotTaken refused) {
        var words = Submitting.words(refused);
        var reason = refused.why() == Taking.Why.TOO_LARGE ? Reason.TOO_LARGE : Reason.INVALID;
        return new Refusal(reason, words.ja(), words.en());
    }

    private static String sql(String sql) {
        if (sql.isBlank()) {
            throw Refusal.invalid("sql に SELECT 文を書いてください", "sql holds a SELECT statement");
        }
        return Plain.text("sql", sql, LONGEST_SQL);
    }

    private static List<String> paths(@Nullable List<String> paths) {
        if (paths == null || paths.isEmpty() || paths.stream().anyMatch(path -> path.length() > LONGEST_PATH)) {
            throw Refusal.invalid("paths に outputs フォルダーのファイルを並べてください", "paths lists files in the folder outputs");
        }
        return paths;
    }
}
