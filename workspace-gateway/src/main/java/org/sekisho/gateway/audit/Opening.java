package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.LineIndex;
import org.sekisho.gateway.audit.verify.LogVerifier;
import org.sekisho.gateway.audit.verify.ReadFile;
import org.sekisho.gateway.audit.verify.SegmentLines;

/**
 * What is found when a log is opened. The newest one or two segments are re-derived from their bytes, older ones from
 * the hashes kept beside them; the root must be that of the newest signed checkpoint. Only what was never acknowledged
 * is taken away: a last line without its newline, behind that checkpoint.
 */
final class Opening {
    static final String OPENED = "log.open";

    private final Layout layout;
    private final Checkpoint last;
    private final List<Long> segments;

    final MerkleTree tree;
    /** Records to append to the index, which holds up to {@link #goodRecords} as it should. */
    final List<IndexRecord> missing = new ArrayList<>();
    /** How many of them it did not have, or wrong. */
    long unindexed;

    long size;
    long goodRecords;
    /** Bytes of the last segment to keep, and how many to cut behind them. */
    long keep;

    long torn;
    /** First entry behind the checkpoint that differs from the hash kept of it. */
    private @Nullable Long altered;

    private byte @Nullable [] rootAtCheckpoint;
    private @Nullable ReadFile index;

    private Opening(Layout layout, Checkpoint last) throws IOException {
        this.layout = layout;
        this.last = last;
        this.segments = layout.segments();
        this.tree = new MerkleTree(this::tileOfLeaves);
    }

    /** @throws LogUnavailable when the log does not hold */
    static Opening of(Layout layout, VerifierKeys keys, Checkpoint last) throws IOException {
        var quick = new Opening(layout, last);
        if (quick.scan(quick.recent()) && quick.holds()) {
            return quick;
        }
        var whole = new Opening(layout, last);
        if (whole.scan(0) && whole.holds()) {
            return whole;
        }
        throw whole.refusal(keys);
    }

    /** First index of the segment to write on. */
    long lastSegment() {
        return segments.isEmpty() ? 0 : segments.getLast();
    }

    private LogUnavailable refusal(VerifierKeys keys) {
        if (new LogVerifier(layout.directory(), keys).verify() instanceof LogVerifier.Broken broken) {
            return new LogUnavailable("the log does not hold at entry " + broken.index() + ": " + broken.what());
        }
        return altered == null
                ? new LogUnavailable("the log does not hold at entry " + size)
                : new LogUnavailable("the log does not hold at entry " + altered + ": it is not what was written");
    }

    private boolean holds() {
        return altered == null
                && rootAtCheckpoint != null
                && Hashes.hex(rootAtCheckpoint).equals(last.root());
    }

    /** The first segment to read: the last two, or fewer where those before were dropped. */
    private long recent() {
        long last = lastSegment();
        long from = Math.max(0, last - Layout.SEGMENT);
        return Files.exists(layout.segment(from)) ? from : last;
    }

