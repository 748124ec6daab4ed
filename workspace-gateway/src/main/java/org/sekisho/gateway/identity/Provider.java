package org.sekisho.gateway.identity;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.identity.Departures.Departed;
import org.sekisho.gateway.identity.ProviderClient.Vouched;

/**
 * Sign-ins through a provider of identities elsewhere. It says who somebody is and, by a claim, which roles they hold:
 * both anew at every sign-in. An account of a local person is never taken over by a name that the provider gives.
 */
public final class Provider {
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    /**
     * @param to where the browser goes
     * @param ticket a cookie value, without which it does not come back
     */
    public record Departure(URI to, String ticket) {}

    public sealed interface Arrival {
        /** @param next a path of ours */
        record In(SignIn.SignedIn signedIn, String next, boolean rolesChanged) implements Arrival {}

        /** The session is fresh. */
        record SteppedUp(Session session, String next) implements Arrival {}

        record Refused(Reason reason) implements Arrival {}
    }

    public enum Reason {
        /** The provider says no, or the person turned back. */
        DENIED,
        /** Nobody was sent there with this state from this browser, or it was used, or is too long ago. */
        STATE,
        /** What the provider gave is not true, not for us, or over. */
        TOKEN,
        /** The person did not sign in anew, or not in the way that is asked for. */
        CONTEXT,
        /** Came back as somebody else than who is signed in. */
        OTHER_PERSON,
        SUSPENDED
    }

    private record Kept(String token, @Nullable String sid) {}

    private final ProviderSettings settings;
    private final ProviderClient client;
    private final ProviderAccounts accounts;
    private final Sessions sessions;
    private final Departures departures;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    Provider(ProviderSettings settings, ProviderAccounts accounts, Sessions sessions, InstantSource time) {
        this.settings = settings;
        this.client = new ProviderClient(settings, time);
        this.accounts = accounts;
        this.sessions = sessions;
        this.departures = new Departures(time);
    }

    public String name() {
        return settings.name();
    }

    /** Whether the provider has to be asked about this person. */
    public boolean knows(User user) {
        return accounts.isOf(user, settings.issuer().toString());
    }

    /**
     * Sends a browser there; blocks while the provider is asked where that is. Empty when it cannot be reached.
     *
     * @param next a path of ours to go on to afterwards; anything else becomes the start page
     * @param session whose person is asked once more; null for a sign-in
     * @param address of the connection itself, never of a header
     */
    public Optional<Departure> depart(String next, @Nullable Session session, String address) {
        var departed = departures.leave(next, session, address);
        return client.way(departed).map(to -> new Departure(to, departed.ticket()));
    }

    /**
     * A browser came back. Blocks while the provider is asked.
     *
     * @param issuer the {@code iss} of RFC 9207, where it came
     * @param ticket of the browser's cookie
     */
    public Arrival arrive(
            @Nullable String state, @Nullable String code, @Nullable String issuer, @Nullable String ticket) {
        var departed = state == null ? Optional.<Departed>empty() : departures.arrive(state, ticket);
        if (departed.isEmpty()) {
            return new Arrival.Refused(Reason.STATE);
        }
        if (code == null || (issuer != null && !issuer.equals(settings.issuer().toString()))) {
            return new Arrival.Refused(Reason.DENIED);
        }
        var vouched = client.redeem(code, departed.get());
        return vouched.isEmpty() ? new Arrival.Refused(Reason.TOKEN) : arrive(departed.get(), vouched.get());
    }

    private Arrival arrive(Departed departed, Vouched vouched) {
        var claims = vouched.claims();
        if (!isInContext(departed, claims)) {
            return new Arrival.Refused(Reason.CONTEXT);
        }
        var asked = departed.session();
        if (asked != null) {
            var same = accounts.find(
                            settings.issuer().toString(), claims.getSubject().getValue())
                    .filter(account -> account.user().id().equals(asked.user().id()));
            if (same.isEmpty()) {
                return new Arrival.Refused(Reason.OTHER_PERSON);
            }
            sessions.prove(asked.id());
            return new Arrival.SteppedUp(asked, departed.next());
        }
        return in(departed, vouched);
    }

