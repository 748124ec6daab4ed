package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.CheckpointFile;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.LogVerifier;

/** Old entries are dropped, and everything that was proved of them still holds. */
final class RetentionTest {
    private static final Instant THEN = Instant.parse("2020-04-01T03:00:00Z");
    private static final Instant NOW = Instant.parse("2026-04-01T03:00:00Z");
    /** The newest entries are a day old when the log is opened, and so count for the age of the others. */
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1)).minusSeconds(1);

    @TempDir
    Path home;

    @TempDir
    static Path original;

    private static long earlySize;
    private static long unanswered;
    private static long unansweredLater;

    /** One run, three segments: the first is six years old, and an intent in it and one in the last are never answered. */
    @BeforeAll
    static void write() {
        var now = new AtomicReference<>(THEN);
        try (var log = open(original, ((InstantSource) now::get).withZone(ZoneOffset.UTC), null)) {
            unanswered = log.intent(Samples.act(1)).index();
            Samples.fill(log, Layout.SEGMENT - 2);
            earlySize = log.proof(4711).orElseThrow().checkpoint().size();
            now.set(YESTERDAY);
            Samples.fill(log, Layout.SEGMENT + 10);
            unansweredLater = log.intent(Samples.act(2)).index();
        }
    }

    @BeforeEach
    void copy() throws IOException {
        Tampering.copy(original, home);
    }

    @Test
    void dropsWhatIsPastItsTimeAndKeepsItsProof() throws Exception {
        try (var log = open(NOW, Duration.ofDays(1830))) {
            awaitRetired();

            assertThat(log.entry(4711)).isEmpty();
            assertThat(log.proof(4711)).isEmpty();
            assertThat(log.search(new Filter(null, null, null, "job-17", null, THEN.plusSeconds(1)), null, 10)
                            .entries())
                    .isEmpty();
            assertThat(log.entry(Layout.SEGMENT)).isPresent();
            assertThat(log.verify()).extracting(Verification::holds).isEqualTo(true);
            assertThat(log.consistency(earlySize, log.checkpoint().size())).isNotEmpty();
            assertThat(log.tile(new TilePath(0, 3, 256))).isPresent();
            assertThat(log.tile(new TilePath(TilePath.ENTRIES, 3, 256))).isEmpty();
            assertThat(log.tile(new TilePath(TilePath.ENTRIES, 256, 256))).isPresent();
            assertThat(log.search(new Filter(null, null, "log.retire", null, null, null), null, 10)
                            .entries())
                    .hasSize(2)
                    .allSatisfy(entry -> assertThat(entry.detail()).containsEntry("up-to", "65536"));
        }
        var said = new ByteArrayOutputStream();
        assertThat(AuditCommand.run(
                        List.of(
                                "verify",
                                home.toString(),
                                "--key",
                                home.resolve("log/key.pub").toString()),
                        new PrintStream(new ByteArrayOutputStream()),
                        new PrintStream(said, true, StandardCharsets.UTF_8)))
                .isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("Entries 0 to 65535 are proven by their hashes only");
    }

    @Test
    void goesOnAfterwardsEvenWithoutItsIndex() throws Exception {
        try (var log = open(NOW, Duration.ofDays(1830))) {
            awaitRetired();
            assertThat(log.available()).isTrue();
        }
        Files.delete(home.resolve("log/index"));
        Files.delete(home.resolve("log/tiles"));
        try (var log = open(NOW, Duration.ofDays(1830))) {
            log.record(Samples.act(1), Result.DONE);
            assertThat(log.verify().holds()).isTrue();
            assertThat(log.entry(Layout.SEGMENT + 5)).isPresent();
            assertThat(log.tile(new TilePath(1, 0, 256))).isPresent();
        }
        assertThat(verify()).isInstanceOf(LogVerifier.Holds.class);
    }

    @Test
    void keepsEverythingThatIsNotPastItsTime() throws Exception {
        try (var log = open(NOW, Duration.ofDays(3000))) {
            Thread.sleep(300);
            assertThat(log.entry(4711)).isPresent();
        }
        assertThat(home.resolve("log/leaves-000000000")).doesNotExist();
    }

    @Test
    void aChangedHashOfWhatWasDroppedIsFound() throws Exception {
        try (var log = open(NOW, Duration.ofDays(1830))) {
            awaitRetired();
            assertThat(log.available()).isTrue();
        }
        Tampering.flip(home.resolve("log/leaves-000000000"), 1234 * 32 + 7);

        assertThat(verify())
                .isInstanceOfSatisfying(
                        LogVerifier.Broken.class,
                        broken -> assertThat(broken.index()).isEqualTo(1234));
    }

    /** Somebody takes entries away and leaves their hashes, as if it had been policy. */
    @Test
    void entriesThatNoEntrySaysWereDroppedAreMissed() throws Exception {
        dropFirstSegment();

        assertThat(verify()).isInstanceOfSatisfying(LogVerifier.Broken.class, broken -> {
            assertThat(broken.index()).isZero();
            assertThat(broken.what()).contains("no signed entry says why");
        });
    }

    /** What is before and behind it is there, and the start reads neither. */
    @Test
    void aSegmentThatIsMissingInTheMiddleIsMissedAtTheStart() throws Exception {
        dropSegment(Layout.SEGMENT);

        assertThatThrownBy(() -> open(NOW, null).close())
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("does not hold at entry 65536: entries up to 131072 are missing");
    }

    /** A line behind the newest checkpoint is nobody's word; whoever opened the log on it would sign it. */
    @Test
    void anUnsignedEntryThatSaysSoIsNotBelieved() throws Exception {
        dropFirstSegment();
        var said = Act.of(Act.GATEWAY, "log.retire").with("up-to", Integer.toString(Layout.SEGMENT));
        var size = Files.size(home.resolve("log/index")) / Layout.RECORD;
        var line = Line.of(Draft.intent(said).at(size, NOW), new byte[Line.SALT]);
        var last = home.resolve("log/entries-000131072.jsonl");
        Files.write(last, line, StandardOpenOption.APPEND);
        Files.writeString(last, "\n", StandardOpenOption.APPEND);
        var checkpoints = Files.readAllBytes(home.resolve("log/checkpoints"));

        assertThat(verify())
                .isInstanceOfSatisfying(
                        LogVerifier.Broken.class,
                        broken -> assertThat(broken.what()).contains("no signed entry says why"));
        assertThatThrownBy(() -> open(NOW, null).close())
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("no signed entry says why");
        assertThat(home.resolve("log/checkpoints")).hasBinaryContent(checkpoints);
    }

    /** In a segment that a start does not read, and the index changed with it: it leads to no root that was signed. */
    @Test
    void aSignedEntryThatWasExchangedForOneThatSaysSoIsNotBelieved() throws Exception {
        dropSegment(Layout.SEGMENT);
        var layout = new Layout(home.resolve("log"));
        int last = Layout.SEGMENT - 1;
        var said = Act.of(Act.GATEWAY, "log.retire").with("up-to", Integer.toString(2 * Layout.SEGMENT));
        var entry = Draft.intent(said).at(last, THEN);
        var line = Line.of(entry, new byte[Line.SALT]);
        try (var segment = new RandomAccessFile(layout.segment(0).toFile(), "rw");
                var index = new RandomAccessFile(layout.index().toFile(), "rw")) {
            index.seek((long) last * Layout.RECORD + Hashes.BYTES + Long.BYTES);
            long begin = Integer.toUnsignedLong(index.readInt());
            segment.setLength(begin);
            segment.seek(begin);
            segment.write(line);
            segment.write('\n');
            var record = ByteBuffer.allocate(Layout.RECORD);
            IndexRecord.of(entry, Hashes.leaf(line), begin).write(record);
            index.seek((long) last * Layout.RECORD);
            index.write(record.array());
        }

        assertThatThrownBy(() -> open(NOW, null).close())
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("one of the entries 65280 to 65535 is not as the index says");
    }

    /** Such as an entry that says so, and that the index hides. */
    @Test
    void saysWhatToDoWhereTheIndexHidesWhatWasAnnounced() throws Exception {
        try (var log = open(NOW, null)) {
            log.record(Act.of(Act.GATEWAY, "log.retire").with("up-to", "65536"), Result.DONE);
        }
        dropFirstSegment();
        var layout = new Layout(home.resolve("log"));
        var keys = LogKey.read(home.resolve("keys/log.key")).verifiers();
        var newest = Checkpoint.parse(
                CheckpointFile.last(layout.checkpoints()).orElseThrow().note(), keys);
        var tree = Opening.of(layout, keys, newest).tree;
        Retention.mustBeAnnounced(layout, newest, tree);
        Tampering.flip(layout.index(), (newest.size() - 1) * Layout.RECORD + 55);

        assertThatThrownBy(() -> Retention.mustBeAnnounced(layout, newest, tree))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("no signed entry says why")
                .hasMessageContaining("a start of the gateway without the file index writes it anew");
    }

    /** The hash of an entry that was dropped still leads to the others. */
    @Test
    void writesAWrongHashOfWhatWasDroppedAnewOnce() throws Exception {
        try (var log = open(NOW, Duration.ofDays(1830))) {
            awaitRetired();
            var right = Files.readAllBytes(home.resolve("log/index"));
            Files.write(home.resolve("log/index"), new byte[] {7}, StandardOpenOption.WRITE);

            // the reading after the drop may have come to it before this one
            log.verify();
            assertThat(Files.readAllBytes(home.resolve("log/index"))).startsWith(right);
            assertThat(log.verify().note()).isNull();
            assertThat(log.search(new Filter(null, null, "log.mend", null, null, null), null, 10)
                            .entries())
                    .hasSize(2)
                    .first()
                    .satisfies(entry -> assertThat(entry.detail()).containsEntry("records", "1"));
        }
    }

    /** The tiles lead to another root than was signed, so that all of the log is read. */
    @Test
    void aWholeReadingAtTheStartMendsHashesOfWhatWasDroppedToo() throws Exception {
        try (var log = open(NOW, Duration.ofDays(1830))) {
            awaitRetired();
            assertThat(log.available()).isTrue();
        }
        var right = Arrays.copyOf(Files.readAllBytes(home.resolve("log/index")), Hashes.BYTES);
        Files.write(home.resolve("log/index"), new byte[] {7}, StandardOpenOption.WRITE);
        Tampering.flip(home.resolve("log/tiles"), 5);

        try (var log = open(NOW, null)) {
            assertThat(Files.readAllBytes(home.resolve("log/index"))).startsWith(right);
            assertThat(log.verify().note()).isNull();
        }
    }

    /** A signed entry stands for what it says and for no more. */
    @Test
    void anEntryThatSaysLessIsNotEnough() throws Exception {
        try (var log = open(NOW, null)) {
            log.record(Act.of(Act.GATEWAY, "log.retire").with("up-to", "65535"), Result.DONE);
        }
        dropFirstSegment();
        assertThatThrownBy(() -> open(NOW, null).close())
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("entries up to 65536 are missing");
    }

    /** The run that drops the first began with it open; only the next start would have answered it. */
    @Test
    void startsAgainAfterAnIntentWasDroppedUnanswered() throws Exception {
        assertThat(retire(NOW, Duration.ofDays(1830))).containsExactly(unanswered, unansweredLater);
        assertThat(home.resolve("log/entries-000000000.jsonl")).doesNotExist();

        try (var log = open(NOW, null)) {
            log.record(Samples.act(1), Result.DONE);
            assertThat(log.verify().holds()).isTrue();
            var opened = log.search(new Filter(null, null, Opening.OPENED, null, null, null), null, 1);
            assertThat(opened.entries().getFirst().detail()).containsEntry("unknown-outcomes", "1");
        }
    }

    @Test
    void dropsOneSegmentAfterAnother() throws Exception {
        try (var log = open(YESTERDAY, null)) {
            Samples.fill(log, Layout.SEGMENT);
        }
        var index = Files.readAllBytes(home.resolve("log/index"));
        retire(NOW.plus(Duration.ofDays(2)), Duration.ofDays(1));
        retire(NOW.plus(Duration.ofDays(4)), Duration.ofDays(1));

        assertThat(home.resolve("log/entries-000000000.jsonl")).doesNotExist();
        assertThat(home.resolve("log/entries-000065536.jsonl")).doesNotExist();
        assertThat(home.resolve("log/entries-000131072.jsonl")).exists();
        var leaves = Files.readAllBytes(home.resolve("log/leaves-000065536"));
        assertThat(Arrays.copyOf(leaves, Hashes.BYTES))
                .isEqualTo(Arrays.copyOfRange(
                        index, Layout.SEGMENT * Layout.RECORD, Layout.SEGMENT * Layout.RECORD + Hashes.BYTES));
        assertThat(verify()).isInstanceOf(LogVerifier.Holds.class);
    }

    @Test
    void namesTheEntryThatTheIndexHasWrong() throws Exception {
        Tampering.flip(home.resolve("log/index"), 1000 * Layout.RECORD + 50);

        assertThatThrownBy(() -> retire(NOW, Duration.ofDays(1830)))
                .isInstanceOf(LogUnavailable.class)
                .hasMessage("entry 1000 is not what the index says: nothing is dropped");
        assertThatNothingIsDropped();
    }

    /** The times in the index are the index's word alone. */
    @Test
    void dropsNothingThatOnlyTheIndexCallsOld() throws Exception {
        var index = Files.readAllBytes(home.resolve("log/index"));
        for (int i = 0; i < Layout.SEGMENT; i++) {
            Arrays.fill(index, i * Layout.RECORD + 32, i * Layout.RECORD + 40, (byte) 0);
        }
        Files.write(home.resolve("log/index"), index);

        assertThatThrownBy(() -> retire(NOW, Duration.ofDays(3000)))
                .isInstanceOf(LogUnavailable.class)
                .hasMessage("entry 0 is not what the index says: nothing is dropped");
        assertThatNothingIsDropped();
    }

    @Test
    void dropsNothingThatIsNotWhatWasSigned() throws Exception {
        var first = home.resolve("log/entries-000000000.jsonl");
        Tampering.replaceIn(first, "\"index\":1000,", "\"number\":\"", "\"numbex\":\"");
        var line = Files.readAllLines(first).get(1000).getBytes(StandardCharsets.UTF_8);
        var index = Files.readAllBytes(home.resolve("log/index"));
        System.arraycopy(Hashes.leaf(line), 0, index, 1000 * Layout.RECORD, Hashes.BYTES);
        Files.write(home.resolve("log/index"), index);

        assertThatThrownBy(() -> retire(NOW, Duration.ofDays(1830)))
                .isInstanceOf(LogUnavailable.class)
                .hasMessage("the log does not hold between the entries 768 and 1023: nothing is dropped");
        assertThatNothingIsDropped();
    }

    /** Twenty years ahead at one start, and at the next, and back; that is the time only when it has stayed for a day. */
    @Test
    void aClockThatIsWrongForAMomentDropsNothing() throws Exception {
        var ahead = NOW.plus(Duration.ofDays(7300));
        retire(ahead, Duration.ofDays(3000));
        retire(ahead.plusSeconds(60), Duration.ofDays(3000));
        retire(NOW, Duration.ofDays(3000));
        assertThatNothingIsDropped();

        retire(ahead.plus(Duration.ofDays(2)), Duration.ofDays(3000));
        assertThatNothingIsDropped();
        retire(ahead.plus(Duration.ofDays(4)), Duration.ofDays(3000));
        assertThat(home.resolve("log/entries-000000000.jsonl")).doesNotExist();
        assertThat(home.resolve("log/entries-000065536.jsonl"))
                .as("what the next start reads is kept however old it is")
                .exists();
    }

    private void assertThatNothingIsDropped() {
        assertThat(home.resolve("log/entries-000000000.jsonl")).exists();
        assertThat(home.resolve("log/leaves-000000000")).doesNotExist();
    }

    /** A start that drops what is due and writes an entry; answers the intents that it found open. */
    private List<Long> retire(Instant at, Duration keep) throws IOException {
        var layout = new Layout(home.resolve("log"));
        var key = LogKey.read(home.resolve("keys/log.key"));
        var now = Clock.fixed(at, ZoneOffset.UTC);
        var note = CheckpointFile.last(layout.checkpoints()).orElseThrow().note();
        var newest = Checkpoint.parse(note, key.verifiers());
        try (var lock = WriterLock.take(layout.lock());
                var writer = new LogWriter(
                        layout,
                        Disk.REAL,
                        lock,
                        key,
                        now,
                        Duration.ofDays(1),
                        Opening.of(layout, key.verifiers(), newest),
                        newest)) {
            var open = writer.start();
            writer.append(Draft.record(Samples.act(1), Result.DONE));
            new Retention(layout, keep, now).run(writer);
            return open;
        }
    }

    private void dropFirstSegment() throws IOException {
        dropSegment(0);
    }

    private void dropSegment(int first) throws IOException {
        var leaves = new ByteArrayOutputStream();
        var index = Files.readAllBytes(home.resolve("log/index"));
        for (int i = first; i < first + Layout.SEGMENT; i++) {
            leaves.write(index, i * Layout.RECORD, 32);
        }
        var layout = new Layout(home.resolve("log"));
        Files.write(layout.leaves(first), leaves.toByteArray());
        Files.delete(layout.segment(first));
    }

    private LogVerifier.Report verify() throws IOException {
        var keys = VerifierKeys.parse(Files.readString(home.resolve("log/key.pub")));
        return new LogVerifier(home.resolve("log"), keys).verify();
    }

    private void awaitRetired() throws InterruptedException {
        for (int i = 0; Files.exists(home.resolve("log/entries-000000000.jsonl")) && i < 1000; i++) {
            Thread.sleep(10);
        }
        Thread.sleep(50);
    }

    private FileAuditLog open(Instant now, @Nullable Duration keep) {
        return open(home, Clock.fixed(now, ZoneOffset.UTC), keep);
    }

    private static FileAuditLog open(Path home, Clock clock, @Nullable Duration keep) {
        var policy = new LogPolicy(keep, List.of(), Duration.ofMinutes(1));
        var settings = new FileAuditLog.Settings(Disk.REAL, Duration.ofMillis(100), Duration.ofDays(1), policy);
        return FileAuditLog.open(home.resolve("log"), home.resolve("keys"), clock, settings);
    }
}
