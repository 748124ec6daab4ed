package org.sekisho.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Factor;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.identity.Passkeys;
import org.sekisho.gateway.identity.Provider;

/** One's own account: second factors, recovery codes, the password. */
final class AccountRoutes {
    private static final String TOTP = "/api/account/totp";
    private static final int LONGEST_NAME = 60;

    private final Identity identity;
    private final Gate gate;
    private final AuditLog log;
    private final boolean secure;

    AccountRoutes(Identity identity, Gate gate, AuditLog log, boolean secure) {
        this.identity = identity;
        this.gate = gate;
        this.log = log;
        this.secure = secure;
    }

    List<Route> routes() {
        return List.of(
                new Route("GET", "/api/account", Caller.ENROLLING, Trace.NONE, this::own),
                Route.slow("POST", TOTP, Caller.ENROLLING, Trace.EFFECT, this::offerTotp),
                new Route("PUT", TOTP, Caller.ENROLLING, Trace.EFFECT, this::acceptTotp),
                new Route("DELETE", TOTP, Caller.SIGNED_IN, Trace.EFFECT, this::removeTotp),
                Route.slow("POST", "/api/account/passkeys/challenge", Caller.ENROLLING, Trace.NONE, this::challenge),
                new Route("POST", "/api/account/passkeys", Caller.ENROLLING, Trace.EFFECT, this::addPasskey),
                new Route(
                        "DELETE",
                        "/api/account/passkeys/{passkey}",
                        Caller.SIGNED_IN,
                        Trace.EFFECT,
                        this::removePasskey),
                Route.slow("POST", "/api/account/recovery-codes", Caller.SIGNED_IN, Trace.EFFECT, this::renewCodes),
                Route.slow("PUT", "/api/account/password", Caller.SIGNED_IN, Trace.EFFECT, this::changePassword));
    }

    private Reply own(Call call) {
        gate.admit(call, Operation.READ_ACCOUNT);
        var held = identity.factors().held(call.user().id());
        return Reply.ok(Fields.of("user", People.user(call.user()))
                .and("provider", provider(call))
                .and("secondFactor", identity.factors().policy().code())
                .and("totp", held.totp() == null ? null : Fields.of("since", held.totp()))
                .and(
                        "passkeys",
                        held.passkeys().stream().map(AccountRoutes::view).toList())
                .and("recoveryCodes", held.recoveryCodes())
                .and(
                        "trainings",
                        PeopleRoutes.trainings(
                                identity.accounts().trainings().of(call.user().id()))));
    }

    private @Nullable String provider(Call call) {
        return identity.isOfProvider(call.user())
                ? identity.provider().map(Provider::name).orElse(null)
                : null;
    }

    private static Object view(Passkeys.Named passkey) {
        return Fields.of("id", passkey.id())
                .and("name", passkey.name())
                .and("since", passkey.created())
                .and("used", passkey.used());
    }

    /** What the provider ends must not go on here by a factor of our own. */
    private void refuseOfProvider(Call call) {
        if (identity.isOfProvider(call.user())) {
            throw new Refusal(Reason.OF_PROVIDER);
        }
    }

    private Reply offerTotp(Call call) {
        gate.admit(call, Operation.ADD_FACTOR);
        refuseOfProvider(call);
        confirm(call);
        log.record(act(call, "factor.offer", Factor.TOTP), Result.DONE);
        var offer = identity.factors().offer(call.user());
        return Reply.json(201, Fields.of("secret", offer.secret()).and("uri", offer.uri()));
    }

    record Code(@Nullable String code) {}

    private Reply acceptTotp(Call call) {
        gate.admit(call, Operation.ADD_FACTOR);
        var code = Wire.read(call, Code.class).code();
        if (code == null) {
            throw Refusal.invalid("code にアプリの 6 桁を送ってください", "code holds the six digits of the application");
        }
        var first = isFirst(call);
        act(
                act(call, "factor.add", Factor.TOTP),
                Reason.WRONG_CODE,
                () -> identity.factors().accept(call.signedIn(), code, () -> prove(call)));
        return added(call, first);
    }

    private Reply removeTotp(Call call) {
        gate.admit(call, Operation.REMOVE_FACTOR);
        var user = call.user().id();
        if (identity.factors().held(user).totp() == null) {
            throw new Refusal(Reason.NOT_FOUND);
        }
        refuseTheLast(call, Factor.TOTP);
        act(act(call, "factor.remove", Factor.TOTP), Reason.NOT_FOUND, () -> {
            identity.factors().removeTotp(user);
            return true;
        });
        return Reply.empty(204);
    }

    private Reply challenge(Call call) {
        gate.admit(call, Operation.ADD_FACTOR);
        refuseOfProvider(call);
        confirm(call);
        var user = call.user();
        return Reply.ok(PasskeyForms.creation(
                PasskeyForms.party(call, secure),
                identity.passkeys().askToRegister(user.id()),
                user,
                identity.passkeys().of(user.id())));
    }

    record NewPasskey(@Nullable String name, @Nullable JsonNode credential) {}

