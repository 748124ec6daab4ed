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
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.Proofs;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.ReadFile;
import org.sekisho.gateway.audit.verify.Retirement;
import org.sekisho.gateway.audit.verify.SegmentLines;

/**
 * Drops entries after their time, whole segments, oldest first, and leaves their leaf hashes, so that every proof and
 * checkpoint still holds. An entry says so, signed, before the first byte goes. The last two segments always stay.
 */
final class Retention {
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

    /**
     * That entries are gone is believed of a signed entry that says so, newest first, alone: anybody can write a line
     * behind the last checkpoint, and whatever signs next would sign it too.
     *
     * @throws LogUnavailable when there is none
     */
    static void mustBeAnnounced(Layout layout, Checkpoint last, MerkleTree tree) {
        long retired = retired(layout);
        if (retired == 0) {
            return;
        }
        var announced = new Filter(null, null, Retirement.ACTION, null, null, null);
        try (var search = new Search(layout)) {
            long end = last.size();
            while (end > retired) {
                var page = search.page(announced, end, 1);
                if (page.entries().isEmpty()) {
                    break;
                }
                long index = page.entries().getFirst().index();
                var line = search.line(index);
                if (Retirement.upTo(line) >= retired && isSigned(line, index, last, tree)) {
                    return;
                }
                end = index;
            }
        }
        throw new LogUnavailable("the log does not hold at entry 0: entries up to " + retired
                + " are missing and no signed entry says why");
    }

    private static boolean isSigned(byte[] line, long index, Checkpoint last, MerkleTree tree) {
        var path = tree.inclusion(index, last.size());
        return Proofs.included(Hashes.leaf(line), index, last.size(), path, Hashes.bytes(last.root()));
    }

    /** @param log takes the entry and signs it before it returns */
    void run(LogWriter log) {
        try {
            var due = due();
            if (!due.isEmpty()) {
                drop(due, log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("old entries cannot be dropped", e);
        }
    }

    private void drop(List<Long> due, LogWriter log) throws IOException {
        for (var segment : due) {
            var leaves = leaves(segment);
            PrivateFiles.replace(layout.leaves(segment), leaves);
        }
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

    /** Segments whose every entry is older than the time they are kept. */
    private List<Long> due() throws IOException {
        var before = clock.instant().minus(keep);
        var due = new ArrayList<Long>();
        var segments = layout.segments();
        for (int i = 0; i < segments.size() - 2; i++) {
            var segment = segments.get(i);
            if (Files.exists(layout.segment(segment))) {
                if (!newest(segment).isBefore(before)) {
                    break;
                }
                due.add(segment);
            }
        }
        return due;
    }

    private Instant newest(long segment) {
        try (var index = new ReadFile(layout.index())) {
            var records = ByteBuffer.wrap(index.read(segment * IndexRecord.BYTES, Layout.SEGMENT * IndexRecord.BYTES));
            long newest = Long.MIN_VALUE;
            while (records.hasRemaining()) {
                newest = Math.max(newest, IndexRecord.read(records).millis());
            }
            return Instant.ofEpochMilli(newest);
        }
    }

    /** From the entries themselves; they must be what the index says they were. */
    private byte[] leaves(long segment) throws IOException {
        var leaves = ByteBuffer.allocate(Layout.SEGMENT * Hashes.BYTES);
        try (var lines = new SegmentLines(layout.segment(segment), 0);
                var index = new ReadFile(layout.index())) {
            var records = ByteBuffer.wrap(index.read(segment * IndexRecord.BYTES, Layout.SEGMENT * IndexRecord.BYTES));
            while (lines.next() && leaves.hasRemaining()) {
                var leaf = Hashes.leaf(lines.line());
                if (!Arrays.equals(leaf, IndexRecord.read(records).leaf())) {
                    throw new LogUnavailable("the log does not hold at entry "
                            + (segment + leaves.position() / Hashes.BYTES) + ": nothing is dropped");
                }
                leaves.put(leaf);
            }
        }
        if (leaves.hasRemaining()) {
            throw new LogUnavailable("a segment that is not full is never dropped");
        }
        return leaves.array();
    }
}
