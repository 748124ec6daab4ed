package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.LogVerifier;
import org.sekisho.gateway.audit.verify.VerifyCommand;

/** A log of 10,000 entries and everything that somebody might do to its files. */
final class TamperedLogTest {
    private static final int ENTRIES = 10_000;

    @TempDir
    static Path original;

    @TempDir
    Path home;

    private static byte[] entries = new byte[0];
    private static byte[] checkpoints = new byte[0];
    private static byte[] index = new byte[0];

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void write() throws IOException {
        try (var log = Samples.open(original, Disk.REAL, Duration.ofMillis(60))) {
            Samples.fill(log, ENTRIES - 1);
        }
        entries = Files.readAllBytes(original.resolve("log/entries-000000000.jsonl"));
        checkpoints = Files.readAllBytes(original.resolve("log/checkpoints"));
        index = Files.readAllBytes(original.resolve("log/index"));
    }

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectories(home.resolve("log"));
        Files.write(entries(), entries);
        Files.write(checkpoints(), checkpoints);
        Files.write(home.resolve("log/index"), index);
    }

    @Test
    void holdsAsItWasWritten() {
        assertThat(verify()).isZero();
        assertThat(answer()).isEqualTo("10000");
    }

    @Tag("abuse-35")
    @Test
    void namesTheEntryOfAnyFlippedBit() throws IOException {
        var random = new Random(20260401);
        for (int i = 0; i < 60; i++) {
            int at = random.nextInt(entries.length);
            Files.write(entries(), entries);
            Tampering.flip(entries(), at, 1 << random.nextInt(8));
            out.reset();
            assertThat(verify()).as("byte " + at).isEqualTo(1);
            assertThat(answer()).as("byte " + at).isEqualTo(Long.toString(entryAt(at)));
        }
    }

    @Test
    void namesTheEntryWithoutTheIndexOfItsHashesAtLeastByItsCheckpoint() throws IOException {
        Files.delete(home.resolve("log/index"));
        Tampering.flip(entries(), entries.length / 2);

        assertThat(verify()).isEqualTo(1);
        assertThat(Long.parseLong(answer())).isLessThanOrEqualTo(entryAt(entries.length / 2));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("does not hold");
    }

    @Test
    void findsAnEntryThatWasRewrittenTogetherWithItsKeptHash() throws IOException {
        var lines = lines();
        var forged = lines.get(5000).replace("\"number\"", "\"numbex\"");
        lines.set(5000, forged);
        write(lines);
        var changed = index.clone();
        System.arraycopy(
                Hashes.leaf(forged.getBytes(StandardCharsets.UTF_8)), 0, changed, 5000 * IndexRecord.BYTES, 32);
        Files.write(home.resolve("log/index"), changed);

        assertThat(verify()).isEqualTo(1);
        assertThat(Long.parseLong(answer())).isLessThanOrEqualTo(5000);
    }

    @Test
    void namesTheFirstOfDeletedSwappedRepeatedAndInsertedEntries() throws IOException {
        var deleted = lines();
        deleted.remove(1234);
        assertFirstBad(deleted, 1234);

        var swapped = lines();
        Collections.swap(swapped, 77, 9000);
        assertFirstBad(swapped, 77);

        var repeated = lines();
        repeated.add(4321, repeated.get(4320));
        assertFirstBad(repeated, 4321);

        var region = lines();
        region.subList(2000, 3000).clear();
        assertFirstBad(region, 2000);

        var first = lines();
        first.removeFirst();
        assertFirstBad(first, 0);
    }

    @Tag("abuse-36")
    @Test
    void namesTheFirstMissingEntryWhenTheTailWasCut() throws IOException {
        var cut = lines();
        cut.subList(9_990, ENTRIES).clear();
        assertFirstBad(cut, 9_990);

        Files.write(entries(), Arrays.copyOf(entries, entries.length - 1));
        out.reset();
        assertThat(verify()).isEqualTo(1);
        assertThat(answer()).isEqualTo("9999");

        Files.delete(entries());
        out.reset();
        assertThat(verify()).isEqualTo(1);
        assertThat(answer()).isEqualTo("0");
    }

    @Test
    void saysSoWhenEntriesBehindTheNewestCheckpointAreNotSigned() throws IOException {
        var old = Samples.notes(checkpoints());
        long size = Checkpoint.parse(old.get(old.size() - 2), key()).size();
        Files.writeString(checkpoints(), String.join("\n", old.subList(0, old.size() - 1)) + "\n");

        assertThat(verify()).isZero();
        assertThat(answer()).isEqualTo(Long.toString(size));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains((ENTRIES - size) + " entries behind the newest");
    }

    @Test
    void findsAChangedUnsignedTail() throws IOException {
        var old = Samples.notes(checkpoints());
        Files.writeString(checkpoints(), String.join("\n", old.subList(0, old.size() - 1)) + "\n");
        Tampering.flip(entries(), entries.length - 20);

        assertThat(verify()).isEqualTo(1);
        assertThat(answer()).isEqualTo("9999");
    }

    @Tag("abuse-37")
    @Test
    void findsAnOldCopyWithTheHelpOfACheckpointKeptElsewhere() throws IOException {
        var notes = Samples.notes(checkpoints());
        Files.writeString(home.resolve("kept"), notes.getLast());
        var old = Checkpoint.parse(notes.get(notes.size() / 2), key());
        write(lines().subList(0, (int) old.size()));
        Files.writeString(checkpoints(), String.join("\n", notes.subList(0, notes.size() / 2 + 1)) + "\n");

        assertThat(verify()).as("consistent in itself").isZero();
        out.reset();
        assertThat(verify("--from", home.resolve("kept").toString())).isEqualTo(1);
        assertThat(answer()).isEqualTo(Long.toString(old.size()));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("rolled back");
    }

    @Test
    void beginsWithEveryCheckpointOfItsOwn() throws IOException {
        var notes = Samples.notes(checkpoints());
        for (var note : List.of(notes.get(0), notes.get(1), notes.get(notes.size() / 2), notes.getLast())) {
            Files.writeString(home.resolve("kept"), note);
            out.reset();
            assertThat(verify("--from", home.resolve("kept").toString())).isZero();
            assertThat(answer()).isEqualTo("10000");
        }
    }

    /** The first reading is whole; what was kept elsewhere counts in it and never again. */
    @Test
    void readsOnFromWhereItWas() throws IOException {
        var notes = Samples.notes(checkpoints());
        var half = notes.subList(0, notes.size() / 2);
        long size = Checkpoint.parse(half.getLast(), key()).size();
        Files.writeString(checkpoints(), String.join("\n", half) + "\n");
        var kept = Checkpoint.parse(half.getLast(), key());
        var verifier = new LogVerifier(home.resolve("log"), key(), kept);

        assertThat(verifier.verify()).isInstanceOfSatisfying(LogVerifier.Holds.class, holds -> {
            assertThat(holds.size()).isEqualTo(size);
            assertThat(holds.unsigned()).isEqualTo(ENTRIES - size);
            assertThat(holds.retired()).isZero();
        });
        assertThat(verifier.verified()).isEqualTo(size);
        Files.write(checkpoints(), checkpoints);
        assertThat(verifier.verify()).isEqualTo(new LogVerifier.Holds(ENTRIES, 0, 0, List.of()));
        assertThat(verifier.verify()).isEqualTo(new LogVerifier.Holds(ENTRIES, 0, 0, List.of()));
        Files.writeString(checkpoints(), half.getFirst() + "\n", StandardOpenOption.APPEND);
        assertThat(verifier.verify())
                .isInstanceOfSatisfying(
                        LogVerifier.Broken.class,
                        broken -> assertThat(broken.what()).contains("smaller than the one before it"));
    }

    @Test
    void saysSoWhenACheckpointOrALineIsTorn() throws IOException {
        Files.writeString(checkpoints(), "sekisho/", StandardOpenOption.APPEND);
        Files.writeString(entries(), "{\"action\":", StandardOpenOption.APPEND);

        assertThat(verify()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the checkpoints end in the middle of one")
                .contains("the last line is torn");
    }

    @Test
    void findsAForkWithTheHelpOfACheckpointKeptElsewhere() throws IOException {
        var elsewhere = home.resolve("fork");
        Files.createDirectories(elsewhere.resolve("keys"));
        Files.copy(original.resolve("keys/log.key"), elsewhere.resolve("keys/log.key"));
        try (var fork = Samples.open(elsewhere)) {
            Samples.fill(fork, 20);
        }
        var notes = Samples.notes(elsewhere.resolve("log/checkpoints"));
        Files.writeString(home.resolve("kept"), notes.getLast());

        assertThat(verify("--from", home.resolve("kept").toString())).isEqualTo(1);
        assertThat(answer()).isEqualTo("0");
    }

    @Test
    void findsAnyFlippedBitOfTheCheckpoints() throws IOException {
        var random = new Random(7);
        for (int i = 0; i < 40; i++) {
            Files.write(checkpoints(), checkpoints);
            Tampering.flip(checkpoints(), random.nextInt(checkpoints.length - 2), 1 << random.nextInt(8));
            assertThat(verify()).isEqualTo(1);
        }
    }

    @Test
    void findsThatThereAreNoCheckpoints() throws IOException {
        Files.delete(checkpoints());
        assertThat(verify()).isEqualTo(1);
        assertThat(answer()).isEqualTo("0");
    }

    @Test
    void saysOfAFolderThatIsNoLogThatItIsNone() throws IOException {
        var other = Files.createDirectory(home.resolve("other"));
        Files.writeString(other.resolve("manifest"), "{}");
        assertThat(run(
                        other.toString(),
                        "--key",
                        original.resolve("log/key.pub").toString()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("holds no log");
        Files.writeString(other.resolve("key.pub"), "");
        assertThat(run(
                        other.toString(),
                        "--key",
                        original.resolve("log/key.pub").toString()))
                .isEqualTo(1);
    }

    @Tag("abuse-39")
    @Test
    void refusesAnotherKey() {
        assertThat(run(home.toString(), "--key", Samples.VERIFIER_KEY)).isEqualTo(1);
        assertThat(run(home.toString(), "--key", "nonsense")).isEqualTo(2);
        assertThat(run(home.toString())).isEqualTo(2);
        assertThat(run("--key", Samples.VERIFIER_KEY)).isEqualTo(2);
        assertThat(run(home.resolve("nowhere").toString(), "--key", Samples.VERIFIER_KEY))
                .isEqualTo(2);
    }

    @Test
    void notesAWrongIndexAndStillSaysThatTheEntriesHold() throws IOException {
        Tampering.flip(home.resolve("log/index"), 42 * IndexRecord.BYTES);

        assertThat(verify()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("wrong at entry 42");
    }

    @Test
    void notesAnyFlippedBitOfTheIndex() throws IOException {
        var random = new Random(16);
        for (int i = 0; i < 20; i++) {
            int at = random.nextInt(index.length);
            Files.write(home.resolve("log/index"), index);
            Tampering.flip(home.resolve("log/index"), at, 1 << random.nextInt(8));
            err.reset();
            assertThat(verify()).isZero();
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("wrong at entry " + at / IndexRecord.BYTES + ";");
        }
    }

    /** What shows another entry in the place of one, or leaves some out, is no answer. */
    @Test
    void readsNoEntryThatIsNotWhereTheIndexSays() throws IOException {
        int record = IndexRecord.BYTES;
        for (int[] bytes : new int[][] {{16, 18, 0, record}, {16, 18, 40, 44}, {16, 9_000, 40, 44}}) {
            var changed = index.clone();
            System.arraycopy(
                    index, bytes[1] * record + bytes[2], changed, bytes[0] * record + bytes[2], bytes[3] - bytes[2]);
            Files.write(home.resolve("log/index"), changed);
            var reader = new LogReader(home);
            assertThat(reader.export(Filter.ANY, 0, 16)).hasSize(16);
            for (var reading : List.<ThrowingCallable>of(
                    () -> reader.export(Filter.ANY, 0, 50), () -> reader.search(Filter.ANY, null, ENTRIES))) {
                assertThatThrownBy(reading)
                        .isInstanceOf(LogUnavailable.class)
                        .hasMessageContaining("entry 16 is not where the index says");
            }
        }
    }

    @Test
    void leavesOutNoSignedEntryThatTheIndexLacks() throws IOException {
        Files.write(home.resolve("log/index"), Arrays.copyOf(index, 9_000 * IndexRecord.BYTES));

        assertThat(verify()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("ends before the newest checkpoint");
        var reader = new LogReader(home);
        assertThatThrownBy(() -> reader.search(Filter.ANY, null, 10)).hasMessageContaining("the index ends before");
        assertThatThrownBy(() -> reader.export(Filter.ANY, 0, 10)).hasMessageContaining("the index ends before");
    }

    private void assertFirstBad(List<String> lines, long first) throws IOException {
        write(lines);
        out.reset();
        assertThat(verify()).isEqualTo(1);
        assertThat(answer()).isEqualTo(Long.toString(first));
    }

    private int verify(String... more) {
        var arguments = new ArrayList<>(List.of(
                home.toString(), "--key", original.resolve("log/key.pub").toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return VerifyCommand.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String answer() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private static VerifierKeys key() throws IOException {
        return VerifierKeys.parse(Files.readString(original.resolve("log/key.pub")));
    }

    private static long entryAt(int offset) {
        long newlines = 0;
        for (int i = 0; i < offset; i++) {
            newlines += entries[i] == '\n' ? 1 : 0;
        }
        return newlines;
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(
                Files.readAllLines(original.resolve("log/entries-000000000.jsonl"), StandardCharsets.UTF_8));
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(entries(), String.join("\n", lines) + "\n");
    }

    private Path entries() {
        return home.resolve("log/entries-000000000.jsonl");
    }

    private Path checkpoints() {
        return home.resolve("log/checkpoints");
    }
}
