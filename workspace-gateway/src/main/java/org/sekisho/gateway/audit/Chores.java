package org.sekisho.gateway.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sekisho.gateway.audit.verify.Layout;

/** What is done for a log from time to time, beside its writer: it is shown to witnesses, and old entries are dropped. */
final class Chores implements AutoCloseable {
    private static final Duration RETIRE_EVERY = Duration.ofDays(1);

    private static final Duration SUM_UP_EVERY = Duration.ofSeconds(20);

    private static final Duration TO_END = Duration.ofSeconds(5);

    private final LogWriter writer;
    private final Witnesses witnesses;
    private final Watch watch;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("audit-chores").daemon().factory());

    Chores(
            LogPolicy policy,
            Layout layout,
            LogWriter writer,
            Witnesses witnesses,
            Watch watch,
            Refusals refusals,
            Clock clock) {
        this.writer = writer;
        this.witnesses = witnesses;
        this.watch = watch;
        if (!policy.witnesses().isEmpty()) {
            every(policy.witnessEvery(), this::show);
        }
        every(SUM_UP_EVERY, () -> refusals.sumUp(false));
        if (policy.keep() != null) {
            var retention = new Retention(layout, policy.keep(), clock);
            every(RETIRE_EVERY, () -> retire(retention));
        }
    }

    private void every(Duration time, Runnable chore) {
        var _ = thread.scheduleWithFixedDelay(
                () -> {
                    try {
                        chore.run();
                    } catch (RuntimeException notNow) {
                        // it is tried again; what is promised of the log does not hang on it
                    }
                },
                0,
                time.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** A wrong index is written anew when all of the log is read, and the witnesses are asked again. */
    private void show() {
        if (!writer.available()) {
            return;
        }
        var newest = writer.sign();
        try {
            if (!witnesses.show(newest, writer.tree())) {
                watch.verifyAll();
            }
        } catch (LogUnavailable caught) {
            watch.accuse(caught);
        }
    }

    /** Reads every byte of what it drops; a doubt that comes of it is looked into at once. */
    private void retire(Retention retention) {
        try {
            retention.run(writer);
        } catch (LogUnavailable doubt) {
            watch.verifyAll();
            throw doubt;
        }
    }

    List<Witnessed> witnessed() {
        return witnesses.state();
    }

    @Override
    public void close() {
        thread.shutdown();
        witnesses.close();
        try {
            // one that is at work may still have something to write down; an interruption would close its files
            var _ = thread.awaitTermination(TO_END.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
