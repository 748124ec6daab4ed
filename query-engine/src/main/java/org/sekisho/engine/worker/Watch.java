package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.duckdb.Session;
import org.sekisho.engine.sql.Objection;

/**
 * Looks after a statement while it runs: tells its progress, ends it at its time limit, on request, and when the
 * gateway goes away. Wishes to stop are repeated until it has ended, since the engine loses those that come between two
 * of its steps.
 */
final class Watch implements AutoCloseable {

    private static final ScheduledExecutorService CLOCK = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("clock").factory());
    private static final long TICK_MILLIS = 25;
    private static final int TICKS_PER_PROGRESS = 10;

    private final Wire wire;
    private final Session session;
    private final long millis;
    private final long deadline;
    private final ScheduledFuture<?> ticking;
    private @Nullable Objection reason;
    private boolean over;
    private int ticks;

    Watch(Wire wire, Session session, long millis) {
        this.wire = wire;
        this.session = session;
        this.millis = millis;
        deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        ticking = CLOCK.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        Thread.ofPlatform().daemon().name("listener").start(this::listen);
    }

    /** Why the statement was told to stop, if it was. */
    synchronized Optional<Objection> reason() {
        return Optional.ofNullable(reason);
    }

    /** The gateway says one thing more at most; its silence for good means that it is gone. */
    private void listen() {
        try {
            wire.read();
        } catch (IOException e) {
            // Gone. To stop is right in this case too.
        }
        stop(Conversation.cancelled());
    }

    private void tick() {
        if (System.nanoTime() - deadline > 0) {
            stop(Conversation.outOfTime(millis));
        } else if (reason().isPresent()) {
            stop(Conversation.cancelled());
        } else if (++ticks % TICKS_PER_PROGRESS == 0) {
            tell();
        }
    }

    private void tell() {
        synchronized (this) {
            if (over) {
                return;
            }
        }
        try {
            var percent = ByteBuffer.allocate(Double.BYTES).putDouble(session.percent());
            wire.write(Wire.Kind.PROGRESS, percent.flip());
        } catch (IOException e) {
            stop(Conversation.cancelled());
        }
    }

    private synchronized void stop(Objection why) {
        if (!over) {
            if (reason == null) {
                reason = why;
            }
            session.cancel();
        }
    }

    @Override
    public void close() {
        ticking.cancel(false);
        synchronized (this) {
            over = true;
        }
    }
}
