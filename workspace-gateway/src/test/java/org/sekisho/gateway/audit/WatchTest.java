package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.verify.CheckpointFile;

/** What a watch makes of the files: 51 entries, of which the newest checkpoint covers the first alone. */
@Timeout(10)
final class WatchTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final String UNSIGNED = "50 entries behind the newest checkpoint are not signed yet";

    @TempDir
    Path home;

    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @BeforeEach
    void write() throws IOException {
        try (var log = Samples.open(home, Disk.REAL, NEVER)) {
            Samples.fill(log, 50);
        }
        var checkpoints = home.resolve("log/checkpoints");
        var notes = Samples.notes(checkpoints);
        Files.writeString(checkpoints, notes.get(0) + "\n" + notes.get(1) + "\n");
        assertThat(CheckpointFile.last(checkpoints).orElseThrow().note()).isEqualTo(notes.get(1));
    }

    @Test
    void looksOnceAndCountsWhatIsNotSignedYet() throws Exception {
        try (var watch = watch(() -> 1)) {
            await(() -> watch.latest().upTo() == 1);
            assertThat(watch.latest().holds()).isTrue();
            assertThat(watch.latest().size()).isEqualTo(51);
            assertThat(watch.latest().note()).isEqualTo(UNSIGNED);
            Thread.sleep(20);
        }
        assertThat(looks).as("nothing made it look again").hasValue(1);
        assertThat(ended).hasValue(0);
    }

    @Test
    void endsALogThatDoesNotHoldWhenItIsReadOnceMore() throws Exception {
        try (var watch = watch(() -> 51)) {
            await(() -> ended.get() > 0);
            assertThat(watch.latest().holds()).isFalse();
            assertThat(watch.latest().upTo()).isEqualTo(1);
            assertThat(watch.latest().firstBad()).isEqualTo(1);
            assertThat(watch.latest().size()).isEqualTo(51);
            assertThat(watch.latest().note())
                    .isEqualTo("51 entries were signed, and the newest checkpoint in the files covers 1");
        }
        assertThat(looks).as("the second time decides").hasValue(2);
        assertThat(ended).hasValue(1);
    }

    /** A copy program, say, had the files in its hands for a moment. */
    @Test
    void doesNotEndALogThatHoldsWhenItIsReadOnceMore() throws Exception {
        try (var watch = watch(() -> looks.get() == 1 ? 51 : 1)) {
            await(() -> looks.get() == 2
                    && watch.latest().upTo() == 1
                    && watch.latest().holds());
            assertThat(watch.latest().note()).isEqualTo(UNSIGNED);
        }
        assertThat(ended).hasValue(0);
    }

    @Test
    void saysOfFilesThatItCannotReadThatItCannot() throws Exception {
        var entries = home.resolve("log/entries-000000000.jsonl");
        Files.delete(entries);
        Files.createDirectory(entries);
        try (var watch = watch(() -> 1)) {
            await(() -> ended.get() > 0);
            assertThat(watch.latest().holds()).isFalse();
            assertThat(watch.latest().firstBad()).isNull();
            assertThat(watch.latest().note()).isEqualTo("the log cannot be read");
        }
    }

    @Test
    void keepsTheFirstAccusationWhateverTheFilesSay() throws Exception {
        try (var watch = watch(() -> 1)) {
            await(() -> watch.latest().upTo() == 1);
            watch.accuse(new LogUnavailable("the log is a fork"));
            watch.accuse(new LogUnavailable("the log was rolled back"));

            assertThat(ended).hasValue(2);
            assertThat(watch.latest().holds()).isFalse();
            assertThat(watch.latest().size()).isEqualTo(51);
            assertThat(watch.latest().note()).isEqualTo("the log is a fork; " + UNSIGNED);
            assertThat(watch.verifyAll().note()).isEqualTo("the log is a fork; " + UNSIGNED);
        }
        Samples.open(home).close();
        try (var watch = watch(() -> 1)) {
            await(() -> watch.latest().upTo() > 1);
            watch.accuse(new LogUnavailable("the log is a fork"));
            assertThat(watch.latest().note()).isEqualTo("the log is a fork");
            assertThat(watch.latest().holds()).isFalse();
        }
    }

    @Test
    void isNotOverBeforeAWrongIndexIsMended() throws Exception {
        Tampering.flip(home.resolve("log/index"), 40);
        var begun = new CountDownLatch(1);
        var mended = new AtomicLong(-1);
        try (var _ = watch(() -> 1, from -> {
            begun.countDown();
            pause();
            mended.set(from);
        })) {
            begun.await();
        }
        assertThat(mended).hasValue(0);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException("an interruption would have closed the index", e);
        }
    }

    /** @param signed asked once at each look */
    private Watch watch(LongSupplier signed) throws IOException {
        return watch(signed, _ -> {});
    }

    private Watch watch(LongSupplier signed, LongConsumer onWrongIndex) throws IOException {
        LongSupplier counted = () -> {
            looks.incrementAndGet();
            return signed.getAsLong();
        };
        var keys = LogKey.read(home.resolve("keys/log.key")).verifiers();
        return new Watch(home.resolve("log"), keys, Samples.NOON, NEVER, counted, ended::incrementAndGet, onWrongIndex);
    }

    private static void await(BooleanSupplier enough) throws InterruptedException {
        for (int i = 0; !enough.getAsBoolean(); i++) {
            assertThat(i).as("waited for long enough").isLessThan(5_000);
            Thread.sleep(1);
        }
    }
}
