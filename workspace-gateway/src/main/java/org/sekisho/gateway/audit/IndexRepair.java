package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.LineIndex;
import org.sekisho.gateway.audit.verify.SegmentLines;

/**
 * Writes anew, in their places, the records of an index that are not as the entries say. For entries that were found to
 * hold and whose records are written, so that the writer, which only appends, is not disturbed.
 */
final class IndexRepair {
    private final Layout layout;
    private final long from;
    private final long to;

    /**
     * @param from first entry to look at
     * @param to one more than the last
     */
    IndexRepair(Layout layout, long from, long to) {
        this.layout = layout;
        this.from = from;
        this.to = to;
    }

    /** Answers how many records it wrote. An index that ends too early is for the next start. */
    long run() throws IOException {
        long written = 0;
        try (var index = FileChannel.open(layout.index(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (index.size() < to * IndexRecord.BYTES) {
                return 0;
            }
            for (long segment = from / Layout.SEGMENT * Layout.SEGMENT; segment < to; segment += Layout.SEGMENT) {
                if (Files.exists(layout.segment(segment))) {
                    written += repair(segment, index);
                }
            }
            index.force(false);
        }
        return written;
    }

    private long repair(long segment, FileChannel index) throws IOException {
        long written = 0;
        long at = segment;
        var kept = new byte[IndexRecord.BYTES];
        var records = read(index, segment);
        try (var lines = new SegmentLines(layout.segment(segment), 0)) {
            for (; at < Math.min(to, segment + Layout.SEGMENT) && lines.next(); at++) {
                var line = lines.line();
                var right = LineIndex.read(line, 0, line.length).record(Hashes.leaf(line), lines.offset());
                records.get(kept);
                if (at >= from && !Arrays.equals(kept, right)) {
                    write(index, at, right);
                    written++;
                }
            }
        }
        return written;
    }

    private ByteBuffer read(FileChannel index, long segment) throws IOException {
        long records = Math.min(to - segment, Layout.SEGMENT);
        var read = ByteBuffer.allocate((int) records * IndexRecord.BYTES);
        while (read.hasRemaining() && index.read(read, segment * IndexRecord.BYTES + read.position()) > 0) {
            // the rest is still to be read
        }
        return read.rewind();
    }

    private static void write(FileChannel index, long at, byte[] record) throws IOException {
        var bytes = ByteBuffer.wrap(record);
        while (bytes.hasRemaining()) {
            index.write(bytes, at * IndexRecord.BYTES + bytes.position());
        }
    }
}
