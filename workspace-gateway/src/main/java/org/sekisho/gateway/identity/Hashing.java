package org.sekisho.gateway.identity;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Two password hashes at a time, so that a rush of sign-ins takes 38 MiB and not all the memory; others wait. */
final class Hashing {
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final PasswordHash NOBODY = PasswordHash.of(Accounts.id());

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** For names that do not exist: a hash that no password has, so that they take as long. */
    static PasswordHash nobody() {
        return NOBODY;
    }

    PasswordHash hash(String password) {
        return inTurn(() -> PasswordHash.of(password))
                .orElseThrow(() -> new IllegalStateException("too many passwords are being hashed"));
    }

    /** Empty when the wait for a turn was too long. */
    <T> Optional<T> inTurn(Supplier<T> work) {
        try {
            if (!turns.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return Optional.of(work.get());
        } finally {
            turns.release();
        }
    }
}
