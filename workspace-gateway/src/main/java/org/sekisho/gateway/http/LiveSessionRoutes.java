package org.sekisho.gateway.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Session;
import org.sekisho.gateway.identity.Sessions;
import org.sekisho.gateway.workspace.Workspace;
import org.sekisho.gateway.workspace.WorkspaceEnd;
import org.sekisho.gateway.workspace.Workspaces;

/** The live sessions of all, for security. */
final class LiveSessionRoutes {
    private final Sessions sessions;
    private final Workspaces workspaces;
    private final People people;
    private final Gate gate;
    private final AuditLog log;

    LiveSessionRoutes(Sessions sessions, Workspaces workspaces, People people, Gate gate, AuditLog log) {
        this.sessions = sessions;
        this.workspaces = workspaces;
        this.people = people;
        this.gate = gate;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/sessions", Caller.SIGNED_IN, Trace.LOOK, this::live),
                new Route("DELETE", "/api/sessions/{session}", Caller.SIGNED_IN, Trace.EFFECT, this::end));
    }

    private Reply live(Call call) {
        gate.admit(call, Operation.LIST_SESSIONS);
        log.record(Act.of(call.user().name(), "session.list"), Result.DONE);
        var own = call.signedIn().id();
        return Lists.whole(
                call,
                Stream.concat(
                                workspaces.live().stream().map(this::view),
                                sessions.live().stream().map(session -> view(session, own)))
                        .toList());
    }

    private Reply end(Call call) {
        gate.admit(call, Operation.END_SESSION);
        var id = call.path("session");
        if (workspaces.find(id).filter(found -> found.state().isLive()).isPresent()) {
            workspaces.end(id, call.user().name(), WorkspaceEnd.SECURITY);
            return Reply.empty(204);
        }
        var session = sessions.live().stream()
                .filter(found -> found.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        var intent = log.intent(new Act(
                call.user().name(),
                "session.end",
                null,
                id,
                Map.of("user", session.user().name())));
        sessions.end(id);
        log.outcome(intent, Result.DONE, Map.of());
        return Reply.empty(204);
    }

    private Object view(Workspace workspace) {
        return Fields.of("id", workspace.id())
                .and("kind", "workspace")
                .and("person", people.named(workspace.owner()))
                .and("project", workspace.project())
                .and("since", workspace.since())
                .and("seen", workspace.seen())
                .and("state", workspace.state().word());
    }

    private Object view(Session session, String own) {
        return Fields.of("id", session.id())
                .and("kind", "web")
                .and("person", people.named(session.user().id()))
                .and("user", People.user(session.user()))
                .and("since", session.opened())
                .and("seen", sessions.seen(session.id()).orElse(null))
                .and("state", "open")
                .and("expires", session.expires())
                .and("current", session.id().equals(own));
    }
}
