package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Frontier;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.Proofs;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.LineIndex;
import org.sekisho.gateway.audit.verify.ReadFile;
import org.sekisho.gateway.audit.verify.Retirement;
import org.sekisho.gateway.audit.verify.SegmentLines;

/**
 * Drops entries after their time, whole segments, oldest first, and leaves their leaf hashes, so that every proof and
 * checkpoint still holds. An entry says so, signed, before the first byte goes. The last two segments always stay.
 *
 * <p>An entry's age is told by what the entry itself says, and counts from the newest entry that is a day older than the
 * clock: a clock that is wrong for less than a day drops nothing.
 */
final class Retention {
    private static final Duration SETTLED = Duration.ofDays(1);

    private final Layout layout;
    private final Duration keep;
    private final Clock clock;

    Retention(Layout layout, Duration keep, Clock clock) {
        this.layout = layout;
        this.keep = keep;
        this.clock = clock;
    }

    /** The first entry that is still there. */
    static long retired(Layout layout) {
        try {
            for (var segment : layout.segments()) {
                if (Files.exists(layout.segment(segment))) {
                    return segment;
                }
            }
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be read", e);
        }
    }

    /** First entries of the segments of which the hashes alone are left, wherever they stand. */
    private static List<Long> dropped(Layout layout) {
        try {
            return layout.segments().stream()
                    .filter(segment -> Files.notExists(layout.segment(segment)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be read", e);
        }
    }

    /**
     * That entries are gone is believed of a signed entry that says so, newest first, alone: anybody can write a line
     * behind the last checkpoint, and whatever signs next would sign it too.
     *
     * @throws LogUnavailable when there is none
     */
    static void mustBeAnnounced(Layout layout, Checkpoint last, MerkleTree tree) {
        var dropped = dropped(layout);
        if (dropped.isEmpty()) {
            return;
        }
        long upTo = dropped.getLast() + Layout.SEGMENT;
        long announced = announced(layout, upTo, last, tree);
        for (var segment : dropped) {
            if (segment + Layout.SEGMENT > announced) {
                throw new LogUnavailable("the log does not hold at entry " + Math.max(segment, announced)
                        + ": entries up to " + upTo
                        + " are missing and no signed entry says why. If the log holds when it is"
                        + " verified, the index hides that entry: a start of the gateway without the file index writes"
                        + " it anew");
            }
        }
    }

    /** How far signed entries say that entries were dropped, looked for until that is as far as wanted. */
    private static long announced(Layout layout, long wanted, Checkpoint last, MerkleTree tree) {
        var announcing = new Filter(null, null, Retirement.ACTION, null, null, null);
        long announced = 0;
        try (var search = new Search(layout)) {
            var page = search.page(announcing, last.size(), 1);
            while (!page.entries().isEmpty() && announced < wanted) {
                long index = page.entries().getFirst().index();
                var line = search.line(index);
                if (isSigned(line, index, last, tree)) {
                    announced = Math.max(announced, Retirement.upTo(line));
                }
                page = search.page(announcing, index, 1);
            }
        }
        return announced;
    }

    private static boolean isSigned(byte[] line, long index, Checkpoint last, MerkleTree tree) {
        var path = tree.inclusion(index, last.size());
        return Proofs.included(Hashes.leaf(line), index, last.size(), path, Hashes.bytes(last.root()));
    }

    /**
     * @param log takes the entry and signs it before it returns
     * @throws LogUnavailable when what is due is not what was signed, or not what the index says
     */
    void run(LogWriter log) {
        try {
            var before = settled(log.size()).minus(keep);
            var due = prepared(before, log.tree().tileRoots());
            if (!due.isEmpty()) {
                drop(due, log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("old entries cannot be dropped", e);
        }
    }

    /** The time that the log had reached a day ago, by the clock of now; before all times when it had none. */
    private Instant settled(long size) {
        var older = new Filter(null, null, null, null, null, clock.instant().minus(SETTLED));
        try (var search = new Search(layout)) {
            var page = search.page(older, size, 1);
            return page.entries().isEmpty()
                    ? Instant.EPOCH
                    : page.entries().getFirst().time();
        }
    }

    private void drop(List<Long> due, LogWriter log) throws IOException {
        long upTo = due.getLast() + Layout.SEGMENT;
        var act = Act.of(Act.GATEWAY, Retirement.ACTION)
                .with(Retirement.UP_TO, Long.toString(upTo))
                .with("keep-days", Long.toString(keep.toDays()));
        var intent = log.append(Draft.intent(act));
        log.sign();
        for (var segment : due) {
            Files.delete(layout.segment(segment));
        }
        Disk.forceDirectoryOf(layout.index());
        log.append(Draft.outcome(intent, Result.DONE, act.detail()));
    }

    /** Keeps the hashes of each segment whose every entry is from before that time, but for the newest two. */
    private List<Long> prepared(Instant before, List<byte[]> tiles) throws IOException {
        var due = new ArrayList<Long>();
        var segments = layout.segments();
        try (var index = new ReadFile(layout.index())) {
            for (var segment : segments.subList(0, Math.max(0, segments.size() - 2))) {
                if (Files.exists(layout.segment(segment))) {
                    // read once: what the times are told by is what the entries are compared with
                    var records = index.read(segment * IndexRecord.BYTES, Layout.SEGMENT * IndexRecord.BYTES);
                    if (!newest(ByteBuffer.wrap(records)).isBefore(before)) {
                        break;
                    }
                    PrivateFiles.replace(layout.leaves(segment), leaves(segment, ByteBuffer.wrap(records), tiles));
                    due.add(segment);
                }
            }
        }
        return due;
    }

    private static Instant newest(ByteBuffer records) {
        long newest = Long.MIN_VALUE;
        while (records.hasRemaining()) {
            newest = Math.max(newest, IndexRecord.read(records).millis());
        }
        return Instant.ofEpochMilli(newest);
    }

    /**
     * From the entries themselves.
     *
     * @param records what each must be, its time too
     * @param tiles roots of the tree that was signed
     */
    private byte[] leaves(long segment, ByteBuffer records, List<byte[]> tiles) throws IOException {
        var leaves = ByteBuffer.allocate(Layout.SEGMENT * Hashes.BYTES);
        try (var lines = new SegmentLines(layout.segment(segment), 0)) {
            var kept = new byte[IndexRecord.BYTES];
            for (long at = segment; lines.next() && leaves.hasRemaining(); at++) {
                var line = lines.line();
                var leaf = Hashes.leaf(line);
                var said = LineIndex.read(line, 0, line.length);
                records.get(kept);
                if (!Arrays.equals(kept, said.record(leaf, lines.offset()))) {
                    throw new LogUnavailable("entry " + at + " is not what the index says: nothing is dropped");
                }
                leaves.put(leaf);
            }
        }
        if (leaves.hasRemaining()) {
            throw new LogUnavailable("a segment that is not full is never dropped");
        }
        mustBeSigned(segment, leaves.flip(), tiles);
        return leaves.array();
    }

    private static void mustBeSigned(long segment, ByteBuffer leaves, List<byte[]> tiles) {
        for (long first = segment; leaves.hasRemaining(); first += MerkleTree.TILE) {
            var tile = new Frontier();
            for (int i = 0; i < MerkleTree.TILE; i++) {
                var leaf = new byte[Hashes.BYTES];
                leaves.get(leaf);
                tile.push(leaf);
            }
            if (!Arrays.equals(tile.root(), tiles.get((int) (first / MerkleTree.TILE)))) {
                throw new LogUnavailable("the log does not hold between the entries " + first + " and "
                        + (first + MerkleTree.TILE - 1) + ": nothing is dropped");
            }
        }
    }
}
