package org.sekisho.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.access.Access;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Factor;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Session;
import org.sekisho.gateway.identity.SignIn;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.project.Projects;

/** Signing in, once more, and out. */
final class SessionRoutes {
    /** Of a name and of a code. */
    private static final int LONGEST = 200;

    private final Identity identity;
    private final Projects projects;
    private final Gate gate;
    private final AuditLog log;
    private final Instance instance;
    private final boolean secure;
    private final Clock clock;
    private final People people;

    SessionRoutes(
            Identity identity,
            People people,
            Projects projects,
            Gate gate,
            AuditLog log,
            Instance instance,
            boolean secure,
            Clock clock) {
        this.identity = identity;
        this.projects = projects;
        this.gate = gate;
        this.log = log;
        this.instance = instance;
        this.secure = secure;
        this.clock = clock;
        this.people = people;
    }

    List<Route> routes() {
        return List.of(
                Route.slow("POST", "/api/session", Caller.ANYBODY, Trace.EFFECT, this::signIn),
                new Route("GET", "/api/session", Caller.ENROLLING, Trace.NONE, this::whoAmI),
                new Route("DELETE", "/api/session", Caller.ENROLLING, Trace.EFFECT, this::signOut),
                new Route("POST", "/api/session/passkey/challenge", Caller.ANYBODY, Trace.NONE, this::challenge),
                new Route("POST", "/api/session/passkey", Caller.ANYBODY, Trace.EFFECT, this::signInWithPasskey),
                new Route("POST", "/api/session/step-up/challenge", Caller.SIGNED_IN, Trace.NONE, this::ownChallenge),
                new Route("POST", "/api/session/step-up", Caller.SIGNED_IN, Trace.EFFECT, this::stepUp));
    }

    record Credentials(
            @Nullable String user,
            @Nullable String password,
            @Nullable String otp) {}

    private Reply signIn(Call call) {
        var given = Wire.read(call, Credentials.class);
        var user = given.user();
        var password = given.password();
        var otp = given.otp();
        if (user == null || password == null || isLong(user) || (otp != null && isLong(otp))) {
            throw Refusal.invalid("user と password を送ってください", "send user and password");
        }
        if (password.length() > Accounts.LONGEST) {
            throw Refusal.invalid("パスワードは 256 文字までです", "a password has at most 256 characters");
        }
        var named = people.account(user).orElse(Act.STRANGER);
        return answer(named, identity.signIns().withPassword(user, password, otp, call.address()));
    }

    private static boolean isLong(String text) {
        return text.length() > LONGEST;
    }

    private Reply challenge(Call call) {
        return Reply.ok(PasskeyForms.question(
                PasskeyForms.party(call, secure), identity.passkeys().askToSignIn(call.address()), List.of()));
    }

    record Shown(@Nullable JsonNode credential) {}

    private Reply signInWithPasskey(Call call) {
        var party = PasskeyForms.party(call, secure);
        var credential = PasskeyForms.credential(Wire.read(call, Shown.class).credential());
        return answer(Act.STRANGER, identity.signIns().withPasskey(party, credential, call.address()));
    }

    /** @param named whose account was named, for the log; a passkey that is refused names nobody */
    private Reply answer(String named, SignIn signIn) {
        return switch (signIn) {
            case SignIn.SignedIn in -> opened(in);
            case SignIn.FactorNeeded(var factors) -> throw factorNeeded(named, factors);
            case SignIn.Cloned(var owner) ->
                throw refusal(log, owner.name(), new SignIn.Refused(SignIn.Reason.CLONED, Duration.ZERO));
            case SignIn.Refused refused -> throw refusal(log, named, refused);
        };
    }

    /** The password was right, so it may be in the wrong hands: the log says when nothing followed. */
    private Refusal factorNeeded(String named, Set<Factor> factors) {
        log.record(Act.of(named, "session.factor-needed"), Result.REFUSED);
        var codes = factors.stream().map(Factor::code).sorted().toList();
        return new Refusal(Reason.OTP_NEEDED, null, Map.of(), Map.of("factors", codes));
    }

