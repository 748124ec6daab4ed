package org.sekisho.engine.arrow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.jspecify.annotations.Nullable;

/** A small table of named numbers, column by column, as an Arrow IPC stream of one batch. */
public final class Figures {

    private record Column(String name, boolean whole, List<@Nullable Number> values) {}

    private final List<Column> columns = new ArrayList<>();

    public Figures whole(String name, List<@Nullable Number> values) {
        columns.add(new Column(name, true, values));
        return this;
    }

    public Figures real(String name, List<@Nullable Number> values) {
        columns.add(new Column(name, false, values));
        return this;
    }

    public byte[] bytes(int rows) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var allocator = new RootAllocator();
                var root = new VectorSchemaRoot(vectors(allocator));
                var writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
            root.setRowCount(rows);
            writer.start();
            writer.writeBatch();
            writer.end();
        }
        return out.toByteArray();
    }

    private List<FieldVector> vectors(RootAllocator allocator) {
        var vectors = new ArrayList<FieldVector>();
        for (var column : columns) {
            vectors.add(column.whole() ? whole(column, allocator) : real(column, allocator));
        }
        return vectors;
    }

    private static FieldVector whole(Column column, RootAllocator allocator) {
        var vector = new BigIntVector(column.name(), allocator);
        vector.allocateNew(column.values().size());
        for (var i = 0; i < column.values().size(); i++) {
            var value = column.values().get(i);
            if (value == null) {
                vector.setNull(i);
            } else {
                vector.set(i, value.longValue());
            }
        }
        vector.setValueCount(column.values().size());
        return vector;
    }

    private static FieldVector real(Column column, RootAllocator allocator) {
        var vector = new Float8Vector(column.name(), allocator);
        vector.allocateNew(column.values().size());
        for (var i = 0; i < column.values().size(); i++) {
            var value = column.values().get(i);
            if (value == null) {
                vector.setNull(i);
            } else {
                vector.set(i, value.doubleValue());
            }
        }
        vector.setValueCount(column.values().size());
        return vector;
    }
}
