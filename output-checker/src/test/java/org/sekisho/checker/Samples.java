package org.sekisho.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.jspecify.annotations.Nullable;

/** Held results as the engine leaves them. */
public final class Samples {
    private Samples() {}

    /** A column of an Arrow file: its values are all String, Long or Double, or null. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Values(String name, @Nullable Object... values) {}

    public static void arrow(Path file, Values... columns) {
        try (var memory = new RootAllocator()) {
            var vectors = new ArrayList<FieldVector>();
            for (var column : columns) {
                vectors.add(vector(column, memory));
            }
            try (var root = new VectorSchemaRoot(vectors);
                    var out = Files.newOutputStream(file);
                    var writer = new ArrowStreamWriter(root, null, out)) {
                root.setRowCount(columns.length == 0 ? 0 : columns[0].values().length);
                writer.start();
                writer.writeBatch();
                writer.end();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static FieldVector vector(Values column, RootAllocator memory) {
        var kind = column.values().length == 0 ? (Object) 0L : first(column);
        return switch (kind) {
            case Long _ -> {
                var vector = new BigIntVector(column.name(), memory);
                for (int row = 0; row < column.values().length; row++) {
                    if (column.values()[row] instanceof Long value) {
                        vector.setSafe(row, value);
                    } else {
                        vector.setNull(row);
                    }
                }
                vector.setValueCount(column.values().length);
                yield vector;
            }
            case Double _ -> {
                var vector = new Float8Vector(column.name(), memory);
                for (int row = 0; row < column.values().length; row++) {
                    if (column.values()[row] instanceof Double value) {
                        vector.setSafe(row, value);
                    } else {
                        vector.setNull(row);
                    }
                }
                vector.setValueCount(column.values().length);
                yield vector;
            }
            default -> {
                var vector = new VarCharVector(column.name(), memory);
                for (int row = 0; row < column.values().length; row++) {
                    if (column.values()[row] instanceof String value) {
                        vector.setSafe(row, value.getBytes(StandardCharsets.UTF_8));
                    } else {
                        vector.setNull(row);
                    }
                }
                vector.setValueCount(column.values().length);
                yield vector;
            }
        };
    }

    private static Object first(Values column) {
        for (var value : column.values()) {
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    public static Values column(String name, @Nullable Object... values) {
        return new Values(name, values);
    }

    /** Writes {@code statement.json} for measures written as {@code column:function:counts}. */
    public static void statement(Path directory, int rows, List<String> keys, String... measures) {
        var list = new ArrayList<String>();
        for (var measure : measures) {
            var part = measure.split(":");
            list.add("{\"column\":\"" + part[0] + "\",\"function\":\"" + part[1] + "\",\"of\":null,\"counts\":"
                    + (part.length > 2 ? "\"" + part[2] + "\"" : "null") + "}");
        }
        write(
                directory.resolve("statement.json"),
                "{\"version\":1,\"contributions\":\"known\",\"rows\":" + rows + ",\"keys\":[\""
                        + String.join("\",\"", keys) + "\"],\"measures\":[" + String.join(",", list)
                        + "],\"persons\":\"known\",\"facilities\":\"known\"}");
    }

    public static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
