package org.sekisho.gateway.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.access.Access;
import org.sekisho.gateway.access.Authorship;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Request;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Factor;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Training;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.workspace.WorkspaceEnd;
import org.sekisho.gateway.workspace.Workspaces;

/** People and their accounts: invited, trained, suspended. What gives them power is in {@link ChangeRoutes}. */
final class PeopleRoutes {
    /** More than an invitation has. */
    private static final int LONGEST = 64;

    private final Identity identity;
    private final Workspaces workspaces;
    private final Gate gate;
    private final AuditLog log;

    PeopleRoutes(Identity identity, Workspaces workspaces, Gate gate, AuditLog log) {
        this.identity = identity;
        this.workspaces = workspaces;
        this.gate = gate;
        this.log = log;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/accounts", Caller.SIGNED_IN, Trace.LOOK, this::list),
                new Route("POST", "/api/accounts", Caller.SIGNED_IN, Trace.EFFECT, this::invite),
                new Route("POST", "/api/accounts/{account}/suspension", Caller.SIGNED_IN, Trace.EFFECT, this::suspend),
                new Route(
                        "PUT",
                        "/api/accounts/{account}/trainings/{training}",
                        Caller.SIGNED_IN,
                        Trace.EFFECT,
                        this::record),
                Route.slow("POST", "/api/invitations", Caller.ANYBODY, Trace.EFFECT, this::accept));
    }

    private Reply list(Call call) {
        gate.admit(call, Operation.LIST_ACCOUNTS);
        log.record(Act.of(call.user().name(), "account.list"), Result.DONE);
        var active = identity.accounts().allActive();
        return Lists.whole(
                call,
                identity.accounts().all().stream()
                        .map(user -> view(user, active.contains(user.id())))
                        .toList());
    }

    private Object view(User user, boolean active) {
        var accounts = identity.accounts();
        var inForce = accounts.trainings().inForce(user.id());
        return Fields.of("id", user.id())
                .and("name", user.name())
                .and("displayName", user.displayName())
                .and("roles", codes(user.roles()))
                .and("active", active)
                .and(
                        "factors",
                        identity.factors().of(user.id()).stream()
                                .map(Factor::code)
                                .toList())
                .and("lapsed", codes(Access.lapsed(user.roles(), inForce)))
                .and("trainings", trainings(accounts.trainings().of(user.id())))
                .and("invitedUntil", accounts.invitedUntil(user.id()).orElse(null));
    }

    static List<String> codes(Set<Role> roles) {
        return roles.stream().sorted().map(Role::code).toList();
    }

    static List<Fields> trainings(Map<Training, Instant> recorded) {
        return recorded.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> Fields.of("training", each.getKey().code()).and("until", each.getValue()))
                .toList();
    }

    record Invited(@Nullable String name, @Nullable String displayName) {}

    private Reply invite(Call call) {
        gate.admit(call, Operation.INVITE_PERSON);
        var given = Wire.read(call, Invited.class);
        var name = given.name() == null ? "" : given.name();
        var shown = Plain.line("displayName", given.displayName() == null ? name : given.displayName(), 100);
        if (!Accounts.isDisplayName(shown)) {
            throw Refusal.invalid(
                    "displayName は空でなく、見えない文字を含まない名前です",
                    "displayName is not empty and has no characters that nobody sees");
        }
        if (!Accounts.isName(name)) {
            throw Refusal.invalid(
                    "name は英小文字、数字、. _ - の 64 文字までで、sekisho、policy、provider、invitation は使えません",
                    "name is of a-z, 0-9, dot, underscore and hyphen, at most 64, and none of sekisho, policy, provider,"
                            + " invitation");
        }
        var intent = log.intent(new Act(call.user().name(), "account.invite", null, null, Map.of("user", name)));
        var user = identity.accounts().create(name, shown);
        log.outcome(intent, user.isPresent() ? Result.DONE : Result.REFUSED, Map.of());
        var made = user.orElseThrow(() -> new Refusal(Reason.ACCOUNT_EXISTS));
        var invitation = identity.accounts().invite(made.id());
        return Reply.json(
                201, Fields.of("account", view(made, true)).and("invitation", ChangeRoutes.invitation(invitation)));
    }

    private Reply suspend(Call call) {
        var user = admitted(call, Operation.SUSPEND_ACCOUNT);
        refuseTheLastAdmin(identity.accounts(), user, Set.of());
        var intent = log.intent(
                new Act(call.user().name(), "account.suspend", null, user.id(), Map.of("user", user.name())));
        boolean suspended = identity.accounts().suspend(user.id(), call.user().name());
        if (suspended) {
            workspaces.endAllOf(user.id(), call.user().name(), WorkspaceEnd.SECURITY);
        }
        log.outcome(intent, suspended ? Result.DONE : Result.REFUSED, Map.of());
        if (!suspended) {
            throw new Refusal(Reason.LAST_ADMIN);
        }
        return Reply.empty(204);
    }

    /** Whoever runs the service may go, but not all of them. */
    static void refuseTheLastAdmin(Accounts accounts, User user, Set<Role> left) {
        if (!left.contains(Role.ADMIN) && accounts.isLastAdmin(user)) {
            throw new Refusal(Reason.LAST_ADMIN);
        }
    }

    record Until(@Nullable String until) {}

    private Reply record(Call call) {
        var user = admitted(call, Operation.RECORD_TRAINING);
        var training = Training.parse(call.path("training")).orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        var until = day(Wire.read(call, Until.class).until());
        var intent = log.intent(new Act(
                call.user().name(),
                "account.training",
                null,
                user.id(),
                Map.of("user", user.name(), "training", training.code(), "until", until.toString())));
        identity.accounts()
                .trainings()
                .record(user.id(), training, until, call.user().id());
        log.outcome(intent, Result.DONE, Map.of());
        return Reply.empty(204);
    }

    /** The day itself is included. */
    private static Instant day(@Nullable String text) {
        try {
            var day = LocalDate.parse(text == null ? "" : text);
            if (day.getYear() < 2000 || day.getYear() > 2100) {
                throw new DateTimeParseException("far away", day.toString(), 0);
            }
            return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException malformed) {
            throw Refusal.invalid("until は 2027-03-31 のような日付です", "until is a date such as 2027-03-31");
        }
    }

    record Accepted(@Nullable String code, @Nullable String password) {}

    private Reply accept(Call call) {
        var given = Wire.read(call, Accepted.class);
        var code = given.code();
        var password = given.password();
        if (code == null || password == null || code.length() > LONGEST) {
            throw Refusal.invalid("code と password を送ってください", "send code and password");
        }
        AccountRoutes.refuseAPasswordThatIsNone(password);
        if (!identity.accounts().isInvited(code)) {
            log.refusedSignIn(Act.STRANGER, "INVITATION");
            throw new Refusal(Reason.NO_INVITATION);
        }
        var intent = log.intent(Act.of("invitation", "account.accept"));
        var user = identity.accounts().accept(code, password);
        log.outcome(
                intent,
                user.isPresent() ? Result.DONE : Result.REFUSED,
                user.map(found -> Map.of("user", found.name())).orElse(Map.of()));
        var found = user.orElseThrow(() -> new Refusal(Reason.NO_INVITATION));
        return Reply.json(201, Fields.of("name", found.name()).and("displayName", found.displayName()));
    }

    private User admitted(Call call, Operation operation) {
        return admitted(identity.accounts(), gate, call, operation);
    }

    /** The account of the path, about which the caller is asked nothing when it is the own one. */
    static User admitted(Accounts accounts, Gate gate, Call call, Operation operation) {
        var user = accounts.withId(call.path("account")).orElse(null);
        var own = user != null && user.id().equals(call.user().id());
        gate.admit(
                call,
                Request.of(operation).by(own ? Authorship.AUTHOR : Authorship.NONE),
                null,
                user == null ? null : user.id());
        if (user == null) {
            throw gate.refuse(call, operation, "not-found", null, null);
        }
        return user;
    }
}
