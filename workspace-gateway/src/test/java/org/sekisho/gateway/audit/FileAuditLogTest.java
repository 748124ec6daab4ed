package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.Layout;

final class FileAuditLogTest extends AuditLogContract {
    @TempDir
    Path contract;

    @TempDir
    Path home;

    @Override
    AuditLog openLog() {
        return Samples.open(contract);
    }

    @Test
    void goesOnWhereItEnded() {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 1000);
        }
        try (var log = Samples.open(home)) {
            var next = log.record(Samples.act(1), Result.DONE);
            assertThat(next.index()).isEqualTo(1002);
            assertThat(log.entry(0)).get().extracting(Entry::action).isEqualTo("log.open");
            assertThat(log.verify().holds()).isTrue();
            assertThat(log.verify().upTo()).isGreaterThanOrEqualTo(1002);
        }
    }

    @Test
    void goesOverToTheNextSegmentAndOpensBothAgain() {
        int entries = Layout.SEGMENT - 1;
        try (var log = Samples.open(home)) {
            Samples.fill(log, entries);
        }
        for (int i = 0; i < 2; i++) {
            try (var log = Samples.open(home)) {
                assertThat(log.record(Samples.act(1), Result.DONE).index()).isEqualTo(entries + 2L * (i + 1));
                assertThat(log.entry(Layout.SEGMENT))
                        .get()
                        .extracting(Entry::index)
                        .isEqualTo((long) Layout.SEGMENT);
                assertThat(log.proof(100)).isPresent();
                assertThat(log.verify()).extracting(Verification::holds).isEqualTo(true);
            }
        }
        assertThat(home.resolve("log/entries-000065536.jsonl")).exists();
    }

    @Tag("abuse-33")
    @Test
    void marksAnIntentWithoutOutcomeUnknownWhenItOpens() {
        try (var log = Samples.open(home)) {
            log.outcome(log.intent(Samples.act(1)), Result.DONE, Map.of());
            log.intent(Samples.act(2));
        }
        try (var log = Samples.open(home)) {
            var found = log.search(new Filter(null, null, null, "job-2", null, null), null, 10)
                    .entries();
            assertThat(found).hasSize(2);
            assertThat(found.getFirst().result()).isEqualTo(Result.UNKNOWN);
            assertThat(found.getFirst().intent()).isEqualTo(found.getLast().index());
        }
        try (var log = Samples.open(home)) {
            assertThat(log.search(new Filter(null, null, null, "job-2", null, null), null, 10)
                            .entries())
                    .as("marked once")
                    .hasSize(2);
        }
    }

    @Test
    void cutsATornLastLineAndSaysSo() throws IOException {
        try (var log = Samples.open(home)) {
            log.record(Samples.act(1), Result.DONE);
        }
        Files.writeString(entries(), "{\"action\":\"job.sub", StandardOpenOption.APPEND);

        try (var log = Samples.open(home)) {
            var opened = log.entry(2).orElseThrow();
            assertThat(opened.action()).isEqualTo("log.open");
            assertThat(opened.detail()).containsEntry("torn-bytes", "18");
            assertThat(log.verify().holds()).isTrue();
        }
    }

    /** Whoever can write to the disk can write a line behind the newest checkpoint, and a start signs what it finds. */
    @Test
    void saysHowManyEntriesItFoundThatNobodyHadSigned() throws IOException {
        try (var log = Samples.open(home)) {
            log.record(Samples.act(1), Result.DONE);
        }
        var last = Files.readAllLines(entries()).getLast();
        Files.writeString(entries(), last.replace("\"index\":1,", "\"index\":2,") + "\n", StandardOpenOption.APPEND);

        for (int found : new int[] {1, 0}) {
            try (var log = Samples.open(home)) {
                var opened = log.search(Filter.ANY, null, 1).entries().getFirst();
                assertThat(opened.action()).isEqualTo("log.open");
                assertThat(opened.detail())
                        .containsEntry("unsigned-entries", Integer.toString(found))
                        .containsEntry("unindexed-entries", Integer.toString(found));
            }
        }
    }

    @Test
    void cutsOffATornLineOfAnyLengthAndRefusesAWholeOneThatItCannotHaveWritten() throws IOException {
        Samples.open(home).close();
        Files.writeString(entries(), "x".repeat(3_000_000), StandardOpenOption.APPEND);
        try (var log = Samples.open(home)) {
            assertThat(log.entry(1).orElseThrow().detail()).containsEntry("torn-bytes", "3000000");
            assertThat(log.verify().holds()).isTrue();
        }
        var line = Files.readAllLines(entries()).getLast().replace("\"index\":1,", "\"index\":2,");
        var tooLong = line.replace("\"salt\":\"", "\"salt\":\"" + "A".repeat(Layout.LONGEST_LINE));
        Files.writeString(entries(), tooLong + "\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Samples.open(home))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("entry 2: its line is longer than any line is written");
    }

    @Test
    void rebuildsTheIndexAndTheTilesThatWereLost() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 2000);
        }
        Files.delete(home.resolve("log/index"));
        Files.delete(home.resolve("log/tiles"));

        try (var log = Samples.open(home)) {
            assertThat(log.entry(1234)).get().extracting(Entry::index).isEqualTo(1234L);
            assertThat(log.verify().holds()).isTrue();
        }
    }

    @Test
    void mendsAnIndexThatIsWrongWhereTheEntriesHold() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 2000);
        }
        Tampering.flip(home.resolve("log/index"), 777 * IndexRecord.BYTES + 3);

        try (var log = Samples.open(home)) {
            assertThat(log.entry(777)).get().extracting(Entry::index).isEqualTo(777L);
            assertThat(log.entry(2001).orElseThrow().detail()).containsEntry("unindexed-entries", "1");
            assertThat(log.verify().note()).isNull();
        }
    }

    /** Keys that find an entry, and the place of another: its hash alone is left as it was. */
    @Test
    void findsAgainWhatTheIndexWasMadeToHide() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 40);
        }
        zero(16, 32, 64);
        zero(20, 40, 44);
        try (var log = Samples.open(home)) {
            assertThat(log.search(ofEntry(log, 16), null, 10).entries())
                    .extracting(Entry::index)
                    .contains(16L);
            assertThat(log.entry(20)).get().extracting(Entry::index).isEqualTo(20L);
            assertThat(log.verify().note()).isNull();
        }
    }

    /** As after a start, when all of the log is read, of entries in segments of long ago. */
    @Test
    void writesAWrongIndexAnewWhenItIsFoundAndSaysSo() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 40);
            var hidden = ofEntry(log, 16);
            var whole = Files.readAllBytes(home.resolve("log/index"));
            log.proof(40);
            zero(16, 40, 64);
            zero(30, 0, 64);
            assertThat(log.search(hidden, null, 10).entries()).isEmpty();

            assertThat(log.verify().note()).contains("wrong at entry 16; the entries hold");
            assertThat(Files.readAllBytes(home.resolve("log/index"))).startsWith(whole);
            assertThat(log.search(hidden, null, 10).entries())
                    .extracting(Entry::index)
                    .contains(16L);
            assertThat(log.search(new Filter(null, null, "log.mend", null, null, null), null, 10)
                            .entries())
                    .as("what is about to be done, and what was")
                    .hasSize(2)
                    .first()
                    .satisfies(entry -> assertThat(entry.detail())
                            .containsEntry("from", "16")
                            .containsEntry("records", "2"));
            assertThat(log.verify()).matches(Verification::holds);
        }
    }

    @Test
    void leavesAnIndexThatEndsTooEarlyToTheNextStart() throws IOException {
        var index = home.resolve("log/index");
        try (var log = Samples.open(home)) {
            Samples.fill(log, 40);
            log.proof(40);
            zero(16, 40, 64);
            try (var channel = FileChannel.open(index, StandardOpenOption.WRITE)) {
                channel.truncate(40 * IndexRecord.BYTES);
            }
            assertThat(log.verify().holds()).isTrue();
            assertThat(Files.size(index)).isEqualTo(40 * IndexRecord.BYTES);
        }
        try (var log = Samples.open(home)) {
            assertThat(log.entry(41).orElseThrow().detail()).containsEntry("unindexed-entries", "2");
            assertThat(log.verify().note()).isNull();
        }
    }

    /** What the index has of an entry may be asked for long after the start. */
    @Test
    void provesNothingByAnIndexThatIsWrong() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 600);
            log.proof(600);
            zero(16, 0, 32);

            for (ThrowingCallable asked : new ThrowingCallable[] {
                () -> log.proof(20), () -> log.prove(20, false), () -> log.consistency(20, 600), () -> log.root(20)
            }) {
                assertThatThrownBy(asked)
                        .isInstanceOf(LogUnavailable.class)
                        .hasMessage("one of the entries 0 to 255 is not as the index says: verify the log; if its"
                                + " entries hold, a running gateway writes the index anew when it verifies everything,"
                                + " and so does a start without the file index");
            }
            assertThat(log.proof(300)).as("by the root of the tile").isPresent();
            log.verify();
            assertThat(log.proof(20)).as("it was written anew").isPresent();
        }
    }

    private static Filter ofEntry(FileAuditLog log, long index) {
        return new Filter(null, null, null, log.entry(index).orElseThrow().object(), null, null);
    }

    private void zero(int record, int from, int to) throws IOException {
        var index = Files.readAllBytes(home.resolve("log/index"));
        Arrays.fill(index, record * IndexRecord.BYTES + from, record * IndexRecord.BYTES + to, (byte) 0);
        Files.write(home.resolve("log/index"), index, StandardOpenOption.WRITE);
    }

    /** Abuse case 41, in one process; in two, see InjectedFaultsIT. */
    @Test
    void refusesASecondWriter() {
        try (var log = Samples.open(home)) {
            assertThatThrownBy(() -> Samples.open(home))
                    .isInstanceOf(LogUnavailable.class)
                    .hasMessageContaining("open already");
            assertThat(log.record(Samples.act(1), Result.DONE).index()).isEqualTo(1);
        }
    }

    @Test
    void refusesToOpenWhenAnEntryWasChangedAndNamesIt() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 500);
        }
        Tampering.replaceIn(entries(), "\"index\":321,", "\"number\":\"", "\"numbex\":\"");

        assertThatThrownBy(() -> Samples.open(home))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("entry 321");
    }

    @Tag("abuse-36")
    @Test
    void refusesToOpenWithoutItsTail() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 500);
        }
        var lines = Files.readAllLines(entries());
        Files.write(entries(), lines.subList(0, 400));

        assertThatThrownBy(() -> Samples.open(home))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("entry 400");
    }

    @Test
    void refusesToGiveASignedLogANewKey() throws IOException {
        Samples.open(home).close();
        Files.delete(home.resolve("keys/log.key"));

        assertThatThrownBy(() -> Samples.open(home)).hasMessageContaining("signing key is missing");
        assertThat(home.resolve("keys/log.key")).doesNotExist();
    }

    @Test
    void isNotWrittenOnWhenItsNewestCheckpointLacksOneOfItsSignatures() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 20);
        }
        keepSignaturesOfTheFirstKey();
        var before = Files.readAllBytes(entries());

        assertThatThrownBy(() -> Samples.open(home))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("the newest checkpoint does not hold: the checkpoint is not signed by the key ")
                .hasMessageContaining(" of ML-DSA-44, which is the second of keys/log.key")
                .hasMessageContaining("put back a copy of log/checkpoints")
                .hasMessageEndingWith("give the new log/key.pub to every witness and auditor");
        assertThat(entries()).hasBinaryContent(before);
    }

    /** It signs what was signed with both keys before it has the second: the end of a process may come between. */
    @Test
    void aLogFromBeforeThereWereTwoKeysIsSignedWithBothAtOnce() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 20);
        }
        keepSignaturesOfTheFirstKey();
        var file = home.resolve("keys/log.key");
        Files.writeString(file, Files.readAllLines(file).getFirst() + "\n");
        int before = Samples.notes(checkpoints()).size();
        try (var log = Samples.open(home)) {
            var keys = LogKey.read(file).verifiers();
            assertThat(keys.keys()).hasSize(2);
            var notes = Samples.notes(checkpoints());
            assertThat(Checkpoint.parse(notes.get(before), keys).size())
                    .as("the same entries once more")
                    .isEqualTo(Checkpoint.parse(notes.get(before - 1), keys, 1).size());
            assertThat(log.verify().holds()).isTrue();
        }
        Files.writeString(file, Files.readAllLines(file).getFirst() + "\n");
        try (var log = Samples.open(home)) {
            assertThat(log.verify().holds()).as("its second key was lost again").isTrue();
        }
    }

    private void keepSignaturesOfTheFirstKey() throws IOException {
        var first = List.of(
                LogKey.read(home.resolve("keys/log.key")).verifiers().keys().getFirst());
        var kept = new StringBuilder();
        for (var note : Samples.notes(checkpoints())) {
            kept.append(Checkpoint.unverified(note).only(first).note()).append('\n');
        }
        Files.writeString(checkpoints(), kept);
    }

    @Test
    void keepsItsKeyToItsOwner() throws IOException {
        Samples.open(home).close();

        var key = home.resolve("keys/log.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(VerifierKeys.parse(Files.readString(home.resolve("log/key.pub"))))
                .isEqualTo(LogKey.read(key).verifiers());
    }

    /** Abuse case 40. */
    @Tag("abuse-40")
    @Test
    void keepsTheOrderWhenTheClockGoesBackwards() {
        var clock = new JumpingClock();
        var settings = new FileAuditLog.Settings(Disk.REAL, Duration.ofMillis(5), Duration.ofDays(1), LogPolicy.USUAL);
        try (var log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), clock, settings)) {
            var before = log.record(Samples.act(1), Result.DONE);
            clock.now = clock.now.minus(Duration.ofDays(400));
            var after = log.record(Samples.act(2), Result.DONE);

            assertThat(after.index()).isEqualTo(before.index() + 1);
            assertThat(after.time()).as("as the clock said").isEqualTo(clock.now);
            assertThat(log.search(Filter.ANY, null, 2).entries()).containsExactly(after, before);
            assertThat(log.search(new Filter(null, null, null, null, null, clock.now.plusSeconds(1)), null, 5)
                            .entries())
                    .containsExactly(after);
            assertThat(log.verify().holds()).isTrue();
        }
    }

    @Test
    void endsForGoodWhenItsFilesAreChangedUnderIt() throws Exception {
        var settings =
                new FileAuditLog.Settings(Disk.REAL, Duration.ofMillis(5), Duration.ofMillis(20), LogPolicy.USUAL);
        try (var log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC(), settings)) {
            Samples.fill(log, 50);
            assertThat(log.verify().holds()).isTrue();
            Tampering.replaceIn(entries(), "\"index\":21,", "\"number\":\"", "\"numbex\":\"");

            assertThat(log.verify().firstBad()).isEqualTo(21);
            for (int i = 0; log.available() && i < 200; i++) {
                Thread.sleep(10);
            }
            assertThatThrownBy(() -> log.record(Samples.act(0), Result.DONE)).isInstanceOf(LogUnavailable.class);
        }
    }

    /** What is written to a file that has lost its name is in no file that anybody reads. */
    @Test
    void endsForGoodWhenItsEntriesAreExchangedUnderIt() throws IOException {
        try (var log = Samples.open(home, Disk.REAL, Duration.ofDays(1))) {
            Samples.fill(log, 50);
            exchange(entries());

            assertThatThrownBy(() -> log.record(Samples.act(1), Result.DONE))
                    .isInstanceOf(LogUnavailable.class)
                    .hasRootCauseMessage("another file is in the place of entries-000000000.jsonl");
            assertThat(log.available()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"index", "tiles", "checkpoints"})
    void signsNothingWhenAFileIsExchangedUnderIt(String file) throws IOException {
        try (var log = Samples.open(home, Disk.REAL, Duration.ofDays(1))) {
            Samples.fill(log, 50);
            exchange(home.resolve("log").resolve(file));
            var signed = log.checkpoint();

            assertThatThrownBy(() -> log.proof(50))
                    .isInstanceOf(LogUnavailable.class)
                    .hasRootCauseMessage("another file is in the place of " + file);
            assertThat(log.checkpoint()).isEqualTo(signed);
            assertThat(log.available()).isFalse();
        }
    }

    @Test
    void doesNotHoldWhenCheckpointsThatItSignedAreTakenAway() throws IOException {
        var checkpoints = home.resolve("log/checkpoints");
        try (var log = Samples.open(home, Disk.REAL, Duration.ofDays(1))) {
            var before = Files.readAllBytes(checkpoints);
            Samples.fill(log, 50);
            assertThat(log.proof(50)).isPresent();
            Files.write(checkpoints, before);

            var verification = log.verify();
            assertThat(verification.holds()).isFalse();
            assertThat(verification.note())
                    .isEqualTo("51 entries were signed, and the newest checkpoint in the files covers 1");
        }
    }

    /** As {@code cp} and {@code mv} do. */
    private static void exchange(Path file) throws IOException {
        var copy = file.resolveSibling("copy");
        Files.copy(file, copy);
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path checkpoints() {
        return home.resolve("log/checkpoints");
    }

    private Path entries() {
        return home.resolve("log/entries-000000000.jsonl");
    }

    private static final class JumpingClock extends Clock {
        private Instant now = Instant.parse("2026-04-01T03:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
