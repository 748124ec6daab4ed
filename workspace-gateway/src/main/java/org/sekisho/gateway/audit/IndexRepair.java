package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.LineIndex;
import org.sekisho.gateway.audit.verify.SegmentLines;

/**
 * Writes anew, in their places, the records of an index that are not as the entries say: whoever changed them wanted
 * entries not to be found, so an entry {@code log.mend} says it. For entries that are signed and were found to hold, whose
 * records are written, so that the writer, which only appends, is not disturbed.
 */
final class IndexRepair {
    private final Layout layout;
    private final LogWriter writer;

    IndexRepair(Layout layout, LogWriter writer) {
        this.layout = layout;
        this.writer = writer;
    }

    /** @param from the first entry whose record is wrong. An index that ends too early is for the next start */
    void from(long from) {
        long to = writer.checkpoint().size();
        try (var index = FileChannel.open(layout.index(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (index.size() >= to * IndexRecord.BYTES) {
                // by the gateway, in whosever session the verification was asked for
                var act = Act.of(Act.GATEWAY, "log.mend").with("from", Long.toString(from));
                var intent = writer.append(new Draft(act, Phase.INTENT, null, null));
                long written = repair(from, to, index);
                writer.tree().forgetLeaves();
                var detail = Map.of("from", Long.toString(from), "records", Long.toString(written));
                writer.append(Draft.outcome(intent, Result.DONE, detail));
            }
        } catch (IOException | RuntimeException notNow) {
            // a search says that the index is wrong; the next whole verification tries again
        }
    }

    private long repair(long from, long to, FileChannel index) throws IOException {
        long written = 0;
        for (long segment = from / Layout.SEGMENT * Layout.SEGMENT; segment < to; segment += Layout.SEGMENT) {
            if (Files.exists(layout.segment(segment))) {
                written += repair(segment, from, to, index);
            }
        }
        index.force(false);
        return written;
    }

    private long repair(long segment, long from, long to, FileChannel index) throws IOException {
        long written = 0;
        long at = segment;
        var kept = new byte[IndexRecord.BYTES];
        var records = read(index, segment, Math.min(to - segment, Layout.SEGMENT));
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

    private static ByteBuffer read(FileChannel index, long segment, long records) throws IOException {
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
