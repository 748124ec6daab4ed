package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Frontier;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.audit.tlog.TlogProof;
import org.sekisho.gateway.audit.verify.Layout;

/** A log as somebody beside its writer reads it: its tree, its entries and its proofs. */
final class StoredLogTest {
    private static final int TILE = MerkleTree.TILE;

    @TempDir
    Path home;

    /** Three levels of tiles, over leaves that stand in the index alone. */
    @Test
    void hasTheTilesOfEveryLevel() throws IOException {
        int size = TILE * TILE + TILE + 20;
        var leaves = plant(size);
        try (var tree = new StoredTree(new Layout(home), size)) {
            assertThat(tree.tree().root()).isEqualTo(root(leaves));
            assertThat(tree.tree().size()).isEqualTo(size);
            assertThat(tree.tile(new TilePath(0, 3, TILE))).contains(joined(leaves.subList(3 * TILE, 4 * TILE)));
            assertThat(tree.tile(new TilePath(0, 257, 20))).contains(joined(leaves.subList(257 * TILE, size)));
            assertThat(tree.tile(new TilePath(1, 0, TILE)).orElseThrow()).hasSize(TILE * Hashes.BYTES);
            assertThat(tree.tile(new TilePath(1, 1, 1)))
                    .contains(root(leaves.subList(TILE * TILE, TILE * TILE + TILE)));
            assertThat(tree.tile(new TilePath(2, 0, 1))).contains(root(leaves.subList(0, TILE * TILE)));
            for (var beyond : List.of(
                    new TilePath(0, 257, 21), new TilePath(1, 1, 2), new TilePath(2, 0, 2), new TilePath(63, 9, 1))) {
                assertThat(tree.tile(beyond)).as(beyond.text()).isEmpty();
            }
        }
    }

