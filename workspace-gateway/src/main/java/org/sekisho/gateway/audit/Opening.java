package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.LineIndex;
import org.sekisho.gateway.audit.verify.LogVerifier;
import org.sekisho.gateway.audit.verify.ReadFile;
import org.sekisho.gateway.audit.verify.SegmentLeaves;
import org.sekisho.gateway.audit.verify.SegmentLines;

/**
 * What is found when a log is opened. The newest one or two segments are re-derived from their bytes, older ones from
 * the hashes kept beside them; the root must be that of the newest signed checkpoint, and what is behind it must be
 * lines of the writer. Only what was never acknowledged is taken away: a last line without its newline, behind that
 * checkpoint.
 */
final class Opening {
    static final String OPENED = "log.open";
    /** Records that are written with one write. */
    private static final int PIECE = 4096;

    private final Layout layout;
    private final Checkpoint last;
    private final List<Long> segments;

    final MerkleTree tree;
    long size;
    /** Entries before the first of which the index has no record, or a wrong one, and where that one's line begins. */
    private long indexed;

    private long indexedUpTo;
    /** How many records the index did not have, or wrong. */
    long unindexed;
    /** How many it has of entries that are gone: a record is written when its entry is on the disk. */
    long lost;
    /** Bytes of the last segment to keep, and how many to cut behind them. */
    long keep;

    long torn;
    /** First entry behind the checkpoint that differs from the hash kept of it. */
    private @Nullable Long altered;

    private byte @Nullable [] rootAtCheckpoint;

    private Opening(Layout layout, Checkpoint last) throws IOException {
        this.layout = layout;
        this.last = last;
        this.segments = layout.segments();
        this.tree = new MerkleTree(tile -> tileOfLeaves(layout, tile));
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
            return new LogUnavailable(broken.said());
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
        try (var index = Files.exists(layout.index()) ? new ReadFile(layout.index()) : null) {
            long records = index == null ? 0 : index.size() / IndexRecord.BYTES;
            if (records < from) {
                return false;
            }
            plantTiles(from);
            size = from;
            compareRoot();
            for (var segment : segments) {
                if (segment >= from && (segment != size || !scanSegment(segment, records(index, segment)))) {
                    return false;
                }
            }
            indexed = unindexed == 0 ? size : indexed;
            lost = Math.max(0, records - size);
            return true;
        }
    }

    private static ByteBuffer records(@Nullable ReadFile index, long segment) {
        var there = index == null
                ? new byte[0]
                : index.read(segment * IndexRecord.BYTES, Layout.SEGMENT * IndexRecord.BYTES);
        return ByteBuffer.wrap(there);
    }

    private void plantTiles(long from) {
        int count = Math.toIntExact(from / MerkleTree.TILE);
        var kept = keptTiles(count);
        for (int i = 0; i < count; i++) {
            int at = i * Hashes.BYTES;
            if (at + Hashes.BYTES <= kept.length) {
                tree.appendTile(Arrays.copyOfRange(kept, at, at + Hashes.BYTES));
            } else {
                var leaves = tileOfLeaves(layout, i);
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
    private boolean scanSegment(long segment, ByteBuffer records) throws IOException {
        if (Files.notExists(layout.segment(segment)) && segment != segments.getLast()) {
            return scanLeaves(segment, records);
        }
        keep = 0;
        torn = 0;
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
    private boolean scanLeaves(long segment, ByteBuffer records) {
        try (var kept = new ReadFile(layout.leaves(segment))) {
            if (kept.size() != (long) Layout.SEGMENT * Hashes.BYTES) {
                return false;
            }
            var leaves = kept.read(0, Layout.SEGMENT * Hashes.BYTES);
            for (int at = 0; at < leaves.length; at += Hashes.BYTES) {
                var leaf = Arrays.copyOfRange(leaves, at, at + Hashes.BYTES);
                compare(next(records), leaf, at);
                grow(leaf);
            }
            return true;
        }
    }

    private void take(SegmentLines lines, ByteBuffer records) {
        var line = lines.line();
        var leaf = Hashes.leaf(line);
        var read = LineIndex.read(line, 0, line.length);
        var kept = next(records);
        compare(kept, read.record(leaf, lines.offset()), lines.offset());
        boolean signed = size < last.size();
        boolean holds = !lines.overlong()
                && read.index() == size
                && (signed || (Line.isOurs(line) && !isOtherLeaf(kept, leaf)));
        if (!holds && altered == null) {
            altered = size;
        }
        grow(leaf);
    }

    /** The next record; zeros where there is none, which no record begins with. */
    private static byte[] next(ByteBuffer records) {
        var record = new byte[IndexRecord.BYTES];
        if (records.remaining() >= record.length) {
            records.get(record);
        }
        return record;
    }

    /** @param right what the record of the next entry, which is at that place of its segment, has to begin with */
    private void compare(byte[] kept, byte[] right, long at) {
        if (!Arrays.equals(kept, 0, right.length, right, 0, right.length)) {
            if (unindexed == 0) {
                indexed = size;
                indexedUpTo = at;
            }
            unindexed++;
        }
    }

    private void grow(byte[] leaf) {
        tree.append(leaf);
        size++;
        compareRoot();
    }

    /** No hash is kept where the record is missing, or was not on the disk when the machine stopped. */
    private static boolean isOtherLeaf(byte[] record, byte[] leaf) {
        var kept = Arrays.copyOf(record, Hashes.BYTES);
        return !Arrays.equals(kept, leaf) && !Arrays.equals(kept, new byte[Hashes.BYTES]);
    }

    private void compareRoot() {
        if (size == last.size()) {
            rootAtCheckpoint = tree.root();
        }
    }

    /**
     * Writes the records that the index lacks or has wrong, and all behind them, read once more off the entries: those of
     * a restored log are more than a memory needs to hold. Of entries that are gone as many records stay behind them, so
     * that the next start counts them again when this one ends too early; as zeros, which accuse no entry that comes in
     * their place.
     */
    void mend(Disk.AppendFile index) throws IOException {
        index.truncate((size + lost) * IndexRecord.BYTES);
        index.goBack(indexed * IndexRecord.BYTES);
        var piece = ByteBuffer.allocate(PIECE * IndexRecord.BYTES);
        long at = indexed;
        while (at < size) {
            try (var entries = SegmentLeaves.open(layout, at, at == indexed ? indexedUpTo : 0)) {
                do {
                    if (entries == null || !entries.next()) {
                        throw new LogUnavailable("entry " + at + " is gone since the log was read");
                    }
                    piece.put(Arrays.copyOf(entries.record(), IndexRecord.BYTES));
                    at++;
                    if (!piece.hasRemaining() || at == size) {
                        index.append(piece.flip());
                        piece.clear();
                    }
                } while (at < size && at % Layout.SEGMENT != 0);
            }
        }
        for (long left = lost; left > 0; left -= PIECE) {
            index.append(ByteBuffer.allocate((int) Math.min(left, PIECE) * IndexRecord.BYTES));
        }
        index.goBack(size * IndexRecord.BYTES);
        index.force();
    }

    private static byte[] tileOfLeaves(Layout layout, long tile) {
        try (var index = new ReadFile(layout.index())) {
            return leaves(index, tile);
        }
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
