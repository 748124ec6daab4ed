package org.sekisho.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

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

    /** Adds to {@code statement.json} who stands behind each row, in one column that counts. */
    public static void sets(Path directory, String column, RoaringBitmap... rows) {
        sets(directory, column, List.of(rows), List.of());
    }

    /** @param facilities none, or one set for each row */
    public static void sets(
            Path directory, String column, List<RoaringBitmap> persons, List<RoaringBitmap> facilities) {
        int kinds = facilities.isEmpty() ? 1 : 2;
        int size = 20
                + persons.stream()
                        .mapToInt(set -> 4 + set.serializedSizeInBytes())
                        .sum()
                + facilities.stream()
                        .mapToInt(set -> 4 + set.serializedSizeInBytes())
                        .sum();
        var bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("SKSETS01".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(persons.size()).putInt(1).putInt(kinds);
        for (int row = 0; row < persons.size(); row++) {
            put(bytes, persons.get(row));
            if (kinds == 2) {
                put(bytes, facilities.get(row));
            }
        }
        try {
            Files.write(directory.resolve("contributors.sets"), bytes.array());
            var sha256 = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
            var statement = read(directory.resolve("statement.json"));
            write(
                    directory.resolve("statement.json"),
                    statement.substring(0, statement.length() - 1)
                            + ",\"sets\":{\"file\":\"contributors.sets\",\"sha256\":\"" + sha256
                            + "\",\"aspects\":[{\"columns\":[\"" + column
                            + "\"],\"measure\":\"count\",\"difference\":false}]}}");
        } catch (IOException | NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static void put(ByteBuffer bytes, RoaringBitmap set) {
        bytes.putInt(set.serializedSizeInBytes());
        set.serialize(bytes);
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
