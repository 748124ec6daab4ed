package org.sekisho.gateway.identity;

import java.nio.file.Path;
import java.time.Clock;
import org.sekisho.gateway.store.Store;

/** Accounts and sessions over one store. */
public record Identity(Accounts accounts, Sessions sessions) {
    /** @param jwtKey file of the key for bearer tokens, made (0600) when it is not there */
    @SuppressWarnings("DoNotCallSuggester")
    public static Identity open(Store store, Path jwtKey, Clock clock) {
        throw new UnsupportedOperationException();
    }
}
