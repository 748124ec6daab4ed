package org.sekisho.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.identity.Provider;
import org.sekisho.gateway.identity.Session;
import org.sekisho.gateway.identity.SignIn;

/** Signing in, once more, and out by way of a provider of identities elsewhere (OpenID Connect). */
final class ProviderRoutes {
    private static final int PATIENCE_SECONDS = 600;
    private static final int LONGEST = 16_384;

    private final Identity identity;
    private final Gate gate;
    private final AuditLog log;
    private final boolean secure;
    private final Clock clock;

    ProviderRoutes(Identity identity, Gate gate, AuditLog log, boolean secure, Clock clock) {
        this.identity = identity;
        this.gate = gate;
        this.log = log;
        this.secure = secure;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.slow("POST", "/api/session/provider", Caller.ANYBODY, Trace.NONE, this::depart),
                Route.slow("POST", "/api/session/provider/step-up", Caller.SIGNED_IN, Trace.NONE, this::stepUp),
                Route.slow("GET", "/api/session/provider/arrival", Caller.ANYBODY, Trace.EFFECT, this::arrive),
                Route.slow("POST", "/api/session/provider/sign-out", Caller.ENROLLING, Trace.EFFECT, this::signOut),
                Route.slow("POST", "/api/session/provider/signed-out", Caller.ANYBODY, Trace.EFFECT, this::signedOut));
    }

    private Provider provider() {
        return identity.provider().orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
    }

    record Destination(@Nullable String next) {}

    private Reply depart(Call call) {
        return depart(call, null);
    }

    private Reply stepUp(Call call) {
        gate.admit(call, Operation.STEP_UP);
        return depart(call, call.signedIn());
    }

    private Reply depart(Call call, @Nullable Session session) {
        var wished = Wire.read(call, Destination.class).next();
        var next = wished == null ? "/" : wished;
        var departure =
                provider().depart(next, session, call.address()).orElseThrow(() -> new Refusal(Reason.PROVIDER_AWAY));
        return Reply.ok(Fields.of("location", departure.to().toString()))
                .with("Set-Cookie", Cookies.ticket(departure.ticket(), PATIENCE_SECONDS, secure));
    }

    /** A browser comes back by a link of another site: whatever happens, it is shown a page of ours. */
    private Reply arrive(Call call) {
        var ticket = Cookies.ticket(call.headers().get("cookie"));
        var arrival = provider()
                .arrive(
                        call.query("state").orElse(null),
                        call.query("code").orElse(null),
                        call.query("iss").orElse(null),
                        ticket);
        return switch (arrival) {
            case Provider.Arrival.Vouched vouched -> in(vouched);
            case Provider.Arrival.Again(var session, var next) -> {
                var intent = log.intent(new Act(
                        session.user().name(), "session.step-up", null, session.id(), Map.of("factor", "provider")));
                identity.sessions().prove(session.id());
                log.outcome(intent, Result.DONE, Map.of());
                yield onward(next);
            }
            case Provider.Arrival.Refused(var reason, var asked) ->
                refused(asked == null ? Act.STRANGER : asked.user().name(), reason);
        };
    }

    private Reply refused(String named, Provider.Reason reason) {
        log.refusedSignIn(named, "PROVIDER_" + reason.name());
        return onward(
                "/signin?refused=" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private Reply in(Provider.Arrival.Vouched vouched) {
        var intent = vouched.changes() ? log.intent(change(vouched)) : null;
        var entered = provider().enter(vouched);
        if (intent != null) {
            log.outcome(intent, entered.isPresent() ? Result.DONE : Result.REFUSED, Map.of());
        }
        return entered.map(in -> opened(in, vouched.next()))
                .orElseGet(() -> refused(vouched.name(), Provider.Reason.SUSPENDED));
    }

    private static Act change(Provider.Arrival.Vouched vouched) {
        var roles = String.join(" ", PeopleRoutes.codes(vouched.roles()));
        return new Act(
                "provider", "account.roles", null, vouched.account(), Map.of("user", vouched.name(), "roles", roles));
    }

    private Reply opened(SignIn.SignedIn in, String next) {
        var session = in.session();
        try {
            log.record(
                    new Act(session.user().name(), "session.open", null, session.id(), Map.of("factor", "provider")),
                    Result.DONE);
        } catch (RuntimeException unavailable) {
            identity.sessions().end(session.id());
            throw unavailable;
        }
        var seconds = Duration.between(clock.instant(), session.expires()).toSeconds();
        return onward(next).with("Set-Cookie", Cookies.set(in.cookie(), seconds, secure));
    }

    private static Reply.Now onward(String next) {
        return new Reply.Now(303, "", Buffer.buffer(), Map.of("Location", next));
    }

    private Reply signOut(Call call) {
        gate.admit(call, Operation.END_OWN_SESSION);
        var session = call.signedIn();
        var out = provider().signOut(session);
        log.record(new Act(session.user().name(), "session.close", null, session.id(), Map.of()), Result.DONE);
        return Reply.ok(Fields.of("location", out.map(Object::toString).orElse("/signin")))
                .with("Set-Cookie", Cookies.clear(secure));
    }

    /** Back-channel logout: the provider itself calls, with a token that it has signed. */
    private Reply signedOut(Call call) {
        var body = call.body().toString(StandardCharsets.UTF_8);
        var tokens =
                body.length() > LONGEST ? List.<String>of() : Paths.query(body).getOrDefault("logout_token", List.of());
        var ended = tokens.size() == 1 ? provider().signedOut(tokens.getFirst()) : Optional.<List<Session>>empty();
        if (ended.isEmpty()) {
            log.refusedSignIn(Act.STRANGER, "PROVIDER_LOGOUT");
            throw Refusal.invalid("logout_token が正しくありません", "logout_token is not a logout token of the provider");
        }
        for (var session : ended.get()) {
            log.record(
                    new Act(
                            "provider",
                            "session.end",
                            null,
                            session.id(),
                            Map.of("user", session.user().name())),
                    Result.DONE);
        }
        return Reply.empty(200);
    }
}
