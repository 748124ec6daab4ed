package org.sekisho.gateway.http;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.closing.Closing;
import org.sekisho.gateway.closing.ClosingDesk;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;

/** The end of a project: proposed by one person, confirmed by another, carried out by the gateway. */
final class ClosingRoutes {
    private static final int LONGEST_NOTE = 2_000;

    private final ClosingDesk desk;
    private final Projects projects;
    private final People people;
    private final Gate gate;
    private final AuditLog log;
    private final Clock clock;

    ClosingRoutes(ClosingDesk desk, Projects projects, People people, Gate gate, AuditLog log, Clock clock) {
        this.desk = desk;
        this.projects = projects;
        this.people = people;
        this.gate = gate;
        this.log = log;
        this.clock = clock;
    }

    List<Route> routes() {
        var path = "/api/projects/{project}/closing";
        return List.of(
                new Route("GET", path, Caller.SIGNED_IN, Trace.NONE, this::one),
                new Route("POST", path, Caller.SIGNED_IN, Trace.EFFECT, this::propose),
                new Route("POST", path + "/decisions", Caller.SIGNED_IN, Trace.EFFECT, this::decide));
    }

    private Reply one(Call call) {
        var permit = admitted(call, Operation.READ_CLOSING);
        return Reply.ok(desk.closings()
                .find(permit.project())
                .map(this::view)
                .orElseGet(() -> Fields.of("project", permit.project()).and("state", "none")));
    }

    record Wanted(@Nullable String note) {}

    private Reply propose(Call call) {
        var permit = admitted(call, Operation.PROPOSE_CLOSING);
        var given = Wire.read(call, Wanted.class).note();
        var note = Plain.text("note", given == null ? "" : given, LONGEST_NOTE);
        if (note.isBlank()) {
            throw new Refusal(Reason.NOTE_NEEDED);
        }
        var intent = log.intent(act(call, "project.propose-closing", permit));
        boolean proposed = desk.closings().propose(permit.project(), call.user().id(), note, clock.instant());
        log.outcome(intent, proposed ? Result.DONE : Result.REFUSED, Map.of());
        return answer(proposed, permit);
    }

    record Decision(@Nullable String decision) {}

    private Reply decide(Call call) {
        var permit = admitted(call, Operation.DECIDE_CLOSING);
        var decision = Wire.read(call, Decision.class).decision();
        if (!"confirm".equals(decision) && !"refuse".equals(decision)) {
            throw Refusal.invalid("decision は confirm か refuse です", "decision is confirm or refuse");
        }
        boolean confirms = "confirm".equals(decision);
        var intent = log.intent(act(call, confirms ? "project.close" : "project.refuse-closing", permit));
        boolean done = confirms
                ? desk.confirm(permit.project(), call.user().id())
                : desk.closings().refuse(permit.project());
        log.outcome(intent, done ? Result.DONE : Result.REFUSED, Map.of());
        return answer(done, permit);
    }

    private Reply answer(boolean done, Permit permit) {
        if (!done) {
            throw new Refusal(Reason.WRONG_STATE);
        }
        return Reply.json(
                201,
                desk.closings()
                        .find(permit.project())
                        .map(this::view)
                        .orElseGet(() -> Fields.of("project", permit.project()).and("state", "none")));
    }

    private Permit admitted(Call call, Operation operation) {
        var project = call.path("project");
        var permit = projects.permit(project).orElseThrow(() -> gate.refuse(call, operation, "not-found", null, null));
        var closing = desk.closings().find(project);
        boolean own =
                closing.filter(found -> found.by().equals(call.user().id())).isPresent();
        gate.admit(call, operation, permit, stage(closing), own, project);
        return permit;
    }

    private static Stage stage(Optional<Closing> closing) {
        return closing.map(found -> found.state() == Closing.State.PROPOSED ? Stage.SUBMITTED : Stage.DECIDED)
                .orElse(Stage.NONE);
    }

    private static Act act(Call call, String action, Permit permit) {
        return Act.of(call.user().name(), action).in(permit.project());
    }

    private Fields view(Closing closing) {
        var decider = closing.decider();
        return Fields.of("project", closing.project())
                .and("state", closing.state().code())
                .and("by", people.named(closing.by()))
                .and("note", closing.note())
                .and("proposed", closing.proposed())
                .and("decidedBy", decider == null ? null : people.named(decider))
                .and("decided", closing.decided())
                .and("closed", closing.closed())
                .and("files", closing.files())
                .and("bytes", closing.bytes())
                .and("certificate", closing.certificate());
    }
}
