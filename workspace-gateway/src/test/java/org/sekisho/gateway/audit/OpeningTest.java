package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.verify.Layout;

/** What a start takes of what it finds behind the newest checkpoint, and what it writes anew. */
final class OpeningTest {
    private static final Filter OPENINGS = new Filter(null, null, Opening.OPENED, null, null, null);

    @TempDir
    Path home;

    @TempDir
    Path killed;

    /** A restored log has no index, and as many entries as there were years. */
    @Test
    void writesALostIndexInPieces() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 20_000);
        }
        var index = home.resolve("log/index");
        var before = Files.readAllBytes(index);
        Files.delete(index);
        var disk = new MeasuringDisk();

        Samples.open(home, disk).close();
        assertThat(disk.longest).hasValueLessThanOrEqualTo(4096 * IndexRecord.BYTES);
        assertThat(Files.readAllBytes(index)).startsWith(before);
    }

    @Test
    void writesAnewFromTheFirstRecordThatIsWrong() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 10_000);
        }
        var index = home.resolve("log/index");
        var before = Files.readAllBytes(index);
        for (int record : new int[] {9_321, 9_400, 10_000}) {
            Tampering.flip(index, (long) record * IndexRecord.BYTES + 35);
        }
        var disk = new MeasuringDisk();

        try (var log = Samples.open(home, disk)) {
            assertThat(disk.longest).hasValueLessThan(700 * IndexRecord.BYTES);
            assertThat(opened(log).detail()).containsEntry("unindexed-entries", "3");
            assertThat(Files.readAllBytes(index)).startsWith(before);
        }
    }

    /** Each reads as an entry at its place, and is none that a reader could show or a verifier take. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"index\":2,|\"index\": 2,",
                "\"index\":2,|\"index\":2.0,",
                "\"index\":2,|\"index\":2,\"intent\":-9000000000,",
                "\"index\":2,|\"index\":2,\"intent\":2,",
                "\"index\":2,|\"index\":2,\"more\":\"\",",
                "\"actor\":\"sekisho\"|\"actor\":7",
                "\"actor\":\"sekisho\"|\"actor\":null",
                "\"action\":\"log.open\"|\"action\":\"Log Open\"",
                "\"action\":\"log.open\"|\"action\":\"log.\\u006fpen\"",
                "\"time\":\"|\"time\":\"+300000",
                "\"salt\":\"|\"salt\":\"AAAA",
                "\"salt\":|\"salty\":",
            })
    void refusesALineThatItWouldNotHaveWritten(String ours, String theirs) throws IOException {
        Samples.open(home).close();
        Samples.open(home).close();
        var line = next();
        assertThat(line).contains(ours);
        write(line.replace(ours, theirs));
        var checkpoints = Files.readAllBytes(home.resolve("log/checkpoints"));

        assertThatThrownBy(() -> Samples.open(home))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageStartingWith("the log does not hold at entry 2: ");
        assertThat(home.resolve("log/checkpoints")).hasBinaryContent(checkpoints);
    }

    @Test
    void takesALineThatItWouldHaveWritten() throws IOException {
        Samples.open(home).close();
        Samples.open(home).close();
        write(next());

        try (var log = Samples.open(home)) {
            assertThat(opened(log).detail()).containsEntry("unsigned-entries", "1");
            assertThat(log.verify()).matches(Verification::holds);
        }
    }

    @Test
    void refusesAnUnsignedEntryThatWasChangedAlsoBehindAWrongRecord() throws IOException {
        killWithUnsignedEntries();
        Tampering.flip(killed.resolve("log/index"), 3 * IndexRecord.BYTES + 40);
        Tampering.replaceIn(entries(), "\"index\":11,", "\"object\":\"job", "\"object\":\"jab");

        assertThatThrownBy(() -> Samples.open(killed))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageStartingWith("the log does not hold at entry 11: ");
    }

    /** Its hash is what was written, and so the entry is. */
    @Test
    void takesAnUnsignedEntryWhoseKeysAloneTheIndexHasWrong() throws IOException {
        killWithUnsignedEntries();
        Tampering.flip(killed.resolve("log/index"), 11 * IndexRecord.BYTES + 50);

        try (var log = Samples.open(killed)) {
            assertThat(opened(log).detail())
                    .containsEntry("unindexed-entries", "1")
                    .containsEntry("unsigned-entries", "20");
            assertThat(log.verify().note()).isNull();
        }
    }

    /** The index is read in pieces, the newest first; the second intent is the first entry of the newest. */
    @Test
    void findsEveryIntentThatIsOpenHoweverMuchFollowed() throws IOException {
        try (var log = Samples.open(home)) {
            var first = log.intent(Samples.act(1)).index();
            var second = log.intent(Samples.act(2)).index();
            Samples.fill(log, 4095);

            assertThat(Opening.orphans(new Layout(home.resolve("log")), second + 4096))
                    .containsExactly(first, second);
        }
    }

    /** Each had been acknowledged: its record was written when it was on the disk. */
    @Test
    void saysHowManyAcknowledgedEntriesAreGone() throws IOException {
        killWithUnsignedEntries();
        var lines = Files.readAllLines(entries());
        Files.write(entries(), lines.subList(0, lines.size() - 5));

        for (var lost : List.of("5", "0")) {
            try (var log = Samples.open(killed)) {
                assertThat(opened(log).detail())
                        .containsEntry("lost-entries", lost)
                        .containsEntry("unindexed-entries", "0");
                assertThat(log.verify()).matches(Verification::holds);
            }
        }
    }

    /** By an entry of the start that failed, or of the next one. */
    @ParameterizedTest
    @ValueSource(strings = {"a sync", "half a write", "a write"})
    void saysThatEntriesAreGoneWhereverAStartFails(String what) throws IOException {
        killWithUnsignedEntries();
        var lines = Files.readAllLines(entries());
        Files.write(entries(), lines.subList(0, lines.size() - 5));

        boolean opens = false;
        for (int nth = 1; !opens; nth++) {
            var disk = new FailingDisk();
            disk.writesHalf = what.startsWith("half");
            (what.endsWith("sync") ? disk.syncsLeft : disk.writesLeft).set(nth);
            var copy = home.resolve("copy" + nth);
            Tampering.copy(killed, copy);
            opens = opens(copy, disk);
            try (var log = Samples.open(copy)) {
                assertThat(log.search(OPENINGS, null, 10).entries())
                        .as("number %d fails", nth)
                        .extracting(entry -> entry.detail().get("lost-entries"))
                        .contains("5");
                assertThat(log.verify()).matches(Verification::holds);
            }
        }
    }

    private static boolean opens(Path home, Disk disk) {
        try {
            Samples.open(home, disk).close();
            return true;
        } catch (LogUnavailable failed) {
            return false;
        }
    }

    /** Twenty entries behind the only checkpoint, in {@link #killed}. */
    private void killWithUnsignedEntries() throws IOException {
        try (var log = Samples.open(home, Disk.REAL, Duration.ofDays(1))) {
            Samples.fill(log, 20);
            Tampering.copy(home, killed);
        }
    }

    private Path entries() {
        return killed.resolve("log/entries-000000000.jsonl");
    }

    /** The newest line, as if it was entry 2. */
    private String next() throws IOException {
        return Files.readAllLines(home.resolve("log/entries-000000000.jsonl"))
                .getLast()
                .replace("\"index\":1,", "\"index\":2,");
    }

    private void write(String line) throws IOException {
        Files.writeString(home.resolve("log/entries-000000000.jsonl"), line + "\n", StandardOpenOption.APPEND);
    }

    private static Entry opened(AuditLog log) {
        return log.search(OPENINGS, null, 1).entries().getFirst();
    }

    /** Knows the most bytes that were written to the index at once. */
    private static final class MeasuringDisk implements Disk {
        final AtomicInteger longest = new AtomicInteger();

        @Override
        public AppendFile open(Path file) throws IOException {
            var real = REAL.open(file);
            return file.endsWith("index") ? new Measured(real, longest) : real;
        }

        private record Measured(AppendFile real, AtomicInteger longest) implements AppendFile {
            @Override
            public long size() throws IOException {
                return real.size();
            }

            @Override
            public void append(ByteBuffer bytes) throws IOException {
                longest.accumulateAndGet(bytes.remaining(), Math::max);
                real.append(bytes);
            }

            @Override
            public void truncate(long size) throws IOException {
                real.truncate(size);
            }

            @Override
            public void goBack(long to) throws IOException {
                real.goBack(to);
            }

            @Override
            public void force() throws IOException {
                real.force();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        }
    }
}
