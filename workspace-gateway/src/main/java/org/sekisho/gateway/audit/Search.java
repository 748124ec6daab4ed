package org.sekisho.gateway.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.LineIndex;
import org.sekisho.gateway.audit.verify.ReadFile;

/**
 * Walks the index from the newest record to the oldest and reads the lines of those that may match: 64 bytes an entry,
 * so a million entries take some tens of milliseconds. A line must be the entry that the index says it is. One search has
 * its own open files, and is for one thread.
 */
final class Search implements AutoCloseable {
    private static final int BLOCK = 8192;

    private final Layout layout;
    private final MessageDigest sha = Hashes.sha256();
    private final ReadFile index;
    private final Map<Long, ReadFile> segments = new HashMap<>();
    private final long retired;

    Search(Layout layout) {
        this.layout = layout;
        this.index = new ReadFile(layout.index());
        this.retired = Retention.retired(layout);
    }

    /** Entries that the index knows. */
    long size() {
        return index.size() / IndexRecord.BYTES;
    }

    /** Entries before this one were dropped after their time. */
    long retired() {
        return retired;
    }

    /** @param end one more than the newest index to look at */
    Page page(Filter filter, long end, int limit) {
        var found = new ArrayList<Entry>();
        for (long high = end; high > retired; high = Math.max(retired, high - BLOCK)) {
            long low = Math.max(retired, high - BLOCK);
            var records = records(low, high);
            for (long i = high - 1; i >= low; i--) {
                records.position((int) (i - low) * IndexRecord.BYTES);
                var entry = match(filter, i, records);
                if (entry != null && found.size() == limit) {
                    return new Page(found, Long.toString(found.getLast().index()));
                }
                if (entry != null) {
                    found.add(entry);
                }
            }
        }
        return new Page(found, null);
    }

    /**
     * What a collector has not read yet, oldest first.
     *
     * @param from the first index to look at
     * @param end one more than the last
     */
    List<Exported> export(Filter filter, long from, long end, int limit) {
        var found = new ArrayList<Exported>();
        for (long low = Math.max(from, retired); low < end && found.size() < limit; low += BLOCK) {
            long high = Math.min(end, low + BLOCK);
            var records = records(low, high);
            for (long i = low; i < high && found.size() < limit; i++) {
                var leaf = records.slice((int) (i - low) * IndexRecord.BYTES, Hashes.BYTES);
                var entry = match(filter, i, records);
                if (entry != null) {
                    var bytes = new byte[Hashes.BYTES];
                    leaf.get(bytes);
                    found.add(new Exported(entry, entry.actor(), Hashes.hex(bytes)));
                }
            }
        }
        return found;
    }

    /** At most {@link Layout#LONGEST_LINE} bytes. */
    byte[] line(long at) {
        var record = IndexRecord.read(records(at, at + 1));
        return line(at, record);
    }

    private @Nullable Entry match(Filter filter, long at, ByteBuffer records) {
        var record = IndexRecord.read(records);
        if (!record.mayMatch(filter)) {
            return null;
        }
        var entry = Line.parse(line(at, record));
        return filter.takes(entry) ? entry : null;
    }

    private byte[] line(long at, IndexRecord record) {
        var segment = segments.computeIfAbsent(
                at / Layout.SEGMENT, number -> new ReadFile(layout.segment(number * Layout.SEGMENT)));
        for (int length = 1024; length <= Layout.LONGEST_LINE + 1; length *= 4) {
            var bytes = segment.read(record.offset(), length);
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    return checked(at, record, Arrays.copyOf(bytes, i));
                }
            }
        }
        throw wrong(at);
    }

    private byte[] checked(long at, IndexRecord record, byte[] line) {
        var leaf = Hashes.leaf(sha, line, 0, line.length);
        if (!Arrays.equals(leaf, record.leaf())
                || LineIndex.read(line, 0, line.length).index() != at) {
            throw wrong(at);
        }
        return line;
    }

    private static IndexWrong wrong(long at) {
        return new IndexWrong("entry " + at + " is not where the index says");
    }

    private ByteBuffer records(long low, long high) {
        int length = (int) (high - low) * IndexRecord.BYTES;
        var read = index.read(low * IndexRecord.BYTES, length);
        if (read.length < length) {
            throw wrong(low + read.length / IndexRecord.BYTES);
        }
        return ByteBuffer.wrap(read);
    }

    @Override
    public void close() {
        index.close();
        segments.values().forEach(ReadFile::close);
    }
}
