package org.sekisho.engine.arrow;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Writes batches as one Arrow IPC stream, cut into chunks that say how many rows they complete. */
public final class BatchStream implements AutoCloseable {

    private static final int CHUNK = 1 << 20;

    /** Takes a chunk; {@code bytes} is reused afterwards. */
    public interface Chunks {
        void take(ByteBuffer bytes, int rows) throws IOException;
    }

    private final VectorSchemaRoot root;
    private final Collector collector;
    private final ArrowStreamWriter writer;

    public BatchStream(VectorSchemaRoot root, DictionaryProvider dictionaries, Chunks chunks) throws IOException {
        this.root = root;
        collector = new Collector(chunks);
        writer = new ArrowStreamWriter(root, dictionaries, collector);
        writer.start();
    }

    /** Writes what the root holds now. */
    public void batch() throws IOException {
        writer.writeBatch();
        collector.complete(root.getRowCount());
    }

    /** Writes the end-of-stream mark and the last chunk. */
    public void end() throws IOException {
        writer.end();
        collector.flush();
    }

    public long rows() {
        return collector.rows;
    }

    public long bytes() {
        return collector.bytes;
    }

    @Override
    public void close() {
        collector.open = false;
    }

    private static final class Collector implements WritableByteChannel {
        private final Chunks chunks;
        private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        private boolean open = true;
        private int pending;
        private long rows;
        private long bytes;

        Collector(Chunks chunks) {
            this.chunks = chunks;
        }

        void complete(int more) {
            pending += more;
            rows += more;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            var size = source.remaining();
            while (source.hasRemaining()) {
                if (!chunk.hasRemaining()) {
                    flush();
                }
                var part = source.slice(source.position(), Math.min(source.remaining(), chunk.remaining()));
                source.position(source.position() + part.remaining());
                chunk.put(part);
            }
            bytes += size;
            return size;
        }

        void flush() throws IOException {
            chunk.flip();
            chunks.take(chunk, pending);
            pending = 0;
            chunk.clear();
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
