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
import org.sekisho.gateway.identity.IdentityTables.Account;
import org.sekisho.gateway.identity.ProviderAccounts.Wanted;
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

    /** Who came back. Nothing has been done for them yet, so that the log can know of it before. */
    public sealed interface Arrival {
        /**
         * Somebody for whom {@link Provider#enter} opens a session.
         *
         * @param account id; null for somebody who comes for the first time and gets one
         * @param name of the account, also of one that is still to be made
         * @param changes whether the account is new or holds other roles up to now
         * @param next a path of ours
         */
        record Vouched(
                @Nullable String account,
                String name,
                Set<Role> roles,
                boolean changes,
                String next,
                ProviderClient.Vouched proof)
                implements Arrival {}

        /** Somebody whose session may be made fresh. */
        record Again(Session session, String next) implements Arrival {}

        /** @param asked who was asked once more; null for a sign-in */
        record Refused(Reason reason, @Nullable Session asked) implements Arrival {}
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
            return new Arrival.Refused(Reason.STATE, null);
        }
        var asked = departed.get().session();
        if (code == null || (issuer != null && !issuer.equals(settings.issuer().toString()))) {
            return new Arrival.Refused(Reason.DENIED, asked);
        }
        var vouched = client.redeem(code, departed.get());
        return vouched.isEmpty() ? new Arrival.Refused(Reason.TOKEN, asked) : arrive(departed.get(), vouched.get());
    }

    private Arrival arrive(Departed departed, Vouched vouched) {
        var claims = vouched.claims();
        var asked = departed.session();
        if (!isInContext(departed, claims)) {
            return new Arrival.Refused(Reason.CONTEXT, asked);
        }
        var account =
                accounts.find(settings.issuer().toString(), claims.getSubject().getValue());
        if (asked != null) {
            return account.filter(found -> found.user().id().equals(asked.user().id()))
                            .isPresent()
                    ? new Arrival.Again(asked, departed.next())
                    : new Arrival.Refused(Reason.OTHER_PERSON, asked);
        }
        if (account.isPresent() && !account.get().active()) {
            return new Arrival.Refused(Reason.SUSPENDED, null);
        }
        return vouchedFor(account.map(Account::user).orElse(null), departed, vouched);
    }

    private Arrival vouchedFor(@Nullable User known, Departed departed, Vouched vouched) {
        var claims = vouched.claims();
        var roles = roles(claims);
        return known == null
                ? new Arrival.Vouched(null, accounts.free(wanted(claims)), roles, true, departed.next(), vouched)
                : new Arrival.Vouched(
                        known.id(), known.name(), roles, !known.roles().equals(roles), departed.next(), vouched);
    }

    private Wanted wanted(IDTokenClaimsSet claims) {
        return new Wanted(
                settings.issuer().toString(),
                claims.getSubject().getValue(),
                claims.getStringClaim("preferred_username"),
                claims.getStringClaim("name"));
    }

    /**
     * Makes the account where there is none, gives it the roles of the claim and opens a session.
     *
     * @return empty when the account was suspended or changed while this person arrived
     */
    public Optional<SignIn.SignedIn> enter(Arrival.Vouched arrival) {
        var account = accounts.of(wanted(arrival.proof().claims()), arrival.name());
        var changes = !account.user().roles().equals(arrival.roles());
        if (!account.active() || (changes && !arrival.changes())) {
            return Optional.empty();
        }
        var current = changes ? accounts.changeRoles(account, arrival.roles()) : account;
        var factor = settings.vouches() || settings.acr() != null ? Factor.PROVIDER : null;
        if (sessions.open(current, factor) instanceof SignIn.SignedIn in) {
            keep(in.session().id(), arrival.proof());
            return Optional.of(in);
        }
        return Optional.empty();
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
                    ? Optional.<Account>empty()
                    : accounts.find(settings.issuer().toString(), subject.getValue());
            var sid =
                    claims.getSessionID() == null ? null : claims.getSessionID().getValue();
            var ending = sessions.live().stream()
                    .filter(session -> person.isPresent()
                            ? session.user().id().equals(person.get().user().id())
                            : mayBeOf(session, sid))
                    .toList();
            ending.forEach(session -> sessions.end(session.id()));
            return ending;
        });
    }

    /**
     * Whether this session was opened with that one of the provider. Where it is not known any more, since a restart
     * forgets it, a person of the provider is signed out once too often rather than not at all.
     */
    private boolean mayBeOf(Session session, @Nullable String sid) {
        var found = kept.get(session.id());
        var known = found == null ? null : found.sid();
        return sid != null && (known == null ? knows(session.user()) : known.equals(sid));
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