    private Arrival in(Departed departed, Vouched vouched) {
        var claims = vouched.claims();
        var roles = roles(claims);
        var account = accounts.of(
                settings.issuer().toString(),
                claims.getSubject().getValue(),
                claims.getStringClaim("preferred_username"),
                claims.getStringClaim("name"));
        if (!account.active()) {
            return new Arrival.Refused(Reason.SUSPENDED);
        }
        var changed = !account.user().roles().equals(roles);
        var current = changed ? accounts.changeRoles(account, roles) : account;
        var signedIn = sessions.open(current, settings.vouches() || settings.acr() != null ? Factor.PROVIDER : null);
        return switch (signedIn) {
            case SignIn.SignedIn in -> {
                keep(in.session().id(), vouched);
                yield new Arrival.In(in, departed.next(), changed);
            }
            case SignIn.Refused refused -> new Arrival.Refused(Reason.SUSPENDED);
            case SignIn.FactorNeeded needed -> new Arrival.Refused(Reason.CONTEXT);
            case SignIn.Cloned cloned -> new Arrival.Refused(Reason.CONTEXT);
        };
    }

    /** Ends the session here. @return where the browser ends it at the provider, too */
    public Optional<URI> signOut(Session session) {
        var token = kept.remove(session.id());
        sessions.end(session.id());
        return client.wayOut(token == null ? null : token.token());
    }

    /**
     * The provider says that somebody has signed out, or is not to be signed in any more (back-channel logout).
     *
     * @return whose sessions ended; empty for a token that is not the provider's
     */
    public Optional<List<Session>> signedOut(String token) {
        return client.loggedOut(token).map(claims -> {
            var subject = claims.getSubject();
            var person = subject == null
                    ? Optional.<IdentityTables.Account>empty()
                    : accounts.find(settings.issuer().toString(), subject.getValue());
            var sid =
                    claims.getSessionID() == null ? null : claims.getSessionID().getValue();
            var ending = sessions.live().stream()
                    .filter(session -> person.isPresent()
                            ? session.user().id().equals(person.get().user().id())
                            : isOf(session, sid))
                    .toList();
            ending.forEach(session -> sessions.end(session.id()));
            return ending;
        });
    }

    private boolean isOf(Session session, @Nullable String sid) {
        var found = kept.get(session.id());
        return sid != null && found != null && sid.equals(found.sid());
    }

    private void keep(String session, Vouched vouched) {
        kept.keySet().removeIf(old -> !sessions.stands(old));
        var sid = vouched.claims().getSessionID();
        kept.put(session, new Kept(vouched.token(), sid == null ? null : sid.getValue()));
    }

    /** The context that is asked for and, for a step-up, a sign-in that is as new as the question. */
    private boolean isInContext(Departed departed, IDTokenClaimsSet claims) {
        var acr = claims.getACR();
        if (settings.acr() != null && (acr == null || !acr.getValue().equals(settings.acr()))) {
            return false;
        }
        var at = claims.getAuthenticationTime();
        return departed.session() == null
                || (at != null && !at.toInstant().isBefore(departed.at().minus(TOLERANCE)));
    }

    private Set<Role> roles(IDTokenClaimsSet claims) {
        var roles = EnumSet.noneOf(Role.class);
        for (var word : words(claims)) {
            var role = settings.roles().get(String.valueOf(word));
            if (role != null) {
                roles.add(role);
            }
        }
        return roles;
    }

    private Collection<?> words(IDTokenClaimsSet claims) {
        Object found = claims.toJSONObject();
        for (var step : settings.rolesClaim().split("\\.")) {
            found = found instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return found instanceof Collection<?> list ? list : List.of();
    }
}