    private Reply opened(SignIn.SignedIn in) {
        var session = in.session();
        try {
            log.record(
                    new Act(session.user().name(), "session.open", null, session.id(), factor(in.factor())),
                    Result.DONE);
        } catch (RuntimeException unavailable) {
            identity.sessions().end(session.id());
            throw unavailable;
        }
        var seconds = Duration.between(clock.instant(), session.expires()).toSeconds();
        return Reply.json(
                        201,
                        Fields.of("token", in.token())
                                .and("expires", session.expires())
                                .and("user", People.user(session.user()))
                                .and("assurance", session.assurance().code()))
                .with("Set-Cookie", Cookies.set(in.cookie(), seconds, secure));
    }

    private static Map<String, String> factor(@Nullable Factor factor) {
        return factor == null ? Map.of() : Map.of("factor", factor.code());
    }

    /** Writes down that a password, a code or a passkey was refused. */
    static Refusal refusal(AuditLog log, String user, SignIn.Refused refused) {
        var reason = refused.reason();
        var wait = refused.retryAfter();
        log.refusedSignIn(user, reason.name());
        long seconds = Math.ceilDiv(wait.toMillis(), 1_000);
        var retry = seconds == 0 ? Map.<String, String>of() : Map.of("Retry-After", Long.toString(seconds));
        var problem = switch (reason) {
            case WRONG -> Reason.WRONG_SIGN_IN;
            case WRONG_CODE -> Reason.WRONG_CODE;
            case TOO_MANY -> Reason.TOO_MANY;
            case BUSY -> Reason.BUSY;
            case SECOND_FACTOR -> Reason.SECOND_FACTOR;
            case CLONED -> Reason.CLONED;
        };
        return new Refusal(problem, seconds == 0 ? null : again(seconds), retry);
    }

    private static Text again(long seconds) {
        long minutes = Math.ceilDiv(seconds, 60);
        return seconds < 100
                ? new Text("%d 秒後にもう一度お試しください。".formatted(seconds), "Try again in %d s.".formatted(seconds))
                : new Text("%d 分後にもう一度お試しください。".formatted(minutes), "Try again in %d minutes.".formatted(minutes));
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
                .and("assurance", session.assurance().code())
                .and("freshUntil", session.freshUntil())
                .and("factors", codes(session))
                .and("provider", identity.isOfProvider(session.user()) ? true : null)
                .and("lapsed", PeopleRoutes.codes(lapsed(session.user())))
                .and("demo", instance.demo())
                .and("sandbox", instance.sandbox()));
    }

    private Set<Role> lapsed(User user) {
        return Access.lapsed(user.roles(), identity.accounts().trainings().inForce(user.id()));
    }

    private List<String> codes(Session session) {
        var factors = identity.factors().of(session.user().id());
        if (identity.isOfProvider(session.user())) {
            factors.add(Factor.PROVIDER);
        }
        return factors.stream().map(Factor::code).toList();
    }

    private Reply ownChallenge(Call call) {
        gate.admit(call, Operation.STEP_UP);
        var account = call.user().id();
        return Reply.ok(PasskeyForms.question(
                PasskeyForms.party(call, secure),
                identity.passkeys().askToStepUp(account),
                identity.passkeys().of(account)));
    }

    record OnceMore(@Nullable String otp, @Nullable JsonNode credential) {}

    private Reply stepUp(Call call) {
        gate.admit(call, Operation.STEP_UP);
        var given = Wire.read(call, OnceMore.class);
        var session = call.signedIn();
        if ((given.otp() == null) == (given.credential() == null)) {
            throw Refusal.invalid("otp か credential のどちらかを送ってください", "send either otp or credential");
        }
        var intent = log.intent(new Act(session.user().name(), "session.step-up", null, session.id(), Map.of()));
        var refused = given.otp() != null
                ? identity.signIns().stepUp(session, given.otp())
                : identity.signIns()
                        .stepUp(session, PasskeyForms.party(call, secure), PasskeyForms.credential(given.credential()));
        if (refused.isPresent()) {
            log.outcome(intent, Result.REFUSED, Map.of());
            throw refusal(log, session.user().name(), refused.get());
        }
        log.outcome(intent, Result.DONE, Map.of());
        return Reply.empty(204);
    }

    private Reply signOut(Call call) {
        gate.admit(call, Operation.END_OWN_SESSION);
        var session = call.signedIn();
        identity.sessions().end(session.id());
        log.record(new Act(session.user().name(), "session.close", null, session.id(), Map.of()), Result.DONE);
        return Reply.empty(204).with("Set-Cookie", Cookies.clear(secure));
    }
}
