package org.sekisho.gateway.identity;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Optional;
import org.sekisho.gateway.store.Store;

/** Accounts, what they sign in with, and sessions, over one store. */
public record Identity(
        Accounts accounts,
        Changes changes,
        Sessions sessions,
        SignIns signIns,
        Factors factors,
        Passkeys passkeys,
        Optional<Provider> provider) {
    /**
     * @param keys folder of the keys for bearer tokens and second factors, made (0600) when they are not there
     * @param clock for sessions asked once: from then on time is counted, so that setting the clock ends no session
     */
    public static Identity open(Store store, Path keys, IdentitySettings settings, Clock clock) {
        return open(store, keys, settings, clock, new SteadyClock(clock));
    }

    /** Whether the provider, not we, says which roles somebody has and keeps what they sign in with. */
    public boolean isOfProvider(User user) {
        return provider.filter(known -> known.knows(user)).isPresent();
    }

    /** With a time of its own for sessions. */
    public static Identity open(Store store, Path keys, IdentitySettings settings, Clock clock, InstantSource time) {
        var tables = new IdentityTables(store);
        var people = new PeopleTables(store);
        var factorTables = new FactorTables(store);
        var key = FactorKey.open(keys.resolve("factors.key"));
        var hashing = new Hashing();
        var factors = new Factors(factorTables, key, settings.secondFactor(), clock);
        var passkeys = new Passkeys(factorTables, factors, new Challenges(time), clock);
        var invitations = new Invitations(people, key, time);
        var sessions = new Sessions(tables, factors, Tokens.open(keys.resolve("jwt.key"), time), time);
        return new Identity(
                new Accounts(
                        tables, invitations, new Trainings(people, time), factors, hashing, time, sessions::endAllOf),
                new Changes(people, invitations, factors, time, sessions::endAllOf),
                sessions,
                new SignIns(tables, hashing, new Throttle(time), factors, passkeys, sessions),
                factors,
                passkeys,
                Optional.ofNullable(settings.provider())
                        .map(provider -> new Provider(
                                provider, new ProviderAccounts(tables, time, sessions::endAllOf), sessions, time)));
    }
}
