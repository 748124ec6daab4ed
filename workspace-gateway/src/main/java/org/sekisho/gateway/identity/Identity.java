package org.sekisho.gateway.identity;

import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import org.sekisho.gateway.store.Store;

/** Accounts and sessions over one store. */
public record Identity(Accounts accounts, Sessions sessions) {
    /**
     * @param jwtKey file of the key for bearer tokens, made (0600) when it is not there
     * @param clock asked once: from then on time is counted, so that setting the clock ends no session
     */
    public static Identity open(Store store, Path jwtKey, Clock clock) {
        return open(store, jwtKey, new SteadyClock(clock));
    }

    static Identity open(Store store, Path jwtKey, InstantSource time) {
        var tables = new IdentityTables(store);
        var hashing = new Hashing();
        var sessions = new Sessions(tables, hashing, new Throttle(time), Tokens.open(jwtKey, time), time);
        return new Identity(new Accounts(tables, hashing, time, sessions::endAllOf), sessions);
    }
}
