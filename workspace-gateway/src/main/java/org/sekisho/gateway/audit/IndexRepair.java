package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.SegmentLeaves;

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
                new Run(from, to, index).run();
            }
        } catch (IOException | RuntimeException notNow) {
            // a search says that the index is wrong; the next whole verification tries again
        }
    }

    private final class Run {
        private final long from;
        private final long to;
        private final FileChannel index;
        /** When there is something to write. */
        private @Nullable Entry intent;

        private long written;

        Run(long from, long to, FileChannel index) {
            this.from = from;
            this.to = to;
            this.index = index;
        }

        void run() throws IOException {
            for (long segment = from / Layout.SEGMENT * Layout.SEGMENT; segment < to; segment += Layout.SEGMENT) {
                repair(segment, Math.min(to, segment + Layout.SEGMENT));
            }
            if (intent != null) {
                index.force(false);
                var detail = Map.of("from", Long.toString(from), "records", Long.toString(written));
                writer.append(Draft.outcome(intent, Result.DONE, detail));
            }
        }

        private void repair(long segment, long end) throws IOException {
            var records = read(segment, end);
            var kept = new byte[IndexRecord.BYTES];
            try (var entries = SegmentLeaves.open(layout, segment, 0)) {
                for (long at = segment; at < end && entries != null && entries.next(); at++) {
                    var right = entries.record();
                    records.get(kept);
                    if (at >= from && !Arrays.equals(kept, 0, right.length, right, 0, right.length)) {
                        write(at, right);
                    }
                }
            }
        }

        private ByteBuffer read(long first, long end) throws IOException {
            var read = ByteBuffer.allocate((int) (end - first) * IndexRecord.BYTES);
            while (read.hasRemaining() && index.read(read, first * IndexRecord.BYTES + read.position()) > 0) {
                // the rest is still to be read
            }
            return read.rewind();
        }

        private void write(long at, byte[] record) throws IOException {
            if (intent == null) {
                // by the gateway, in whosever session the verification was asked for
                var act = Act.of(Act.GATEWAY, "log.mend").with("from", Long.toString(from));
                intent = writer.append(new Draft(act, Phase.INTENT, null, null));
            }
            var bytes = ByteBuffer.wrap(record);
            while (bytes.hasRemaining()) {
                index.write(bytes, at * IndexRecord.BYTES + bytes.position());
            }
            written++;
        }
    }
}
