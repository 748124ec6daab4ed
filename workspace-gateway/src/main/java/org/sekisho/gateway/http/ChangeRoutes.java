package org.sekisho.gateway.http;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.access.Access;
import org.sekisho.gateway.access.Authorship;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Request;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Change;
import org.sekisho.gateway.identity.Changes;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.identity.Invitation;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.User;

/** What gives a person power: proposed by one, decided by another. Taking roles away is done at once. */
final class ChangeRoutes {
    private final Identity identity;
    private final People people;
    private final Gate gate;
    private final AuditLog log;

    ChangeRoutes(Identity identity, People people, Gate gate, AuditLog log) {
        this.identity = identity;
        this.people = people;
        this.gate = gate;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                new Route("POST", "/api/accounts/{account}/changes", Caller.SIGNED_IN, Trace.EFFECT, this::propose),
                new Route("GET", "/api/changes", Caller.SIGNED_IN, Trace.LOOK, this::list),
                new Route("POST", "/api/changes/{change}/decisions", Caller.SIGNED_IN, Trace.EFFECT, this::decide));
    }

    record Wanted(@Nullable String kind, @Nullable List<String> roles) {}

    private Reply propose(Call call) {
        var user = PeopleRoutes.admitted(identity.accounts(), gate, call, Operation.PROPOSE_CHANGE);
        var given = Wire.read(call, Wanted.class);
        var kind = Change.Kind.parse(given.kind())
                .orElseThrow(() ->
                        Refusal.invalid("kind は roles、reset、reinstate のいずれかです", "kind is roles, reset or reinstate"));
        // the provider gives roles and passwords; a suspension is ours, and so is its end
        if (kind != Change.Kind.REINSTATE && identity.isOfProvider(user)) {
            throw new Refusal(Reason.OF_PROVIDER);
        }
        var roles = roles(given.roles());
        if ((kind == Change.Kind.ROLES) != (given.roles() != null)) {
            throw Refusal.invalid("roles は kind が roles のときに送ってください", "roles comes with the kind roles, and only then");
        }
        if (!Access.compatible(roles)) {
            throw new Refusal(Reason.ROLE_CONFLICT);
        }
        if (kind == Change.Kind.ROLES && user.roles().equals(roles)) {
            throw new Refusal(Reason.WRONG_STATE, "すでにこの役割です", "the person holds these roles already");
        }
        return kind == Change.Kind.ROLES && user.roles().containsAll(roles)
                ? takeAway(call, user, roles)
                : propose(call, user, kind, roles);
    }

    private Reply takeAway(Call call, User user, Set<Role> left) {
        PeopleRoutes.refuseTheLastAdmin(identity.accounts(), user, left);
        var intent = log.intent(act(call, "account.roles", user, user.id(), left));
        boolean taken = identity.accounts().takeRoles(user, left);
        log.outcome(intent, taken ? Result.DONE : Result.REFUSED, Map.of());
        if (!taken) {
            throw overtaken(user, left);
        }
        return Reply.json(201, Fields.of("state", "done"));
    }

    /** Why not, after somebody else has changed the account in the meantime. */
    private Refusal overtaken(User user, Set<Role> left) {
        PeopleRoutes.refuseTheLastAdmin(identity.accounts(), user, left);
        return new Refusal(Reason.WRONG_STATE);
    }

    private Reply propose(Call call, User user, Change.Kind kind, Set<Role> roles) {
        var id = Changes.freshId();
        var intent = log.intent(act(call, "change.propose", user, id, roles).with("kind", kind.code()));
        identity.changes().propose(id, user.id(), kind, roles, call.user().id());
        log.outcome(intent, Result.DONE, Map.of());
        return Reply.json(201, view(identity.changes().find(id).orElseThrow())).with("Location", "/api/changes/" + id);
    }

    private static Set<Role> roles(@Nullable List<String> codes) {
        var roles = EnumSet.noneOf(Role.class);
        for (var code : codes == null ? List.<String>of() : codes) {
            roles.add(Role.parse(code)
                    .orElseThrow(() -> Refusal.invalid("roles に知らない役割があります", "roles names a role that there is not")));
        }
        return roles;
    }

    private Reply list(Call call) {
        gate.admit(call, Operation.LIST_CHANGES);
        log.record(Act.of(call.user().name(), "change.list"), Result.DONE);
        return Lists.whole(
                call, identity.changes().open().stream().map(this::view).toList());
    }

    record Decided(@Nullable String decision) {}

    private Reply decide(Call call) {
        var change = identity.changes().find(call.path("change")).orElse(null);
        gate.admit(call, about(call, change), null, change == null ? null : change.id());
        if (change == null) {
            throw gate.refuse(call, Operation.DECIDE_CHANGE, "not-found", null, null);
        }
        return switch (String.valueOf(Wire.read(call, Decided.class).decision())) {
            case "confirm" -> confirm(call, change);
            case "refuse" -> refuse(call, change);
            default -> throw Refusal.invalid("decision は confirm か refuse です", "decision is confirm or refuse");
        };
    }

    private static Request about(Call call, @Nullable Change change) {
        var me = call.user().id();
        var own = change != null && (change.by().equals(me) || change.account().equals(me));
        return Request.of(Operation.DECIDE_CHANGE)
                .by(own ? Authorship.AUTHOR : Authorship.NONE)
                .stage(change == null || change.isOpen() ? Stage.SUBMITTED : Stage.DECIDED);
    }

    private Reply confirm(Call call, Change change) {
        var user = identity.accounts().withId(change.account()).orElseThrow();
        if (change.kind() == Change.Kind.ROLES) {
            PeopleRoutes.refuseTheLastAdmin(identity.accounts(), user, change.roles());
        }
        var intent = log.intent(act(call, "change.confirm", user, change.id(), change.roles())
                .with("kind", change.kind().code()));
        var confirmed = identity.changes().confirm(change.id(), call.user().id());
        log.outcome(intent, confirmed.isPresent() ? Result.DONE : Result.REFUSED, Map.of());
        var done = confirmed.orElseThrow(() ->
                change.kind() == Change.Kind.ROLES ? overtaken(user, change.roles()) : new Refusal(Reason.WRONG_STATE));
        return Reply.json(201, view(done.change()).and("invitation", invitation(done.invitation())));
    }

    private Reply refuse(Call call, Change change) {
        var user = identity.accounts().withId(change.account()).orElseThrow();
        var intent = log.intent(act(call, "change.refuse", user, change.id(), change.roles()));
        boolean refused = identity.changes().refuse(change.id(), call.user().id());
        log.outcome(intent, refused ? Result.DONE : Result.REFUSED, Map.of());
        if (!refused) {
            throw new Refusal(Reason.WRONG_STATE);
        }
        return Reply.json(201, view(identity.changes().find(change.id()).orElseThrow()));
    }

    private static Act act(Call call, String action, User user, String object, Set<Role> roles) {
        return new Act(
                call.user().name(),
                action,
                null,
                object,
                Map.of("user", user.name(), "roles", String.join(" ", PeopleRoutes.codes(roles))));
    }

    static @Nullable Fields invitation(@Nullable Invitation invitation) {
        return invitation == null ? null : Fields.of("code", invitation.code()).and("until", invitation.until());
    }

    private Fields view(Change change) {
        var user =
                change.isOpen() ? identity.accounts().withId(change.account()).orElseThrow() : null;
        return Fields.of("id", change.id())
                .and("account", people.named(change.account()))
                .and("kind", change.kind().code())
                .and("roles", change.kind() == Change.Kind.ROLES ? PeopleRoutes.codes(change.roles()) : null)
                .and(
                        "held",
                        user == null || change.kind() != Change.Kind.ROLES ? null : PeopleRoutes.codes(user.roles()))
                .and("awaited", user == null ? null : identity.accounts().isAwaited(user.id()))
                .and("by", people.named(change.by()))
                .and("proposed", change.proposed())
                .and("state", change.state().code())
                .and("decidedBy", change.decider() == null ? null : people.named(change.decider()))
                .and("decided", change.decided());
    }
}
