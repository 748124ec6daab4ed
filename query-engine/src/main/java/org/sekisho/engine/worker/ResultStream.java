package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.arrow.BatchStream;
import org.sekisho.engine.duckdb.Batches;
import org.sekisho.engine.sql.Code;
import org.sekisho.engine.sql.Objection;

/** Sends a result over the wire as it is read, until it is larger than allowed. */
final class ResultStream implements Batches, AutoCloseable {

    static final BufferAllocator MEMORY = new RootAllocator();

    private final Wire wire;
    private final Request request;
    private @Nullable VectorSchemaRoot root;
    private @Nullable BatchStream stream;

    ResultStream(Wire wire, Request request) {
        this.wire = wire;
        this.request = request;
    }

    @Override
    public void begin(List<NamedType> columns, VectorSchemaRoot batches, DictionaryProvider dictionaries)
            throws IOException {
        wire.writeJson(
                Wire.Kind.HEADER,
                columns.stream().map(c -> new ResultColumn(c.name(), c.type())).toList());
        root = batches;
        stream = new BatchStream(batches, dictionaries, this::send);
    }

    @Override
    public boolean batch() throws IOException {
        var open = opened();
        if (root == null || open.rows() + root.getRowCount() > request.resultRows()) {
            return false;
        }
        open.batch();
        return open.bytes() <= request.resultBytes();
    }

    Ending whole(long micros) throws IOException {
        var open = opened();
        open.end();
        return Ending.whole(open.rows(), open.bytes(), micros);
    }

    Objection tooLarge() {
        return tooLarge(request.resultRows(), request.resultBytes());
    }

    static Objection tooLarge(long rows, long bytes) {
        return new Objection(
                Code.RESULT_TOO_LARGE,
                null,
                null,
                "The result has more than %,d rows or more than %,d bytes.".formatted(rows, bytes));
    }

    private void send(ByteBuffer bytes, int rows) throws IOException {
        wire.write(
                Wire.Kind.DATA, ByteBuffer.allocate(Integer.BYTES).putInt(rows).flip(), bytes);
    }

    private BatchStream opened() {
        if (stream == null) {
            throw new IllegalStateException("the result has not begun");
        }
        return stream;
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }
}
