package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.LogPolicy.WitnessAddress;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.verify.CheckpointFile;
import org.sekisho.gateway.audit.verify.Layout;

/** What is done from time to time, for a log of a few entries of which the newest are two days old. */
@Timeout(10)
final class ChoresTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Instant NOW = Instant.parse("2026-04-01T03:00:00Z");

    @TempDir
    Path home;

    private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
    private final List<Act> written = new CopyOnWriteArrayList<>();
    private final Refusals refusals = new Refusals(this::write, time::get);
    private volatile Runnable beforeWriting = () -> {};
    /** How often the log was read. */
    private final AtomicInteger looks = new AtomicInteger();

    @BeforeEach
    void write() {
        var past = Clock.fixed(NOW.minus(Duration.ofDays(2)), ZoneOffset.UTC);
        var settings = new FileAuditLog.Settings(Disk.REAL, NEVER, NEVER, LogPolicy.USUAL);
        try (var log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), past, settings)) {
            Samples.fill(log, 5);
        }
    }

    @Test
    void writesDownWhatWasCountedWhenAMinuteIsOverThoughNobodyIsRefusedAnyMore() throws Exception {
        for (int i = 0; i < Refusals.SINGLY + 3; i++) {
            refusals.add("analyst", "WRONG");
        }
        time.set(NOW.plusSeconds(61));
        try (var _ = new Running(null, List.of())) {
            await(() -> written.size() > Refusals.SINGLY);
        }
        assertThat(written.getLast().action()).isEqualTo(Refusals.MANY);
        assertThat(written.getLast().detail()).containsEntry("WRONG", "3");
    }

    @Test
    void waitsAtItsEndForWhatIsStillBeingWrittenDown() throws Exception {
        for (int i = 0; i < Refusals.SINGLY + 3; i++) {
            refusals.add("analyst", "WRONG");
        }
        time.set(NOW.plusSeconds(61));
        var begun = new CountDownLatch(1);
        beforeWriting = () -> {
            begun.countDown();
            pause();
        };
        try (var _ = new Running(null, List.of())) {
            begun.await();
        }
        assertThat(written.getLast().action()).isEqualTo(Refusals.MANY);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException("an interruption would have closed the files of who writes", e);
        }
    }

    private void write(Act act, Result result) {
        beforeWriting.run();
        written.add(act);
    }

    /** What is due is looked for by the index; where that is wrong, something may be wrong with the log. */
    @Test
    void readsTheWholeLogWhenItDoubtsWhatIsToBeDropped() throws Exception {
        zeroTheIndex();
        try (var running = new Running(Duration.ofDays(1830), List.of())) {
            await(() -> looks.get() == 2);
            assertThat(running.watch.latest().holds()).isTrue();
        }
    }

    @Test
    void asksNoWitnessAfterItsEnd() throws Exception {
        try (var witness = new ScriptedWitness("hospital.example/w")) {
            witness.cosigns();
            var running = new Running(null, List.of(witness.address()));
            try (running) {
                await(() -> Files.exists(home.resolve("log/witnessed")));
                assertThat(running.chores.witnessed().getFirst().size()).isEqualTo(6);
                assertThat(witness.asked()).hasSize(1);
                running.chores.close();

                running.witnesses.show(running.writer.sign(), running.writer.tree());
            }
            assertThat(running.chores.witnessed().getFirst().trouble()).isEqualTo("does not answer");
            assertThat(witness.asked()).hasSize(1);
        }
    }

    /** The times and places of all entries; their hashes stay. */
    private void zeroTheIndex() throws IOException {
        var index = Files.readAllBytes(home.resolve("log/index"));
        for (int at = 0; at < index.length; at += IndexRecord.BYTES) {
            Arrays.fill(index, at + 32, at + IndexRecord.BYTES, (byte) 0);
        }
        Files.write(home.resolve("log/index"), index);
    }

    private static void await(BooleanSupplier enough) throws InterruptedException {
        for (int i = 0; !enough.getAsBoolean(); i++) {
            assertThat(i).as("waited for long enough").isLessThan(5_000);
            Thread.sleep(1);
        }
    }

    /** The chores and what they are done with; the log has been read once when they begin. */
    private final class Running implements AutoCloseable {
        private final WriterLock lock;
        private final LogWriter writer;
        private final Watch watch;
        private final Witnesses witnesses;
        private final Chores chores;

        Running(@Nullable Duration keep, List<WitnessAddress> addresses) throws Exception {
            var layout = new Layout(home.resolve("log"));
            var key = LogKey.read(home.resolve("keys/log.key"));
            var clock = Clock.fixed(NOW, ZoneOffset.UTC);
            var note = CheckpointFile.last(layout.checkpoints()).orElseThrow().note();
            var newest = Checkpoint.parse(note, key.verifiers());
            var index = Files.readAllBytes(layout.index());
            lock = WriterLock.take(layout.lock());
            var found = Opening.of(layout, key.verifiers(), newest);
            writer = new LogWriter(layout, Disk.REAL, lock, key, clock, NEVER, found, newest);
            writer.start();
            Files.write(layout.index(), index); // a start has mended it
            LongSupplier counted = () -> {
                looks.incrementAndGet();
                return 0;
            };
            watch = new Watch(layout.directory(), key.verifiers(), clock, NEVER, counted, () -> {}, _ -> {});
            await(() -> watch.latest().upTo() > 0);
            witnesses = new Witnesses(layout, key.verifiers(), addresses);
            chores = new Chores(
                    new LogPolicy(keep, addresses, NEVER), layout, writer, witnesses, watch, refusals, clock);
        }

        @Override
        public void close() throws IOException {
            chores.close();
            watch.close();
            writer.close();
            lock.close();
        }
    }
}
