package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.verify.Layout;

/** In which order the files are written, when they are signed, and how it ends. */
@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class LogWriterTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final String ENTRIES = "entries-000000000.jsonl";

    @TempDir
    Path home;

    private final RecordingDisk disk = new RecordingDisk();
    private final LogKey key = LogKey.parse(Samples.SIGNING_KEY);
    private Layout layout;
    private WriterLock lock;

    @BeforeEach
    void lock() throws IOException {
        layout = new Layout(home);
        lock = WriterLock.take(layout.lock());
    }

    @AfterEach
    void unlock() throws IOException {
        lock.close();
    }

    @Test
    void syncsAnEntryBeforeItsHashAndItsHashBeforeASignature() throws IOException {
        try (var writer = started(NEVER)) {
            disk.done.clear();
            writer.append(draft(0));
            writer.sign();

            assertThat(disk.done)
                    .containsExactly(
                            "append " + ENTRIES,
                            "force " + ENTRIES,
                            "append index",
                            "force index",
                            "force tiles",
                            "append checkpoints",
                            "force checkpoints");
        }
    }

    @Test
    void answersSeveralInTheirOrder() throws IOException {
        try (var writer = started(NEVER)) {
            assertThat(writer.append(drafts(3))).extracting(Entry::object).containsExactly("job-0", "job-1", "job-2");
        }
    }

    @Test
    void writesTheRootOfEveryFullTile() throws IOException {
        try (var writer = started(NEVER)) {
            writer.append(drafts(2 * MerkleTree.TILE + 1));
            writer.append(draft(0)); // the roots of the batch before are written

            var roots = writer.tree().tileRoots();
            assertThat(roots).hasSize(2);
            assertThat(layout.tiles())
                    .hasBinaryContent(ByteBuffer.allocate(2 * Hashes.BYTES)
                            .put(roots.getFirst())
                            .put(roots.getLast())
                            .array());
        }
    }

    @ParameterizedTest(name = "room for {0}")
    @ValueSource(ints = {6, 0})
    void goesOverToTheNextSegmentWithinOneBatch(int room) throws Exception {
        int size = Layout.SEGMENT - room;
        try (var writer = writer(NEVER, planted(size))) {
            var batch = waiting(writer, 10);
            writer.start();

            assertThat(batch.get())
                    .extracting(Entry::index)
                    .containsExactlyElementsOf(
                            LongStream.range(size, size + 10L).boxed().toList());
            assertThat(disk.open).doesNotContain(ENTRIES).contains("entries-000065536.jsonl");
            assertThat(Files.readAllLines(layout.segment(0))).hasSize(Layout.SEGMENT);
            assertThat(Files.readAllLines(layout.segment(Layout.SEGMENT))).hasSize(10 - room);
            try (var search = new Search(layout)) {
                for (var entry : batch.get()) {
                    assertThat(Line.parse(search.line(entry.index()))).isEqualTo(entry);
                }
            }
        }
    }

    @Test
    void signsWhenItIsTimeWithoutBeingAsked() throws Exception {
        try (var writer = started(Duration.ofMillis(100))) {
            writer.sign(); // the time runs from here, so that nothing is due yet when the entry comes
            writer.append(draft(0));
            await(() -> writer.checkpoint().size() == 1);
        }
    }

    @Test
    void signsNothingBeforeItsTime() throws IOException {
        try (var writer = started(NEVER)) {
            writer.append(draft(0));
            writer.append(draft(1)); // it has decided by now whether to sign the first

            assertThat(writer.checkpoint().size()).isZero();
        }
    }

    @Test
    void signsWhatIsLeftWhenItIsClosed() throws IOException {
        var writer = started(NEVER);
        writer.append(draft(0));
        writer.close();

        assertThat(writer.checkpoint().size()).isEqualTo(1);
        assertThat(Samples.notes(layout.checkpoints()))
                .containsExactly(writer.checkpoint().note());
        assertThat(disk.open).isEmpty();
    }

    @Test
    void refusesWhatComesAfterItsEnd() throws IOException {
        var writer = started(NEVER);
        writer.close();

        assertThat(writer.available()).isFalse();
        assertThatThrownBy(() -> writer.append(draft(0)))
                .isInstanceOf(LogUnavailable.class)
                .hasRootCauseMessage("the log is closed");
        assertThatThrownBy(writer::sign).isInstanceOf(LogUnavailable.class).hasRootCauseMessage("the log is closed");
    }

    @Test
    void closesItsFilesThoughItWasNeverStarted() throws IOException {
        var writer = writer(NEVER, empty());
        assertThat(disk.open).containsExactlyInAnyOrder(ENTRIES, "index", "tiles", "checkpoints");
        writer.close();

        assertThat(disk.open).isEmpty();
    }

    @Test
    void closesInWholeWhereItIsInterrupted() throws IOException {
        var writer = started(NEVER);
        writer.append(draft(0));
        Thread.currentThread().interrupt();
        writer.close();

        assertThat(Thread.interrupted()).as("the interruption is not lost").isTrue();
        assertThat(writer.checkpoint().size()).isEqualTo(1);
        assertThat(disk.open).isEmpty();
    }

    @Test
    void refusesAtItsEndWhatWaitsForADiskThatHangs() throws Exception {
        var writer = started(NEVER);
        var reached = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        disk.beforeForce(file -> {
            reached.countDown();
            hang(goOn);
        });
        var underWay = waiting(writer, 1);
        reached.await();
        var behind = waiting(writer, 1);
        writer.fail(new LogUnavailable("the log does not hold"));

        assertThatThrownBy(() -> behind.get(5, TimeUnit.SECONDS)).hasRootCauseMessage("the log does not hold");
        goOn.countDown();
        assertThat(underWay.get()).as("what is on the disk is acknowledged").hasSize(1);
        writer.close();
        assertThat(writer.checkpoint().size()).as("what is signed").isZero();
    }

    /** Though it was asked to before, together with an entry. */
    @Test
    void signsNothingMoreWhenItFailsMeanwhile() throws Exception {
        var writer = writer(NEVER, empty());
        var entry = waiting(writer, 1);
        var signature = waiting(writer::sign);
        disk.beforeForce(file -> {
            if (file.equals(ENTRIES)) {
                writer.fail(new LogUnavailable("the log does not hold"));
            }
        });
        writer.start();

        assertThatThrownBy(() -> signature.get(5, TimeUnit.SECONDS)).hasRootCauseMessage("the log does not hold");
        assertThat(entry.get()).as("what is on the disk is acknowledged").hasSize(1);
        writer.close();
        assertThat(layout.checkpoints()).isEmptyFile();
    }

    @Test
    void writesNothingAfterItHasFailed() throws Exception {
        try (var writer = started(NEVER)) {
            writer.fail(new LogUnavailable("the log does not hold"));

            assertThatThrownBy(() -> writer.append(draft(0))).hasRootCauseMessage("the log does not hold");
        }
        assertThat(layout.segment(0)).isEmptyFile();
    }

    @Test
    void letsGoOfItsFilesAtTheFirstFailedWrite() throws Exception {
        try (var writer = started(NEVER)) {
            writer.append(draft(0));
            disk.failsToForce(ENTRIES);

            assertThatThrownBy(() -> writer.append(draft(1))).hasRootCauseMessage("Input/output error");
            await(disk.open::isEmpty);
            assertThat(disk.done.getLast()).isEqualTo("force " + ENTRIES);
            assertThat(writer.size()).isEqualTo(1);
        }
    }

    @Test
    void saysWhatTheDiskSaidWhenASignatureFailed() throws Exception {
        try (var writer = started(Duration.ofMillis(20))) {
            disk.failsToForce("index");
            writer.append(draft(0));
            await(() -> !writer.available());

            assertThatThrownBy(() -> writer.append(draft(1))).hasRootCauseMessage("Input/output error");
            assertThat(layout.checkpoints()).isEmptyFile();
        }
    }

    @Test
    void writesNothingWithoutItsLock() throws IOException {
        try (var writer = started(NEVER)) {
            Files.delete(layout.lock());

            assertThatThrownBy(() -> writer.append(draft(0)))
                    .isInstanceOf(LogUnavailable.class)
                    .hasStackTraceContaining("the log's lock is gone");
        }
        assertThat(layout.segment(0)).isEmptyFile();
    }

    @Test
    void signsNothingWithoutItsLock() throws IOException {
        try (var writer = started(NEVER)) {
            writer.append(draft(0));
            Files.delete(layout.lock());

            assertThatThrownBy(writer::sign)
                    .isInstanceOf(LogUnavailable.class)
                    .hasStackTraceContaining("the log's lock is gone");
        }
        assertThat(layout.checkpoints()).isEmptyFile();
    }

    @Test
    void writesNothingBesideSomebodyElse() throws IOException {
        try (var writer = started(NEVER)) {
            Files.writeString(layout.segment(0), "x", StandardOpenOption.APPEND);

            assertThatThrownBy(() -> writer.append(draft(0)))
                    .isInstanceOf(LogUnavailable.class)
                    .hasRootCauseMessage("something else has written to the log");
        }
        assertThat(layout.segment(0)).hasContent("x");
    }

    private LogWriter started(Duration signEvery) throws IOException {
        var writer = writer(signEvery, empty());
        writer.start();
        return writer;
    }

    private LogWriter writer(Duration signEvery, Checkpoint last) throws IOException {
        var found = Opening.of(layout, key.verifiers(), last);
        return new LogWriter(layout, disk, lock, key, Samples.NOON, signEvery, found, last);
    }

    private Checkpoint empty() {
        return key.sign(0, Hashes.sha256().digest(), 0);
    }

    /** A signed log of so many entries. */
    private Checkpoint planted(int size) throws IOException {
        var lines = new ByteArrayOutputStream();
        var index = ByteBuffer.allocate(size * IndexRecord.BYTES);
        var tree = new MerkleTree(_ -> new byte[0]);
        for (int i = 0; i < size; i++) {
            var entry = draft(0).at(i, Samples.NOON.instant());
            var line = Line.of(entry, new byte[Line.SALT]);
            var leaf = Hashes.leaf(line);
            IndexRecord.of(entry, leaf, lines.size()).write(index);
            lines.writeBytes(line);
            lines.write('\n');
            tree.append(leaf);
        }
        Files.write(layout.segment(0), lines.toByteArray());
        Files.write(layout.index(), index.array());
        return key.sign(size, tree.root(), 0);
    }

    private static Draft draft(int number) {
        return Draft.record(Act.of("tanaka", "job.submit").on("job-" + number), Result.DONE);
    }

    private static List<Draft> drafts(int count) {
        return IntStream.range(0, count).mapToObj(LogWriterTest::draft).toList();
    }

    /** So many entries of another thread, all of which wait when this returns. */
    private static FutureTask<List<Entry>> waiting(LogWriter writer, int count) {
        return waiting(() -> writer.append(drafts(count)));
    }

    private static <T> FutureTask<T> waiting(Callable<T> asked) {
        var answers = new FutureTask<>(asked);
        var thread = Thread.ofPlatform().daemon().start(answers);
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return answers;
    }

    private static void await(BooleanSupplier enough) throws InterruptedException {
        while (!enough.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    private static void hang(CountDownLatch until) throws IOException {
        try {
            until.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
