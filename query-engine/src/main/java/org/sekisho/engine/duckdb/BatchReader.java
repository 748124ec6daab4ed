package org.sekisho.engine.duckdb;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Presents one batch as a stream, without copying its values. */
final class BatchReader extends ArrowReader {
    private final VectorSchemaRoot batch;
    private boolean read;

    BatchReader(VectorSchemaRoot batch, BufferAllocator allocator) {
        super(allocator);
        this.batch = batch;
    }

    @Override
    public boolean loadNextBatch() throws java.io.IOException {
        if (read) {
            return false;
        }
        read = true;
        try (var values = new VectorUnloader(batch).getRecordBatch()) {
            new VectorLoader(getVectorSchemaRoot()).load(values);
        }
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return batch.getSchema();
    }
}