    @Test
    void bundlesEntriesBehindTheirLengths() throws IOException {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 299);
        }
        var lines = Files.readAllLines(home.resolve("log/entries-000000000.jsonl"));
        try (var tree = new StoredTree(new Layout(home.resolve("log")), 300)) {
            assertThat(unbundled(
                            tree.tile(new TilePath(TilePath.ENTRIES, 0, TILE)).orElseThrow()))
                    .isEqualTo(lines.subList(0, TILE));
            assertThat(unbundled(
                            tree.tile(new TilePath(TilePath.ENTRIES, 1, 44)).orElseThrow()))
                    .isEqualTo(lines.subList(TILE, 300));
            assertThat(tree.tile(new TilePath(TilePath.ENTRIES, 1, 45))).isEmpty();
        }
    }

    /** The index is read in blocks of 8192 records. */
    @Test
    void findsAmongMoreThanOneBlock() {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 8_300);
            assertThat(log.search(job(3), null, 10).entries()).hasSize(1);
            assertThat(log.search(job(8_299), null, 10).entries()).hasSize(1);
            assertThat(log.export(job(3), 0, 10)).hasSize(1);
            assertThat(log.export(job(8_299), 0, 10)).hasSize(1);
            assertThat(indexes(log.export(Filter.ANY, 8_190, 5)))
                    .containsExactly(8_190L, 8_191L, 8_192L, 8_193L, 8_194L);
            assertThat(indexes(log.export(Filter.ANY, 8_299, 5))).containsExactly(8_299L, 8_300L);
            assertThat(indexes(log.export(Filter.ANY, -5, 2))).containsExactly(0L, 1L);
            assertThat(log.export(Filter.ANY, 8_301, 5)).isEmpty();
        }
    }

    @Test
    void readsEntriesOfAnyLength() {
        try (var log = Samples.open(home)) {
            var written = new ArrayList<Entry>();
            for (int length = 0; length <= Act.LONGEST; length += 8) {
                var detail = new TreeMap<String, String>();
                for (int i = 0; i < Act.MOST_DETAILS; i++) {
                    detail.put("d" + i, "東".repeat(length));
                }
                written.add(log.record(new Act("a", "job.submit", null, null, detail), Result.DONE));
            }
            assertThat(written)
                    .allSatisfy(entry -> assertThat(log.entry(entry.index())).contains(entry));
        }
    }

    @Test
    void saysWhichEntryIsNotWhereTheIndexSays() throws IOException {
        try (var log = Samples.open(home)) {
            log.record(Samples.act(1), Result.DONE);
        }
        var entries = home.resolve("log/entries-000000000.jsonl");
        Files.writeString(entries, Files.readString(entries).replace("\n", " "));

        try (var search = new Search(new Layout(home.resolve("log")))) {
            assertThat(search.size()).isEqualTo(2);
            assertThatThrownBy(() -> search.line(1)).hasMessageContaining("entry 1 is not where the index says");
        }
    }

    @Test
    void provesUnderTheCheckpointThatWitnessesSawWhereItCovers() throws IOException {
        var layout = new Layout(home.resolve("log"));
        try (var log = Samples.open(home)) {
            Samples.fill(log, 20);
        }
        var older = Proving.newest(layout).orElseThrow();
        try (var log = Samples.open(home)) {
            Samples.fill(log, 20);
        }
        var newest = Proving.newest(layout).orElseThrow();
        Files.writeString(layout.witnessed(), older.note());

        assertThat(proven(layout, 0).note()).isEqualTo(older.note());
        assertThat(proven(layout, older.size() - 1).note()).isEqualTo(older.note());
        assertThat(proven(layout, older.size()).note()).isEqualTo(newest.note());
        assertThat(proven(layout, newest.size() - 1).note()).isEqualTo(newest.note());
        for (long index : new long[] {-1, newest.size()}) {
            assertThatThrownBy(() -> proven(layout, index)).hasMessageContaining("covers an entry " + index);
        }
    }

    @Test
    void saysInAProofWhoStandsBehindEachReference() {
        try (var log = Samples.open(home)) {
            var entry = log.record(
                    Act.of("tanaka", "account.suspend").with("user", "sato").with("person", "tanaka"), Result.DONE);

            assertThat(log.prove(entry.index(), true).orElseThrow().openings())
                    .hasSize(2)
                    .anyMatch(opening -> opening.contains("\"name\":\"tanaka\""))
                    .anyMatch(opening -> opening.contains("\"name\":\"sato\""));
            assertThat(log.prove(entry.index(), false).orElseThrow().openings()).isEmpty();
            assertThat(log.prove(entry.index() + 1, false)).isEmpty();
            assertThat(log.prove(-1, false)).isEmpty();
        }
    }

    @Test
    void givesAKeyFromBeforeThereWereTwoItsSecondOne() throws IOException {
        var file = Files.writeString(home.resolve("log.key"), Samples.SIGNING_KEY + "\n");
        assertThat(LogKey.read(file).isComplete()).isFalse();
        var both = LogKey.read(file).completed();

        assertThat(both.isComplete()).isTrue();
        assertThat(both.verifiers().keys()).hasSize(2);
        assertThat(both.verifiers().keys().getFirst().text()).isEqualTo(Samples.VERIFIER_KEY);
        assertThat(LogKey.read(file).isComplete()).as("not written yet").isFalse();
        both.write(file);
        assertThat(LogKey.read(file).verifiers()).as("for good").isEqualTo(both.verifiers());
        assertThat(LogKey.create(home.resolve("a")).verifiers().origin())
                .isNotEqualTo(LogKey.create(home.resolve("b")).verifiers().origin());
    }

    private static TlogProof proven(Layout layout, long index) throws IOException {
        var proof = new Proving(layout, _ -> Optional.empty()).prove(index, true);
        assertThat(proof.holds(Checkpoint.unverified(proof.note()))).isTrue();
        return proof;
    }

    private static Filter job(int number) {
        return new Filter(null, null, null, "job-" + number, null, null);
    }

    private static List<Long> indexes(List<Exported> exported) {
        return exported.stream().map(each -> each.entry().index()).toList();
    }

    private List<byte[]> plant(int size) throws IOException {
        var leaves = new ArrayList<byte[]>();
        var index = ByteBuffer.allocate(size * IndexRecord.BYTES);
        for (int i = 0; i < size; i++) {
            leaves.add(Hashes.leaf(ByteBuffer.allocate(4).putInt(i).array()));
            index.put(Arrays.copyOf(leaves.getLast(), IndexRecord.BYTES));
        }
        var tiles = new ByteArrayOutputStream();
        for (int first = 0; first + TILE <= size; first += TILE) {
            tiles.writeBytes(root(leaves.subList(first, first + TILE)));
        }
        Files.write(home.resolve("index"), index.array());
        Files.write(home.resolve("tiles"), tiles.toByteArray());
        return leaves;
    }

    private static byte[] root(List<byte[]> leaves) {
        var frontier = new Frontier();
        leaves.forEach(frontier::push);
        return frontier.root();
    }

    private static byte[] joined(List<byte[]> hashes) {
        var out = new ByteArrayOutputStream();
        hashes.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static List<String> unbundled(byte[] bundle) {
        var in = ByteBuffer.wrap(bundle);
        var lines = new ArrayList<String>();
        while (in.hasRemaining()) {
            var line = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(line);
            lines.add(new String(line, StandardCharsets.UTF_8));
        }
        return lines;
    }
}
