package org.sekisho.gateway.http;

import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.review.Answer;
import org.sekisho.checker.review.OutputAct;
import org.sekisho.checker.review.Permissions;
import org.sekisho.checker.review.Person;
import org.sekisho.gateway.access.Access;
import org.sekisho.gateway.access.Authorship;
import org.sekisho.gateway.access.Caller;
import org.sekisho.gateway.access.Decision.Admitted;
import org.sekisho.gateway.access.Decision.Invisible;
import org.sekisho.gateway.access.Decision.Refused;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.PermitState;
import org.sekisho.gateway.access.Request;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.airlock.Output;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Session;
import org.sekisho.gateway.identity.Trainings;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;

/** Asks {@code access}, and for outputs the tables of review as well; whoever is not let through ends here, in the log. */
final class Gate {
    private final AuditLog log;
    private final Projects projects;
    private final Trainings trainings;
    private final Clock clock;

    Gate(AuditLog log, Projects projects, Trainings trainings, Clock clock) {
        this.log = log;
        this.projects = projects;
        this.trainings = trainings;
        this.clock = clock;
    }

    /** For what belongs to no project. */
    void admit(Call call, Operation operation) {
        admit(call, Request.of(operation), null, null);
    }

    void admit(Call call, Request request, @Nullable String project, @Nullable String object) {
        switch (Access.decide(caller(call.signedIn()), request)) {
            case Admitted admitted -> {}
            case Refused(var reason) -> throw refuse(call, request.operation(), reason.code(), project, object);
            case Invisible invisible -> throw refuse(call, request.operation(), "not-found", project, object);
        }
    }

    private Caller caller(Session session) {
        var user = session.user();
        return new Caller(user.roles(), trainings.inForce(user.id()), session.assurance());
    }

    /** For a project that may not exist. @return its permit in force */
    Permit admit(Call call, Operation operation, String project) {
        var permit = projects.permit(project).orElse(null);
        var request = permit == null ? Request.of(operation) : about(operation, permit, call.user());
        if (permit == null) {
            throw refuse(call, operation, "not-found", null, null);
        }
        admit(call, request, project, null);
        return permit;
    }

    /** Whether the caller may do so with a project, for lists of what can be done: nothing is written down. */
    boolean admits(Call call, Operation operation, Permit permit) {
        return admits(call, about(operation, permit, call.user()));
    }

    /** Whether the caller would be let through, for what an answer has in it or leaves out: nothing is written down. */
    boolean admits(Call call, Request request) {
        return Access.decide(caller(call.signedIn()), request) instanceof Admitted;
    }

    /** For a job or an application of somebody, in a project. */
    void admit(Call call, Operation operation, Permit permit, Stage stage, boolean author, String object) {
        var request =
                about(operation, permit, call.user()).stage(stage).by(author ? Authorship.AUTHOR : Authorship.NONE);
        admit(call, request, permit.project(), object);
    }

    /** For an output; says what the caller is to it. */
    Person admit(Call call, Operation operation, OutputAct act, Output output) {
        var user = call.user();
        var permit = projects.permit(output.project()).orElseThrow();
        var person = person(output, permit, user);
        var request = about(operation, permit, user)
                .stage(Stage.valueOf(output.state().name()))
                .by(authorship(output, user));
        admit(call, request, output.project(), output.id());
        var answer = Permissions.may(person, act, output.state());
        if (answer != Answer.ALLOWED) {
            var code = answer == Answer.INVISIBLE ? "not-found" : answer.word();
            throw refuse(call, operation, code, output.project(), output.id());
        }
        return person;
    }

    Person person(Output output, User user) {
        return person(output, projects.permit(output.project()).orElseThrow(), user);
    }

    private static Person person(Output output, Permit permit, User user) {
        return Person.of(
                output.author().equals(user.id()),
                permit.hasMember(user.id()),
                user.roles().contains(Role.CHECKER));
    }

    private static Authorship authorship(Output output, User user) {
        if (output.author().equals(user.id())) {
            return Authorship.AUTHOR;
        }
        return output.hasVoteOf(user.id()) ? Authorship.REVIEWER : Authorship.NONE;
    }

    private Request about(Operation operation, Permit permit, User user) {
        return Request.of(operation).member(permit.hasMember(user.id())).permit(state(permit));
    }

    private PermitState state(Permit permit) {
        if (projects.isClosed(permit.project())) {
            return PermitState.CLOSED;
        }
        return permit.isExpiredAt(clock.instant()) ? PermitState.EXPIRED : PermitState.IN_FORCE;
    }

    /** Writes the refusal down. */
    Refusal refuse(Call call, Operation operation, String code, @Nullable String project, @Nullable String object) {
        log.record(
                new Act(
                        call.user().name(),
                        "access.refused",
                        project,
                        object,
                        Map.of("operation", operation.name(), "reason", code)),
                Result.REFUSED);
        return new Refusal(Reason.ofCode(code).orElse(Reason.NOT_PERMITTED));
    }
}
