package org.sekisho.checker.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sekisho.checker.file.Characters;
import org.sekisho.checker.file.ColumnBuilder;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.parquet.Chunk.NotRead;
import org.sekisho.checker.parquet.Chunk.TooLarge;
import org.sekisho.checker.parquet.Thrift.Struct;
import org.sekisho.checker.table.Table;

/** Reads flat Parquet files. Source: apache/parquet-format, README.md and parquet.thrift. */
public final class ParquetFile {
    private static final int BYTES_AT_MOST = 64 << 20;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private ParquetFile() {}

    /**
     * @return the table, or nothing when it, or one of its values, is larger than {@link Loaded} allows
     * @throws Unreadable when it is broken, or written in a way that is not read
     */
    public static Optional<Loaded> read(Path file) {
        var name = String.valueOf(file.getFileName());
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(BYTES_AT_MOST + 1);
            return bytes.length > BYTES_AT_MOST ? Optional.empty() : Optional.of(table(bytes));
        } catch (TooLarge tooLarge) {
            return Optional.empty();
        } catch (NotRead notRead) {
            throw new Unreadable(name, 0, 0, String.valueOf(notRead.getMessage()));
        } catch (IOException | BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException broken) {
            throw new Unreadable(
                    name,
                    0,
                    0,
                    "Parquet ファイルとして読めません（壊れているか、途中で切れています）。書き直すか、CSV にしてください",
                    "is not readable as Parquet: broken or cut short; write it again, or as CSV");
        }
    }

    private static Loaded table(byte[] bytes) throws IOException, TooLarge, NotRead {
        var file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        var footer = footer(file);
        var leaves = leaves(footer);
        long rows = footer.number(3, -1);
        if (rows < 0) {
            throw new IOException("no number of rows");
        }
        if (Loaded.tooLarge(rows, leaves.size())) {
            throw new TooLarge();
        }
        var columns = new ArrayList<ColumnBuilder>();
        var characters = new Characters(Loaded.CHARACTERS_AT_MOST);
        leaves.forEach(leaf -> columns.add(new ColumnBuilder(leaf.name(), kind(leaf), characters)));
        groups(footer, file, leaves, columns, (int) rows);
        var table = new Table(columns.stream().map(ColumnBuilder::build).toList(), (int) rows);
        return new Loaded(table, notUnderstood(leaves), false, false).finished();
    }

    /** The metadata stand at the end, with their length and the magic number behind them. */
    private static Struct footer(ByteBuffer file) throws IOException, NotRead {
        int end = file.limit();
        if (end < 12) {
            throw new IOException("shorter than its frame");
        }
        var magic = new byte[4];
        file.get(end - 4, magic);
        if (new String(magic, StandardCharsets.US_ASCII).equals("PARE")) {
            throw new NotRead("is encrypted; write it without encryption");
        }
        int length = file.getInt(end - 8);
        if (!Arrays.equals(magic, MAGIC) || length < 0 || length > end - 12) {
            throw new IOException("no footer");
        }
        return new Thrift(file.slice(end - 8 - length, length)).struct();
    }

    /** Columns of the top level in order; a nested one is a single leaf that is not understood. */
    private static List<Leaf> leaves(Struct footer) throws IOException {
        var leaves = new ArrayList<Leaf>();
        var schema = footer.list(2);
        int at = 1;
        while (at < schema.size()) {
            var element = element(schema, at);
            leaves.add(Leaf.of(element));
            at = behind(schema, at);
        }
        if (leaves.isEmpty()) {
            throw new IOException("no columns");
        }
        return leaves;
    }

    /** @return the place behind an element and all that hangs below it */
    private static int behind(List<?> schema, int from) throws IOException {
        long open = 1;
        int at = from;
        while (open > 0) {
            open += Math.max(0, element(schema, at).number(5, 0)) - 1;
            at++;
        }
        return at;
    }

    private static Struct element(List<?> schema, int at) throws IOException {
        if (at < schema.size() && schema.get(at) instanceof Struct struct) {
            return struct;
        }
        throw new IOException("a schema that ends early");
    }

    private static void groups(Struct footer, ByteBuffer file, List<Leaf> leaves, List<ColumnBuilder> columns, int rows)
            throws IOException, TooLarge, NotRead {
        var budget = new Chunk.Budget();
        long seen = 0;
        for (var each : footer.list(4)) {
            if (!(each instanceof Struct group)) {
                throw new IOException("a group that is none");
            }
            int size = group.size(3);
            seen += size;
            if (seen > rows) {
                throw new IOException("more rows than stated");
            }
            group(group, file, leaves, columns, size, budget);
        }
        if (seen != rows) {
            throw new IOException("fewer rows than stated");
        }
    }

    private static void group(
            Struct group,
            ByteBuffer file,
            List<Leaf> leaves,
            List<ColumnBuilder> columns,
            int rows,
            Chunk.Budget budget)
            throws IOException, TooLarge, NotRead {
        var chunks = chunks(group);
        for (int column = 0; column < leaves.size(); column++) {
            var leaf = leaves.get(column);
            if (leaf.understood()) {
                var metadata = chunks.get(leaf.name());
                if (metadata == null) {
                    throw new IOException("a column without values");
                }
                new Chunk(leaf, metadata, file, columns.get(column), budget).read(rows);
                if (columns.get(column).tooLong()) {
                    throw new TooLarge();
                }
            } else {
                for (int row = 0; row < rows; row++) {
                    columns.get(column).missing();
                }
            }
        }
    }

    /** Chunks by the name of their column; the paths of nested ones have several. Of two of one name the first counts. */
    private static Map<String, Struct> chunks(Struct group) throws IOException, NotRead {
        var chunks = new HashMap<String, Struct>();
        for (var each : group.list(1)) {
            if (each instanceof Struct chunk) {
                if (chunk.has(8)) {
                    throw new NotRead("is encrypted; write it without encryption");
                }
                var metadata = chunk.need(3);
                var path = metadata.list(3);
                if (path.size() == 1 && path.getFirst() instanceof byte[] name) {
                    chunks.putIfAbsent(new String(name, StandardCharsets.UTF_8), metadata);
                }
            }
        }
        return chunks;
    }

    private static ColumnBuilder.Kind kind(Leaf leaf) {
        return switch (leaf.meaning()) {
            case TEXT, DATE, TIME, TIMESTAMP, OTHER -> ColumnBuilder.Kind.WORDS;
            case UNSIGNED -> ColumnBuilder.Kind.WHOLE;
            case DECIMAL, HALF_FLOAT -> ColumnBuilder.Kind.REAL;
            case PLAIN ->
                switch (leaf.type()) {
                    case INT32, INT64 -> ColumnBuilder.Kind.WHOLE;
                    case FLOAT, DOUBLE -> ColumnBuilder.Kind.REAL;
                    case BOOLEAN, INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> ColumnBuilder.Kind.WORDS;
                };
        };
    }

    private static List<String> notUnderstood(List<Leaf> leaves) {
        return leaves.stream()
                .filter(leaf -> !leaf.understood())
                .map(Leaf::name)
                .toList();
    }
}
