package org.sekisho.gateway.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a log beside its writer: everything once at the start, then what is new. When something does not hold and
 * still does not in a second, whole reading, it says so and looks no further.
 */
final class Watch implements AutoCloseable {
    private final Path directory;
    private final VerifierKey key;
    private final Clock clock;
    private final Runnable onBroken;
    private final Thread thread;

    private LogVerifier verifier;
    private volatile Verification latest;
    private volatile boolean closed;

    Watch(Path directory, VerifierKey key, Clock clock, Duration every, Runnable onBroken) {
        this.directory = directory;
        this.key = key;
        this.clock = clock;
        this.onBroken = onBroken;
        this.verifier = new LogVerifier(directory, key);
        this.latest = new Verification(0, clock.instant(), 0, true, null, "not verified yet");
        this.thread = Thread.ofPlatform().name("audit-watch").daemon().start(() -> watch(every));
    }

    Verification latest() {
        return latest;
    }

    /** Reads everything again. */
    synchronized Verification verifyAll() {
        verifier = new LogVerifier(directory, key);
        if (!look().holds()) {
            onBroken.run();
        }
        return latest;
    }

    private void watch(Duration every) {
        while (!closed && latest.holds()) {
            try {
                lookAgain();
                Thread.sleep(every);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private synchronized void lookAgain() {
        if (!closed && !look().holds()) {
            verifyAll();
        }
    }

    private Verification look() {
        latest = judge();
        return latest;
    }

    private Verification judge() {
        try {
            return switch (verifier.verify()) {
                case LogVerifier.Holds holds ->
                    verification(holds.size(), holds.size() + holds.unsigned(), true, null, note(holds));
                case LogVerifier.Broken broken -> {
                    long held = verifier.verified();
                    yield verification(held, held, false, broken.index(), broken.what());
                }
            };
        } catch (RuntimeException unreadable) {
            return verification(verifier.verified(), verifier.verified(), false, null, "the log cannot be read");
        }
    }

    private Verification verification(
            long upTo, long size, boolean holds, @Nullable Long firstBad, @Nullable String note) {
        return new Verification(upTo, clock.instant(), size, holds, firstBad, note);
    }

    private static @Nullable String note(LogVerifier.Holds holds) {
        return holds.notes().isEmpty() ? null : String.join("; ", holds.notes());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
