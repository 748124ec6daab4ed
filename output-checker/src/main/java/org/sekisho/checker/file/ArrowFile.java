package org.sekisho.checker.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.util.ValueVectorUtility;
import org.sekisho.checker.table.Table;

/** Reads Arrow IPC, file or stream format, batch by batch. */
public final class ArrowFile {
    /** Bytes of one batch and of dictionaries: {@link Loaded#CHARACTERS_AT_MOST} and as many numbers as are read. */
    private static final long MEMORY_AT_MOST = 1L << 28;

    private ArrowFile() {}

    /**
     * @return the table, or nothing when it, or one of its values, is larger than {@link Loaded} allows
     * @throws Unreadable when it is not Arrow, or broken
     */
    public static Optional<Loaded> read(Path file) {
        try (var channel = FileChannel.open(file)) {
            boolean fileFormat = isFileFormat(file);
            ArrowFraming.check(channel, fileFormat ? 8 : 0);
            try (var memory = new RootAllocator(MEMORY_AT_MOST);
                    var reader = fileFormat
                            ? new ArrowFileReader(channel, memory)
                            : new ArrowStreamReader(channel, memory)) {
                return read(reader);
            }
        } catch (OutOfMemoryException tooLarge) {
            return Optional.empty();
        } catch (IOException | RuntimeException | AssertionError broken) {
            // Much of what the Arrow library asks of a file it asserts.
            throw new Unreadable(
                    name(file),
                    0,
                    0,
                    "Arrow ファイルとして読めません。結果を作り直してください",
                    "is not readable as Arrow; make the result again");
        }
    }

    private static boolean isFileFormat(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(6), StandardCharsets.US_ASCII).equals("ARROW1");
        }
    }

    private static Optional<Loaded> read(ArrowReader reader) throws IOException {
        var root = reader.getVectorSchemaRoot();
        var columns = new ArrayList<ArrowColumn>();
        var characters = new Characters(Loaded.CHARACTERS_AT_MOST);
        for (Field field : root.getSchema().getFields()) {
            var name = Objects.requireNonNullElse(field.getName(), "");
            columns.add(new ArrowColumn(name, valueType(reader, field), characters));
        }
        if (columns.isEmpty()) {
            throw new IOException("no columns");
        }
        long rows = 0;
        while (reader.loadNextBatch()) {
            rows += root.getRowCount();
            if (Loaded.tooLarge(rows, columns.size()) || values(reader, root) > Loaded.CELLS_AT_MOST) {
                return Optional.empty();
            }
            validate(reader, root);
            for (int column = 0; column < columns.size(); column++) {
                append(reader, root.getVector(column), root.getRowCount(), columns.get(column));
            }
            if (columns.stream().anyMatch(ArrowColumn::tooLong)) {
                return Optional.empty();
            }
        }
        var table = new Table(columns.stream().map(ArrowColumn::build).toList(), (int) rows);
        return Optional.of(new Loaded(table, notUnderstood(columns), false, false));
    }

    /** Of this batch and of dictionaries, those inside lists too. A file of a few bytes can tell of billions. */
    private static long values(ArrowReader reader, VectorSchemaRoot root) throws IOException {
        var dictionaries = reader.getDictionaryVectors().values().stream().map(Dictionary::getVector);
        return Stream.concat(root.getFieldVectors().stream(), dictionaries)
                .mapToLong(ArrowFile::values)
                .sum();
    }

    private static long values(FieldVector vector) {
        return vector.getValueCount()
                + vector.getChildrenFromFields().stream()
                        .mapToLong(ArrowFile::values)
                        .sum();
    }

    /** Before the first value is asked for: a text whose end is told to be gigabytes away is fetched without a look. */
    private static void validate(ArrowReader reader, VectorSchemaRoot root) throws IOException {
        ValueVectorUtility.validate(root);
        root.getFieldVectors().forEach(ArrowFile::mustBeginInside);
        ValueVectorUtility.validateFull(root);
        for (var dictionary : reader.getDictionaryVectors().values()) {
            ValueVectorUtility.validate(dictionary.getVector());
            mustBeginInside(dictionary.getVector());
            ValueVectorUtility.validateFull(dictionary.getVector());
        }
    }

    /** Full validation asks that offsets grow and end inside, and lets the first one be negative. */
    private static void mustBeginInside(FieldVector vector) {
        boolean before = vector.getValueCount() > 0
                && switch (vector) {
                    case BaseVariableWidthVector texts ->
                        texts.getOffsetBuffer().getInt(0) < 0;
                    case BaseLargeVariableWidthVector texts ->
                        texts.getOffsetBuffer().getLong(0) < 0;
                    default -> false;
                };
        if (before) {
            throw new IllegalArgumentException("a text begins before its buffer");
        }
        vector.getChildrenFromFields().forEach(ArrowFile::mustBeginInside);
    }

    private static List<String> notUnderstood(List<ArrowColumn> columns) {
        return columns.stream()
                .filter(column -> !column.understood())
                .map(ArrowColumn::name)
                .toList();
    }

    private static ArrowType valueType(ArrowReader reader, Field field) throws IOException {
        var encoding = field.getDictionary();
        return encoding == null ? field.getType() : dictionary(reader, encoding).getVectorType();
    }

    /** A value of a dictionary is read where it stands: decoded, a long one would stand there once for every row. */
    private static void append(ArrowReader reader, FieldVector vector, int rows, ArrowColumn column)
            throws IOException {
        var encoding = vector.getField().getDictionary();
        if (encoding == null) {
            column.append(vector, rows, row -> row);
            return;
        }
        var values = dictionary(reader, encoding).getVector();
        var indices = (BaseIntVector) vector;
        column.append(values, rows, row -> vector.isNull(row) ? ArrowColumn.MISSING : index(indices, row, values));
    }

    private static int index(BaseIntVector indices, int row, FieldVector values) {
        return (int) Objects.checkIndex(indices.getValueAsLong(row), (long) values.getValueCount());
    }

    private static Dictionary dictionary(ArrowReader reader, DictionaryEncoding encoding) throws IOException {
        var dictionary = reader.getDictionaryVectors().get(encoding.getId());
        if (dictionary == null) {
            throw new IOException("dictionary " + encoding.getId() + " is missing");
        }
        return dictionary;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
