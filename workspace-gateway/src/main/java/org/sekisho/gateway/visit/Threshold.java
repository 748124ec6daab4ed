package org.sekisho.gateway.visit;

import java.time.Clock;
import java.util.Map;
import org.sekisho.gateway.access.Access;
import org.sekisho.gateway.access.Authorship;
import org.sekisho.gateway.access.Caller;
import org.sekisho.gateway.access.Decision.Admitted;
import org.sekisho.gateway.access.Decision.Invisible;
import org.sekisho.gateway.access.Decision.Refused;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.PermitState;
import org.sekisho.gateway.access.Request;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;

/**
 * Asks {@code access} for every request out of a sandbox anew: the person may have lost a role, the membership, or the
 * permit since the sandbox was started.
 */
final class Threshold {
    private final Accounts accounts;
    private final Projects projects;
    private final AuditLog log;
    private final Clock clock;

    Threshold(Accounts accounts, Projects projects, AuditLog log, Clock clock) {
        this.accounts = accounts;
        this.projects = projects;
        this.log = log;
        this.clock = clock;
    }

    /** A person who may, now, and the permit under which. */
    record Passed(User user, Permit permit) {}

    /** @throws Denied when not; the log says so */
    Passed pass(Visit visit, Operation operation) {
        var user = accounts.active(visit.person()).orElseThrow(() -> denied(visit, operation, "role", visit.person()));
        var permit = projects.permit(visit.project()).orElseThrow();
        var state = permit.isExpiredAt(clock.instant()) ? PermitState.EXPIRED : PermitState.IN_FORCE;
        var request = Request.of(operation)
                .member(permit.hasMember(user.id()))
                .permit(state)
                .by(Authorship.AUTHOR);
        return switch (Access.decide(caller(user), request)) {
            case Admitted admitted -> new Passed(user, permit);
            case Refused(var reason) -> throw denied(visit, operation, reason.code(), user.name());
            case Invisible invisible -> throw denied(visit, operation, "not-found", user.name());
        };
    }

    /** Whoever is inside was let in with all that it takes; what weighs most is not done from there. */
    private Caller caller(User user) {
        return new Caller(user.roles(), accounts.trainings().inForce(user.id()), Assurance.SIGNED_IN);
    }

    private Denied denied(Visit visit, Operation operation, String code, String actor) {
        log.record(
                new Act(
                        actor,
                        "access.refused",
                        visit.project(),
                        visit.place(),
                        Map.of("operation", operation.name(), "reason", code)),
                Result.REFUSED);
        return new Denied(new Problem(403, code, "この操作はできません（" + code + "）", "not permitted: " + code));
    }
}
