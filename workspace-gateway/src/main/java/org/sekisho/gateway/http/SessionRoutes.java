package org.sekisho.gateway.http;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Session;
import org.sekisho.gateway.identity.Sessions;
import org.sekisho.gateway.identity.SignIn;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.workspace.Workspace;
import org.sekisho.gateway.workspace.WorkspaceEnd;
import org.sekisho.gateway.workspace.Workspaces;

/** Signing in and out, and the live sessions for security. */
final class SessionRoutes {
    private static final int LONGEST = 200;

    private final Sessions sessions;
    private final Projects projects;
    private final Workspaces workspaces;
    private final People people;
    private final Gate gate;
    private final AuditLog log;
    private final Instance instance;
    private final boolean secure;
    private final Clock clock;

    SessionRoutes(
            Sessions sessions,
            Projects projects,
            Workspaces workspaces,
            People people,
            Gate gate,
            AuditLog log,
            Instance instance,
            boolean secure,
            Clock clock) {
        this.sessions = sessions;
        this.projects = projects;
        this.workspaces = workspaces;
        this.people = people;
        this.gate = gate;
        this.log = log;
        this.instance = instance;
        this.secure = secure;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/session", Caller.ANYBODY, Trace.EFFECT, this::signIn),
                new Route("GET", "/api/session", Caller.SIGNED_IN, Trace.NONE, this::whoAmI),
                new Route("DELETE", "/api/session", Caller.SIGNED_IN, Trace.EFFECT, this::signOut),
                new Route("GET", "/api/sessions", Caller.SIGNED_IN, Trace.LOOK, this::live),
                new Route("DELETE", "/api/sessions/{session}", Caller.SIGNED_IN, Trace.EFFECT, this::end));
    }

    record Credentials(
            @Nullable String user,
            @Nullable String password,
            @Nullable String otp) {}

    private Reply signIn(Call call) {
        var given = Wire.read(call, Credentials.class);
        var user = given.user();
        var password = given.password();
        if (user == null || password == null || user.length() > LONGEST || password.length() > LONGEST) {
            throw Refusal.invalid("user と password を送ってください", "send user and password");
        }
        return switch (sessions.signIn(user, password, given.otp(), call.address())) {
            case SignIn.SignedIn in -> opened(in);
            case SignIn.Refused(var reason, var wait) -> throw refused(user, reason, wait);
        };
    }

    private Reply opened(SignIn.SignedIn in) {
        var session = in.session();
        try {
            log.record(new Act(session.user().name(), "session.open", null, session.id(), Map.of()), Result.DONE);
        } catch (RuntimeException unavailable) {
            sessions.end(session.id());
            throw unavailable;
        }
        var seconds = Duration.between(clock.instant(), session.expires()).toSeconds();
        return Reply.json(
                        201,
                        Fields.of("token", in.token())
                                .and("expires", session.expires())
                                .and("user", People.user(session.user())))
                .with("Set-Cookie", Cookies.set(in.cookie(), seconds, secure));
    }

    private Refusal refused(String user, SignIn.Reason reason, Duration wait) {
        return refusal(log, people.account(user).orElse(Act.STRANGER), new SignIn.Refused(reason, wait));
    }

    /** Writes down that a password was refused. */
    static Refusal refusal(AuditLog log, String user, SignIn.Refused refused) {
        var reason = refused.reason();
        var wait = refused.retryAfter();
        log.refusedSignIn(user, reason.name());
        var retry =
                wait.isZero() ? Map.<String, String>of() : Map.of("Retry-After", "" + Math.max(1, wait.toSeconds()));
        var problem = switch (reason) {
            case WRONG -> Reason.WRONG_SIGN_IN;
            case TOO_MANY -> Reason.TOO_MANY;
            case BUSY -> Reason.BUSY;
            case SECOND_FACTOR -> Reason.SECOND_FACTOR;
        };
        return new Refusal(problem, null, retry);
    }

    private Reply whoAmI(Call call) {
        gate.admit(call, Operation.READ_SESSION);
        var session = call.signedIn();
        var own = projects.ofMember(session.user().id()).stream()
                .map(permit -> Fields.of("id", permit.project()).and("title", permit.title()))
                .toList();
        return Reply.ok(Fields.of("user", People.user(session.user()))
                .and("projects", own)
                .and("expires", session.expires())
                .and("demo", instance.demo())
                .and("sandbox", instance.sandbox()));
    }

    private Reply signOut(Call call) {
        gate.admit(call, Operation.END_OWN_SESSION);
        var session = call.signedIn();
        sessions.end(session.id());
        log.record(new Act(session.user().name(), "session.close", null, session.id(), Map.of()), Result.DONE);
        return Reply.empty(204).with("Set-Cookie", Cookies.clear(secure));
    }

    private Reply live(Call call) {
        gate.admit(call, Operation.LIST_SESSIONS);
        log.record(Act.of(call.user().name(), "session.list"), Result.DONE);
        var own = call.signedIn().id();
        return Lists.all(Stream.concat(
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
