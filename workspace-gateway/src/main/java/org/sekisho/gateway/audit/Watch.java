package org.sekisho.gateway.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.LogVerifier;

/**
 * Verifies a log beside its writer: everything once at the start, then what is new. When something does not hold and
 * still does not in a second, whole reading, it says so and looks no further. What the writer has signed must be there:
 * files that hold in themselves may have been exchanged for older ones. A wrong index it reports, and goes on.
 */
final class Watch implements AutoCloseable {
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final Path directory;
    private final VerifierKeys keys;
    private final Clock clock;
    private final LongSupplier signed;
    private final Runnable onBroken;
    private final LongConsumer onWrongIndex;
    private final Thread thread;

    private LogVerifier verifier;
    /** What somebody else found out; the files may hold in themselves and yet be another log than was witnessed. */
    private @Nullable String accusation;

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Verification latest;

    /**
     * @param signed how many entries the writer's newest checkpoint covers, when that is on the disk
     * @param onBroken ends the log
     * @param onWrongIndex given the first entry whose record is wrong, of a log that holds
     */
    Watch(
            Path directory,
            VerifierKeys keys,
            Clock clock,
            Duration every,
            LongSupplier signed,
            Runnable onBroken,
            LongConsumer onWrongIndex) {
        this.directory = directory;
        this.keys = keys;
        this.clock = clock;
        this.signed = signed;
        this.onBroken = onBroken;
        this.onWrongIndex = onWrongIndex;
        this.verifier = new LogVerifier(directory, keys);
        this.latest = new Verification(0, clock.instant(), 0, true, null, "not verified yet", List.of());
        this.thread = Thread.ofPlatform().name("audit-watch").daemon().start(() -> watch(every));
    }

    Verification latest() {
        return latest;
    }

    /** Reads everything again. */
    synchronized Verification verifyAll() {
        verifier = new LogVerifier(directory, keys);
        if (!look().holds()) {
            onBroken.run();
        }
        return latest;
    }

    /** Somebody else has found out that the log does not hold; no reading of the files takes that back. */
    synchronized void accuse(LogUnavailable why) {
        if (accusation == null) {
            accusation = why.getMessage();
            latest = verification(latest.upTo(), latest.size(), false, latest.firstBad(), latest.note());
        }
        onBroken.run();
    }

    private void watch(Duration every) {
        try {
            do {
                lookAgain();
            } while (latest.holds() && !closed.await(every.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException ours) {
            throw new IllegalStateException("nobody interrupts the thread that reads the log again", ours);
        }
    }

    private synchronized void lookAgain() {
        if (closed.getCount() > 0 && !look().holds()) {
            verifyAll();
        }
    }

    private Verification look() {
        latest = judge();
        if (latest.holds()) {
            verifier.wrongRecord().ifPresent(onWrongIndex);
        }
        return latest;
    }

    private Verification judge() {
        long due = signed.getAsLong();
        try {
            return switch (verifier.verify()) {
                case LogVerifier.Holds holds
                when holds.size() < due -> {
                    long left = holds.size();
                    var what = due + " entries were signed, and the newest checkpoint in the files covers " + left;
                    yield verification(left, left + holds.unsigned(), false, left, what);
                }
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
        if (accusation == null) {
            return new Verification(upTo, clock.instant(), size, holds, firstBad, note, List.of());
        }
        var both = note == null ? accusation : accusation + "; " + note;
        return new Verification(upTo, clock.instant(), size, false, firstBad, both, List.of());
    }

    private static @Nullable String note(LogVerifier.Holds holds) {
        return holds.notes().isEmpty() ? null : String.join("; ", holds.notes());
    }

    /** Whoever mends the index has something to write down, and an interruption would close the file of it. */
    @Override
    public void close() {
        closed.countDown();
        try {
            var _ = thread.join(TO_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
