package org.sekisho.engine.arrow;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A result read back as values that can be compared between two runs of a statement: numbers as decimals, binary
 * floating point to ten digits (sums of it depend on the order of threads), everything else as text.
 */
public final class Rows {

    private static final MathContext DIGITS = new MathContext(10);

    private final List<String> names;
    private final List<List<@Nullable Object>> values;

    private Rows(List<String> names, List<List<@Nullable Object>> values) {
        this.names = names;
        this.values = values;
    }

    public static Rows read(Path stream) throws IOException {
        try (var allocator = new RootAllocator();
                var input = new BufferedInputStream(Files.newInputStream(stream));
                var reader = new ArrowStreamReader(input, allocator)) {
            var root = reader.getVectorSchemaRoot();
            var names = root.getSchema().getFields().stream()
                    .map(field -> field.getName())
                    .toList();
            List<List<@Nullable Object>> values = new ArrayList<>();
            while (reader.loadNextBatch()) {
                var columns = new ArrayList<@Nullable Object[]>();
                for (var vector : root.getFieldVectors()) {
                    columns.add(column(vector, reader, root.getRowCount()));
                }
                for (var row = 0; row < root.getRowCount(); row++) {
                    @Nullable Object[] cells = new @Nullable Object[columns.size()];
                    for (var i = 0; i < cells.length; i++) {
                        cells[i] = columns.get(i)[row];
                    }
                    values.add(Arrays.asList(cells));
                }
            }
            return new Rows(names, values);
        }
    }

    public List<String> names() {
        return names;
    }

    public List<List<@Nullable Object>> values() {
        return values;
    }

    private static @Nullable Object[] column(FieldVector vector, ArrowStreamReader reader, int rows)
            throws IOException {
        var encoding = vector.getField().getDictionary();
        @Nullable Object[] cells = new @Nullable Object[rows];
        if (encoding == null) {
            for (var row = 0; row < rows; row++) {
                cells[row] = comparable(vector.getObject(row));
            }
            return cells;
        }
        var dictionary = reader.getDictionaryVectors().get(encoding.getId());
        try (var decoded = DictionaryEncoder.decode(vector, dictionary)) {
            for (var row = 0; row < rows; row++) {
                cells[row] = comparable(decoded.getObject(row));
            }
        }
        return cells;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Double number -> floating(number);
            case Float number -> floating(number.doubleValue());
            case BigDecimal number -> number.stripTrailingZeros();
            case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
            case byte[] bytes -> java.util.HexFormat.of().formatHex(bytes);
            default -> value.toString();
        };
    }

    private static Object floating(double number) {
        return Double.isFinite(number)
                ? new BigDecimal(number).round(DIGITS).stripTrailingZeros()
                : Double.toString(number);
    }
}