    private Reply addPasskey(Call call) {
        gate.admit(call, Operation.ADD_FACTOR);
        refuseOfProvider(call);
        var given = Wire.read(call, NewPasskey.class);
        var name = Plain.line("name", given.name() == null ? "" : given.name(), LONGEST_NAME);
        var party = PasskeyForms.party(call, secure);
        var credential = PasskeyForms.credential(given.credential());
        var first = isFirst(call);
        act(
                act(call, "factor.add", Factor.PASSKEY),
                Reason.PASSKEY_REFUSED,
                () -> identity.passkeys()
                        .register(call.signedIn(), name, party, credential, () -> prove(call))
                        .isEmpty());
        return added(call, first);
    }

    private Reply removePasskey(Call call) {
        gate.admit(call, Operation.REMOVE_FACTOR);
        var user = call.user().id();
        var passkey = call.path("passkey");
        if (identity.passkeys().of(user).stream().noneMatch(own -> own.id().equals(passkey))) {
            throw new Refusal(Reason.NOT_FOUND);
        }
        refuseTheLast(call, Factor.PASSKEY);
        act(
                act(call, "factor.remove", Factor.PASSKEY),
                Reason.NOT_FOUND,
                () -> identity.passkeys().remove(user, passkey));
        return Reply.empty(204);
    }

    private Reply renewCodes(Call call) {
        gate.admit(call, Operation.ADD_FACTOR);
        if (isFirst(call)) {
            throw new Refusal(Reason.SECOND_FACTOR);
        }
        confirm(call);
        var intent = log.intent(act(call, "factor.add", Factor.RECOVERY_CODE));
        var codes = identity.factors().renewRecoveryCodes(call.signedIn());
        log.outcome(intent, codes.isPresent() ? Result.DONE : Result.REFUSED, Map.of());
        return Reply.json(201, Fields.of("recoveryCodes", codes.orElseThrow(AccountRoutes::ended)));
    }

    record Passwords(@Nullable String old, @Nullable String password) {}

    private Reply changePassword(Call call) {
        gate.admit(call, Operation.CHANGE_PASSWORD);
        refuseOfProvider(call);
        var given = Wire.read(call, Passwords.class);
        var password = given.password();
        if (password == null) {
            throw Refusal.invalid("old と password を送ってください", "send old and password");
        }
        confirm(call, given.old(), "old");
        refuseAPasswordThatIsNone(password);
        var intent = log.intent(new Act(
                call.user().name(), "account.password", null, call.user().id(), Map.of()));
        boolean changed = identity.accounts().changePassword(call.signedIn(), password);
        log.outcome(intent, changed ? Result.DONE : Result.REFUSED, Map.of());
        if (!changed) {
            throw ended();
        }
        return Reply.empty(204).with("Set-Cookie", Cookies.clear(secure));
    }

    /** The session has ended while it was at work. */
    private static Refusal ended() {
        return new Refusal(Reason.NOT_SIGNED_IN);
    }

    static void refuseAPasswordThatIsNone(String password) {
        if (password.length() < 12 || password.length() > Accounts.LONGEST) {
            throw Refusal.invalid("パスワードは 12 文字以上 256 文字までです", "a password has 12 to 256 characters");
        }
    }

    private boolean isFirst(Call call) {
        return !identity.factors().has(call.user().id());
    }

    /** Recovery codes come with the first factor, shown this once. */
    private Reply added(Call call, boolean first) {
        var codes =
                first ? identity.factors().renewRecoveryCodes(call.signedIn()).orElseThrow(AccountRoutes::ended) : null;
        return Reply.json(201, Fields.of("recoveryCodes", codes));
    }

    record OwnPassword(@Nullable String password) {}

    /**
     * A way to sign in is added by whoever knows the password: at a browser that was left alone anybody could make the
     * account theirs for good.
     */
    private void confirm(Call call) {
        confirm(call, Wire.read(call, OwnPassword.class).password(), "password");
    }

    private void confirm(Call call, @Nullable String password, String member) {
        if (password == null || password.length() > Accounts.LONGEST) {
            throw Refusal.invalid(member + " に現在のパスワードを送ってください", "send your present password as " + member);
        }
        var refused = identity.signIns().confirm(call.user(), password, call.address());
        if (refused.isPresent()) {
            throw SessionRoutes.refusal(log, call.user().name(), refused.get());
        }
    }

    private void prove(Call call) {
        identity.sessions().prove(call.signedIn().id());
    }

    private void refuseTheLast(Call call, Factor factor) {
        if (identity.factors().isLast(call.user().id(), factor)) {
            throw new Refusal(Reason.LAST_FACTOR);
        }
    }

    private Act act(Call call, String action, Factor factor) {
        return new Act(call.user().name(), action, null, call.user().id(), Map.of("factor", factor.code()));
    }

    /** Writes the intent, does it, and writes how it came out. */
    private void act(Act act, Reason otherwise, BooleanSupplier effect) {
        var intent = log.intent(act);
        var done = effect.getAsBoolean();
        log.outcome(intent, done ? Result.DONE : Result.REFUSED, Map.of());
        if (!done) {
            throw new Refusal(otherwise);
        }
    }
}
