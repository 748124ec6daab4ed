package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.audit.verify.Layout;

/** What a start takes and mends, what it gives back when it fails, and what an end leaves behind. */
@Timeout(10)
final class StartAndEndTest {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final String ENTRIES = "entries-000000000.jsonl";

    @TempDir
    Path home;

    private final RecordingDisk disk = new RecordingDisk();

    @Test
    void opensAsAGatewayDoesAndHandsOutWhatItSigned() {
        try (var log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC())) {
            assertThat(log.checkpoint().size()).isEqualTo(1);
            assertThat(log.tile(new TilePath(0, 0, 1)))
                    .hasValueSatisfying(tile -> assertThat(Hashes.hex(tile)).isEqualTo(log.root(1)));
        }
    }

    /** The first entry behind a checkpoint is the one that it does not cover. */
    @Test
    void signsAnEntryThatIsToBeProven() {
        try (var log = Samples.open(home, Disk.REAL, NEVER)) {
            var entry = log.record(Samples.act(1), Result.DONE);
            assertThat(log.checkpoint().size()).isEqualTo(entry.index());

            var proof = log.prove(entry.index(), false).orElseThrow();
            assertThat(Checkpoint.unverified(proof.note()).size()).isEqualTo(entry.index() + 1);
            assertThat(log.checkpoint().size()).isEqualTo(entry.index() + 1);
            assertThat(log.prove(entry.index() + 1, false)).isEmpty();
        }
    }

    @Test
    void signsNothingAnewForAnEntryThatIsSigned() {
        try (var log = Samples.open(home, Disk.REAL, NEVER)) {
            log.record(Samples.act(1), Result.DONE);

            assertThat(log.prove(0, false)).isPresent();
            assertThat(log.checkpoint().size()).isEqualTo(1);
        }
    }

    @Test
    void cutsOffACheckpointThatWasNotWrittenToItsEnd() throws IOException {
        Samples.open(home).close();
        var whole = Files.readAllBytes(checkpoints());
        Files.write(checkpoints(), concatenated(whole, halfOf(whole)));

        try (var log = Samples.open(home, disk)) {
            assertThat(Files.readAllBytes(checkpoints())).startsWith(whole);
            assertThat(log.verify().holds()).isTrue();
            assertThat(log.verify().note()).isNull();
        }
        assertThat(ofCheckpoints(3))
                .as("it is gone before anything is written behind it")
                .containsExactly("truncate checkpoints to " + whole.length, "force checkpoints", "append checkpoints");
    }

    /** The machine stopped at the very first one, before there was an entry. */
    @Test
    void beginsAnewWhereTheFirstCheckpointWasNotWrittenToItsEnd() throws IOException {
        Samples.open(home).close();
        var half = halfOf(Files.readAllBytes(checkpoints()));
        for (var file : List.of(ENTRIES, "index", "tiles", "checkpoints")) {
            Files.delete(home.resolve("log").resolve(file));
        }
        Files.write(checkpoints(), half);

        try (var log = Samples.open(home, disk)) {
            assertThat(log.checkpoint().size()).isEqualTo(1);
            assertThat(log.verify().holds()).isTrue();
        }
        assertThat(Samples.notes(checkpoints()))
                .extracting(note -> Checkpoint.unverified(note).size())
                .as("the empty log is signed too")
                .startsWith(0L, 1L);
        assertThat(ofCheckpoints(3))
                .containsExactly("truncate checkpoints to 0", "append checkpoints", "force checkpoints");
    }

    @Test
    void whatItCutsAndWritesAnewIsOnTheDiskBeforeAnythingFollows() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 600);
        }
        var entries = home.resolve("log").resolve(ENTRIES);
        var whole = Files.size(entries);
        Files.writeString(entries, "{\"torn", StandardOpenOption.APPEND);

        Samples.open(home, disk).close();
        assertThat(disk.done)
                .containsSubsequence(
                        "truncate " + ENTRIES + " to " + whole,
                        "force " + ENTRIES,
                        "truncate index to " + 601 * IndexRecord.BYTES,
                        "force index",
                        "truncate tiles to 0",
                        "append tiles",
                        "force tiles",
                        "append " + ENTRIES);
        assertThat(Files.size(home.resolve("log/tiles"))).isEqualTo(2L * Hashes.BYTES);
    }

    @Test
    void cutsNothingOffAndWritesNothingAnewWhereAllIsThere() throws IOException {
        Samples.open(home).close();

        Samples.open(home, disk).close();
        assertThat(disk.done)
                .noneMatch(done -> done.startsWith("truncate " + ENTRIES))
                .containsSequence("truncate index to " + IndexRecord.BYTES, "force index");
    }

    @Test
    void givesBackEveryFileAndTheLockWhenItDoesNotOpen() throws IOException {
        plantALogWhoseFirstEntriesAreGone();

        assertThatThrownBy(() -> Samples.open(home, disk))
                .isInstanceOf(LogUnavailable.class)
                .hasMessageStartingWith("the log does not hold at entry 0: entries up to 65536 are missing"
                        + " and no signed entry says why");
        assertThat(disk.done).as("it had opened files").contains("force index");
        assertThat(disk.open).isEmpty();
        assertThatThrownBy(() -> Samples.open(home))
                .as("the lock is free")
                .hasMessageContaining("no signed entry says why");
    }

    @Test
    void doesNotStartBehindWhatAWitnessSawAndAsksItNoMore() throws Exception {
        Samples.open(home).close();
        var key = LogKey.read(home.resolve("keys/log.key"));
        var before = Files.readAllBytes(checkpoints());
        var others = threads("HttpClient");
        try (var witness = new ScriptedWitness("hospital.example/w")) {
            witness.shows(key.sign(9, Hashes.leaf(new byte[0]), 0).note());
            var policy = new LogPolicy(null, List.of(witness.address()), NEVER);
            var settings = new FileAuditLog.Settings(disk, NEVER, NEVER, policy);

            assertThatThrownBy(() ->
                            FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC(), settings))
                    .isInstanceOf(LogUnavailable.class)
                    .hasMessageStartingWith("the log was rolled back: witness hospital.example/w saw 9 entries");
            assertThatThreadsEnd("HttpClient", others);
        }
        assertThat(disk.open).isEmpty();
        assertThat(checkpoints()).hasBinaryContent(before);
        try (var log = Samples.open(home)) {
            assertThat(log.available()).isTrue();
        }
    }

    /** A search by the administrator who reads of a refusal right after it happened. */
    @Test
    void findsARefusalThatIsStillBeingWritten() {
        try (var log = Samples.open(home, disk)) {
            disk.beforeForce(file -> pause(30));
            log.refusedSignIn("analyst", "WRONG");
            assertThat(log.search(refusalsOf("analyst"), null, 10).entries()).hasSize(1);
            log.refusedSignIn("checker", "WRONG");
            assertThat(log.export(refusalsOf("checker"), 0, 10)).hasSize(1);
        }
    }

    /** Signing, watching, refusing and what else it does beside its callers. */
    @Test
    void leavesNoThreadAndNoOpenFileBehind() throws InterruptedException {
        var others = threads("audit-");
        try (var log = Samples.open(home, disk)) {
            log.refusedSignIn("analyst", "WRONG");
            assertThat(log.search(refusalsOf("analyst"), null, 10).entries()).hasSize(1);
            assertThat(threads("audit-"))
                    .filteredOn(thread -> !others.contains(thread))
                    .as("it has some")
                    .hasSizeGreaterThan(2);
        }
        assertThatThreadsEnd("audit-", others);
        assertThat(disk.open).isEmpty();
    }

    /** As somebody with access to the disk would leave it: the hashes are the right ones, and nothing says why. */
    private void plantALogWhoseFirstEntriesAreGone() throws IOException {
        var layout = new Layout(Files.createDirectories(home.resolve("log")));
        var tree = new MerkleTree(_ -> new byte[0]);
        var index = ByteBuffer.allocate(Layout.SEGMENT * IndexRecord.BYTES);
        var leaves = ByteBuffer.allocate(Layout.SEGMENT * Hashes.BYTES);
        for (int i = 0; i < Layout.SEGMENT; i++) {
            var leaf = Hashes.leaf(ByteBuffer.allocate(4).putInt(i).array());
            tree.append(leaf);
            leaves.put(leaf);
            new IndexRecord(leaf, 0, 0, 0, 0, 0, 0, 0).write(index);
        }
        Files.write(layout.leaves(0), leaves.array());
        Files.write(layout.index(), index.array());
        var tiles = ByteBuffer.allocate(tree.tileRoots().size() * Hashes.BYTES);
        tree.tileRoots().forEach(tiles::put);
        Files.write(layout.tiles(), tiles.array());
        Files.createFile(layout.segment(Layout.SEGMENT));
        var signed = LogKey.create(home.resolve("keys/log.key")).sign(Layout.SEGMENT, tree.root(), 0);
        Files.writeString(layout.checkpoints(), signed.note() + "\n");
    }

    private static Filter refusalsOf(String actor) {
        return new Filter(actor, null, Refusals.ACTION, null, null, null);
    }

    private List<String> ofCheckpoints(int first) {
        return disk.done.stream()
                .filter(what -> what.contains("checkpoints"))
                .limit(first)
                .toList();
    }

    private static byte[] halfOf(byte[] checkpoint) {
        var text = new String(checkpoint, StandardCharsets.UTF_8);
        return text.substring(0, text.indexOf("\n\n") + 20).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static Set<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .collect(Collectors.toSet());
    }

    private static void assertThatThreadsEnd(String name, Set<Thread> others) throws InterruptedException {
        for (var thread : threads(name)) {
            if (!others.contains(thread)) {
                assertThat(thread.join(Duration.ofSeconds(5)))
                        .as("%s ends", thread.getName())
                        .isTrue();
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path checkpoints() {
        return home.resolve("log/checkpoints");
    }
}