    /** False when the segments are not one row. */
    private boolean scan(long from) throws IOException {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) != (long) i * Layout.SEGMENT) {
                return false;
            }
        }
        try (var opened = Files.exists(layout.index()) ? new ReadFile(layout.index()) : null) {
            index = opened;
            long records = opened == null ? 0 : opened.size() / IndexRecord.BYTES;
            if (records < from) {
                return false;
            }
            goodRecords = records;
            plantTiles(from);
            size = from;
            compare();
            for (var segment : segments) {
                if (segment >= from && (segment != size || !scanSegment(segment))) {
                    return false;
                }
            }
            goodRecords = Math.min(goodRecords, size);
            return true;
        } finally {
            index = null;
        }
    }

    private void plantTiles(long from) {
        int count = Math.toIntExact(from / MerkleTree.TILE);
        var kept = keptTiles(count);
        for (int i = 0; i < count; i++) {
            int at = i * Hashes.BYTES;
            if (at + Hashes.BYTES <= kept.length) {
                tree.appendTile(Arrays.copyOfRange(kept, at, at + Hashes.BYTES));
            } else {
                var leaves = tileOfLeaves(i);
                for (int leaf = 0; leaf < MerkleTree.TILE; leaf++) {
                    tree.append(Arrays.copyOfRange(leaves, leaf * Hashes.BYTES, (leaf + 1) * Hashes.BYTES));
                }
            }
        }
    }

    private byte[] keptTiles(int count) {
        if (Files.notExists(layout.tiles())) {
            return new byte[0];
        }
        try (var tiles = new ReadFile(layout.tiles())) {
            return tiles.read(0, count * Hashes.BYTES);
        }
    }

    /** False when a segment that is not the last has not all its lines. */
    private boolean scanSegment(long segment) throws IOException {
        if (Files.notExists(layout.segment(segment)) && segment != segments.getLast()) {
            return scanLeaves(segment);
        }
        keep = 0;
        torn = 0;
        var records = records(segment);
        try (var lines = new SegmentLines(layout.segment(segment), 0)) {
            while (lines.next()) {
                if (!lines.complete()) {
                    torn = lines.end() - lines.offset();
                    break;
                }
                take(lines, records);
                keep = lines.end();
            }
        }
        boolean full = size == segment + Layout.SEGMENT;
        return size <= segment + Layout.SEGMENT && (full || segment == segments.getLast()) && (!full || torn == 0);
    }

    /** Of a segment that was dropped the hashes are left; without a record of the index it can no longer be searched. */
    private boolean scanLeaves(long segment) {
        try (var kept = new ReadFile(layout.leaves(segment))) {
            if (kept.size() != (long) Layout.SEGMENT * Hashes.BYTES) {
                return false;
            }
            var leaves = kept.read(0, Layout.SEGMENT * Hashes.BYTES);
            for (int i = 0; i < Layout.SEGMENT; i++) {
                var leaf = Arrays.copyOfRange(leaves, i * Hashes.BYTES, (i + 1) * Hashes.BYTES);
                if (size >= goodRecords || !missing.isEmpty()) {
                    goodRecords = missing.isEmpty() ? size : goodRecords;
                    missing.add(IndexRecord.retired(leaf));
                    unindexed++;
                }
                tree.append(leaf);
                size++;
                compare();
            }
            return true;
        }
    }

    private void take(SegmentLines lines, ByteBuffer records) {
        var line = lines.line();
        var leaf = Hashes.leaf(line);
        var kept = new byte[IndexRecord.BYTES];
        boolean isKept = size < goodRecords && records.remaining() >= IndexRecord.BYTES;
        if (isKept) {
            records.get(kept);
        }
        var right = LineIndex.read(line, 0, line.length).record(leaf, lines.offset());
        boolean same = isKept && Arrays.equals(kept, right);
        boolean signed = size < last.size();
        if (lines.overlong() && altered == null) {
            altered = size;
        }
        if (!same && !signed && altered == null && isOtherLeaf(kept, leaf)) {
            altered = size;
        }
        if (!signed || !same || !missing.isEmpty()) {
            takeParsed(line, leaf, lines.offset(), same);
        }
        tree.append(leaf);
        size++;
        compare();
    }

    /** No hash is kept where the record is missing, or was not on the disk when the machine stopped. */
    private static boolean isOtherLeaf(byte[] record, byte[] leaf) {
        var kept = Arrays.copyOf(record, Hashes.BYTES);
        return !Arrays.equals(kept, leaf) && !Arrays.equals(kept, new byte[Hashes.BYTES]);
    }

    private void compare() {
        if (size == last.size()) {
            rootAtCheckpoint = tree.root();
        }
    }

    private void takeParsed(byte[] line, byte[] leaf, long offset, boolean same) {
        try {
            var entry = Line.parse(line);
            if (entry.index() != size && altered == null) {
                altered = size;
            }
            unindexed += same ? 0 : 1;
            if (!same || !missing.isEmpty()) {
                goodRecords = missing.isEmpty() ? size : goodRecords;
                missing.add(IndexRecord.of(entry, leaf, offset));
            }
        } catch (IllegalArgumentException unreadable) {
            altered = altered == null ? Long.valueOf(size) : altered;
        }
    }

    private ByteBuffer records(long segment) {
        var there = index == null
                ? new byte[0]
                : index.read(segment * IndexRecord.BYTES, Layout.SEGMENT * IndexRecord.BYTES);
        return ByteBuffer.wrap(there);
    }

    private byte[] tileOfLeaves(long tile) {
        if (index == null) {
            try (var opened = new ReadFile(layout.index())) {
                return leaves(opened, tile);
            }
        }
        return leaves(index, tile);
    }

    static byte[] leaves(ReadFile index, long tile) {
        var records = index.read(tile * MerkleTree.TILE * IndexRecord.BYTES, MerkleTree.TILE * IndexRecord.BYTES);
        var leaves = new byte[MerkleTree.TILE * Hashes.BYTES];
        for (int i = 0; i < MerkleTree.TILE && (i + 1) * IndexRecord.BYTES <= records.length; i++) {
            System.arraycopy(records, i * IndexRecord.BYTES, leaves, i * Hashes.BYTES, Hashes.BYTES);
        }
        return leaves;
    }

    /**
     * Intents without an outcome, oldest first. Every opening settles those before it, so the search goes back to the
     * last opening only; and not to intents that were dropped after their time, which nothing can be said of any more.
     */
    static List<Long> orphans(Layout layout, long size) {
        long retired = Retention.retired(layout);
        var answered = new HashSet<Long>();
        var orphans = new ArrayList<Long>();
        try (var index = new ReadFile(layout.index())) {
            int block = 4096;
            for (long high = size; high > retired; high = Math.max(retired, high - block)) {
                long low = Math.max(retired, high - block);
                var records =
                        ByteBuffer.wrap(index.read(low * IndexRecord.BYTES, (int) (high - low) * IndexRecord.BYTES));
                for (long i = high - 1; i >= low; i--) {
                    records.position((int) (i - low) * IndexRecord.BYTES);
                    var record = IndexRecord.read(records);
                    if (record.link() > 0) {
                        answered.add(i - record.link());
                    } else if (record.link() == IndexRecord.INTENT && !answered.contains(i)) {
                        orphans.add(i);
                    } else if (record.link() == 0 && record.action() == IndexRecord.key(OPENED)) {
                        return orphans.reversed();
                    }
                }
            }
        }
        return orphans.reversed();
    }
}
