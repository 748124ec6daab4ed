package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Refusals behind a disk that writes them one by one, when it is told to. */
@Timeout(10)
final class AsideTest {
    private static final int MOST_WAITING = 10_000;
    private static final int MANY = 1_000_000;

    private final Semaphore disk = new Semaphore(0);
    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private final Aside aside = new Aside(new Refusals(this::write, () -> Instant.EPOCH));

    @AfterEach
    void close() {
        disk.release(MANY);
        aside.close();
    }

    @Test
    void keepsWhoeverFindsNoRoomWaitingAndLosesNothing() throws Exception {
        fill();
        var late = adding("late");
        awaitState(late.thread(), Thread.State.WAITING);

        disk.release();
        late.isOver().get(5, TimeUnit.SECONDS);
        assertThat(written).as("there was room as soon as one was written").hasSizeLessThan(3);

        disk.release(MANY);
        aside.settle();
        assertThat(written).hasSize(MOST_WAITING + 2);
        assertThat(written.getLast()).isEqualTo("late");
    }

    /** What nobody will write may not look as if it had been written. */
    @Test
    void refusesWhoeverStillWaitsForRoomWhenItIsClosed() throws Exception {
        fill();
        var late = adding("late");
        awaitState(late.thread(), Thread.State.WAITING);
        var closing = Thread.ofPlatform().start(aside::close);
        awaitState(closing, Thread.State.TIMED_WAITING);

        disk.release();
        assertThatThrownBy(() -> late.isOver().get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(LogUnavailable.class);

        disk.release(MANY);
        closing.join();
        assertThat(written).hasSize(MOST_WAITING + 1).doesNotContain("late");
    }

    @Test
    void takesNothingAfterItsEnd() {
        aside.close();
        assertThatThrownBy(() -> aside.add("analyst", "WRONG")).isInstanceOf(LogUnavailable.class);
        aside.settle();
        assertThat(written).isEmpty();
    }

    @Test
    void letsGoOfWhoeverIsInterruptedWhileWaitingForRoom() {
        fill();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> aside.add("late", "WRONG")).isInstanceOf(LogUnavailable.class);
        assertThat(Thread.interrupted()).as("the caller still knows").isTrue();

        disk.release(MANY);
        aside.settle();
        assertThat(written).hasSize(MOST_WAITING + 1).doesNotContain("late");
    }

    @Test
    void keepsAnInterruptionOfWhoeverWaitsForItsCallers() {
        aside.add("analyst", "WRONG");
        Thread.currentThread().interrupt();
        aside.settle();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void writesWhatItHasAlsoWhenItsEndIsInterrupted() throws Exception {
        aside.add("analyst", "WRONG");
        Thread.currentThread().interrupt();
        aside.close();
        assertThat(Thread.interrupted()).isTrue();

        disk.release(MANY);
        aside.close();
        assertThat(written).containsExactly("analyst");
    }

    /** One at the disk, and as many behind it as have room. */
    private void fill() {
        aside.add("first", "WRONG");
        while (!disk.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        for (int i = 0; i < MOST_WAITING; i++) {
            aside.add("account-" + i, "WRONG");
        }
    }

    private record Adding(Thread thread, CompletableFuture<Void> isOver) {}

    private Adding adding(String actor) {
        var over = new CompletableFuture<Void>();
        var thread = Thread.ofPlatform().start(() -> {
            try {
                aside.add(actor, "WRONG");
                over.complete(null);
            } catch (RuntimeException refused) {
                over.completeExceptionally(refused);
            }
        });
        return new Adding(thread, over);
    }

    private static void awaitState(Thread thread, Thread.State state) throws InterruptedException {
        for (int i = 0; thread.getState() != state; i++) {
            assertThat(i).as("waited for long enough").isLessThan(5_000);
            Thread.sleep(1);
        }
    }

    private void write(Act act, Result result) {
        disk.acquireUninterruptibly();
        written.add(act.actor());
    }
}
