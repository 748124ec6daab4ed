package org.sekisho.gateway.audit;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes refused sign-ins on a thread of its own, one behind the other, so that whoever was refused learns nothing from
 * how long it takes: a known name has entries of its own, an unknown one often has none. Where very many wait, everybody
 * waits for room.
 */
final class Aside implements AutoCloseable {
    private static final int MOST_WAITING = 10_000;
    private static final Duration TO_WRITE = Duration.ofSeconds(60);

    private final Refusals refusals;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("audit-refusals").daemon().factory(),
            (task, pool) -> waitForRoom(task, pool));

    private final Duration patience;

    Aside(Refusals refusals) {
        this(refusals, TO_WRITE);
    }

    /** @param patience with a disk that does not answer, when this is closed */
    Aside(Refusals refusals, Duration patience) {
        this.refusals = refusals;
        this.patience = patience;
    }

    void add(String actor, String reason) {
        thread.execute(() -> write(actor, reason));
    }

    private void write(String actor, String reason) {
        try {
            refusals.add(actor, reason);
        } catch (LogUnavailable ended) {
            // the log has ended, and says so to everybody who comes from now on
        }
    }

    /** Until all that was added before is written. */
    void settle() {
        if (thread.isShutdown()) {
            return;
        }
        try {
            thread.submit(() -> {}).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (CancellationException closed) {
            // what was added will not be written any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was added is written first. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                // the disk does not answer, and the rest of the log must be closed all the same
                thread.shutdownNow().forEach(Aside::letGo);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void letGo(Runnable task) {
        if (task instanceof Future<?> awaited) {
            awaited.cancel(false);
        }
    }

    private static void waitForRoom(Runnable task, ThreadPoolExecutor pool) {
        if (pool.isShutdown()) {
            throw new LogUnavailable("the log takes no more entries");
        }
        try {
            pool.getQueue().put(task);
            // closed meanwhile, its thread may have gone before this came: then nobody takes it out again
            if (pool.isShutdown() && pool.getQueue().remove(task)) {
                throw new LogUnavailable("the log takes no more entries");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailable("the log takes no more entries", e);
        }
    }
}
