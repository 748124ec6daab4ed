package org.sekisho.gateway.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.workspace.ImageState;
import org.sekisho.gateway.workspace.Opening;
import org.sekisho.gateway.workspace.Progress;
import org.sekisho.gateway.workspace.Workspace;
import org.sekisho.gateway.workspace.WorkspaceEnd;

/** Opening, watching, locking and ending workspaces, and the images that they are made of. */
final class WorkspaceRoutes {

    private final WorkspaceParts parts;
    private final Identity identity;
    private final Projects projects;
    private final People people;
    private final Gate gate;
    private final AuditLog log;

    WorkspaceRoutes(
            WorkspaceParts parts, Identity identity, Projects projects, People people, Gate gate, AuditLog log) {
        this.parts = parts;
        this.identity = identity;
        this.projects = projects;
        this.people = people;
        this.gate = gate;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/projects/{project}/workspaces", Caller.SIGNED_IN, Trace.EFFECT, this::open),
                new Route("GET", "/api/workspaces", Caller.SIGNED_IN, Trace.NONE, this::list),
                new Route("GET", "/api/workspaces/{workspace}", Caller.SIGNED_IN, Trace.NONE, this::one),
                new Route("DELETE", "/api/workspaces/{workspace}", Caller.SIGNED_IN, Trace.EFFECT, this::end),
                new Route("POST", "/api/workspaces/{workspace}/lock", Caller.SIGNED_IN, Trace.EFFECT, this::lock),
                Route.slow("POST", "/api/workspaces/{workspace}/unlock", Caller.SIGNED_IN, Trace.EFFECT, this::unlock),
                new Route("GET", "/api/images", Caller.SIGNED_IN, Trace.NONE, this::images),
                new Route("GET", "/api/projects/{project}/images", Caller.SIGNED_IN, Trace.NONE, this::brought));
    }

    record Wanted(@Nullable String image) {}

    private Reply open(Call call) {
        var permit = gate.admit(call, Operation.OPEN_WORKSPACE, call.path("project"));
        var image = Wire.read(call, Wanted.class).image();
        if (image == null || image.isBlank()) {
            throw Refusal.invalid("image にイメージの名前を書いてください", "image holds the name of an image");
        }
        var user = call.user();
        var opening = parts.workspaces()
                .open(
                        user.id(),
                        user.name(),
                        permit,
                        Plain.line("image", image, 60),
                        call.language().locale(),
                        call.signedIn().proved());
        return switch (opening) {
            case Opening.Opened(var workspace, var fresh) ->
                Reply.json(fresh ? 201 : 200, view(workspace)).with("Location", "/api/workspaces/" + workspace.id());
            case Opening.NotOpened(var reason, var words) -> {
                log.record(
                        new Act(
                                user.name(),
                                "workspace.refused",
                                permit.project(),
                                null,
                                Map.of("reason", reason.name())),
                        Result.REFUSED);
                throw new Refusal(problem(reason), words, Map.of());
            }
        };
    }

    private static Reason problem(Opening.Reason reason) {
        return switch (reason) {
            case NOT_PERMITTED -> Reason.NOT_PERMITTED;
            case NO_SANDBOX -> Reason.NO_SANDBOX;
            case UNKNOWN_IMAGE -> Reason.INVALID;
            case LOCKED -> Reason.WRONG_STATE;
            case HOME_LOCKED -> Reason.STEP_UP;
            case FULL -> Reason.BUSY;
        };
    }

    private Reply list(Call call) {
        gate.admit(call, Operation.LIST_WORKSPACES);
        return Lists.page(
                call, (cursor, limit) -> parts.workspaces().of(call.user().id(), cursor, limit), this::view);
    }

    private Reply one(Call call) {
        return Reply.ok(view(admitted(call, Operation.READ_WORKSPACE)));
    }

    private Reply end(Call call) {
        var workspace = admitted(call, Operation.END_WORKSPACE);
        var own = workspace.owner().equals(call.user().id());
        parts.workspaces().end(workspace.id(), call.user().name(), own ? WorkspaceEnd.OWNER : WorkspaceEnd.SECURITY);
        return Reply.empty(204);
    }

    private Reply lock(Call call) {
        var workspace = admitted(call, Operation.LOCK_WORKSPACE);
        if (!parts.workspaces().lock(workspace.id(), call.user().name())) {
            throw new Refusal(Reason.WRONG_STATE);
        }
        return Reply.empty(204);
    }

    record Password(@Nullable String password) {}

    private Reply unlock(Call call) {
        var workspace = admitted(call, Operation.UNLOCK_WORKSPACE);
        confirm(call, workspace, Wire.read(call, Password.class).password());
        if (!parts.workspaces().unlock(workspace.id(), call.user().name())) {
            throw new Refusal(Reason.WRONG_STATE);
        }
        return Reply.empty(204);
    }

    /** It is its owner who comes back: by the password or, where the provider keeps that, by a sign-in there since. */
    private void confirm(Call call, Workspace workspace, @Nullable String password) {
        if (identity.isOfProvider(call.user())) {
            var locked = workspace.locked();
            if (locked == null
                    || call.signedIn().assurance() != Assurance.FRESH
                    || !call.signedIn().proved().isAfter(locked)) {
                throw gate.refuse(
                        call, Operation.UNLOCK_WORKSPACE, Reason.STEP_UP.code(), workspace.project(), workspace.id());
            }
            return;
        }
        if (password == null || password.length() > Accounts.LONGEST) {
            throw Refusal.invalid("password を送ってください", "send password");
        }
        var refused = identity.signIns().confirm(call.user(), password, call.address());
        if (refused.isPresent()) {
            throw SessionRoutes.refusal(log, call.user().name(), refused.get());
        }
    }

    private Reply images(Call call) {
        gate.admit(call, Operation.LIST_IMAGES);
        var status = parts.sandboxes().status();
        return Reply.ok(Lists.part(
                        call,
                        parts.images().all().stream().map(WorkspaceRoutes::view).toList())
                .and(
                        "sandbox",
                        Fields.of("available", status.isolated())
                                .and("mechanism", status.mechanism())
                                .and("words", status.words()))
                .and(
                        "homes",
                        Fields.of("limited", parts.homes().limited())
                                .and("words", parts.homes().words())));
    }

    private Reply brought(Call call) {
        var permit = gate.admit(call, Operation.LIST_PROJECT_IMAGES, call.path("project"));
        return Lists.whole(call, parts.brought().of(permit));
    }

    private static Fields view(ImageState image) {
        return Fields.of("name", image.name())
                .and("state", image.phase().word())
                .and("progress", progress(image.progress()))
                .and("why", image.why())
                .and("hash", image.hash());
    }

    private static @Nullable Object progress(@Nullable Progress progress) {
        return progress == null ? null : Fields.of("words", progress.words()).and("percent", progress.percent());
    }

    private Workspace admitted(Call call, Operation operation) {
        var workspace = parts.workspaces()
                .find(call.path("workspace"))
                .orElseThrow(() -> gate.refuse(call, operation, "not-found", null, null));
        var permit = projects.permit(workspace.project()).orElseThrow();
        var stage = Stage.valueOf(workspace.state().name());
        gate.admit(
                call,
                operation,
                permit,
                stage,
                workspace.owner().equals(call.user().id()),
                workspace.id());
        return workspace;
    }

    private Fields view(Workspace workspace) {
        var permit = projects.permit(workspace.project()).orElseThrow();
        return Fields.of("id", workspace.id())
                .and("project", workspace.project())
                .and("owner", people.named(workspace.owner()))
                .and("image", workspace.image())
                .and("state", workspace.state().word())
                .and("since", workspace.since())
                .and("seen", workspace.seen())
                .and("expires", permit.expires())
                .and("recorded", permit.visiting().recorded())
                .and("clipboardIn", permit.visiting().clipboardIn())
                .and("endedBy", workspace.endedBy())
                .and(
                        "ending",
                        workspace.ending() == null ? null : workspace.ending().word())
                .and("problem", parts.workspaces().problem(workspace.id()).orElse(null))
                .and(
                        "progress",
                        progress(parts.workspaces().progress(workspace.id()).orElse(null)));
    }
}
