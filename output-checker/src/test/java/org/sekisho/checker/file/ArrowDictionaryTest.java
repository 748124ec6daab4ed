package org.sekisho.checker.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrowDictionaryTest {
    private static final int MISSING = -1;

    @TempDir
    Path directory;

    @Test
    void readsTheLabelsThatIndicesName() throws IOException {
        write(List.of("Hokkaido", "Okinawa"), 4, row -> row == 2 ? MISSING : row % 2);
        var table = ArrowFile.read(file()).orElseThrow().table();
        assertThat(table.rows()).isEqualTo(4);
        assertThat(List.of(0, 1, 3))
                .extracting(row -> table.columns().getFirst().label(row))
                .containsExactly("Hokkaido", "Okinawa", "Okinawa");
        assertThat(table.columns().getFirst().label(2)).isNull();
    }

    @Test
    void refusesAnIndexOutsideItsDictionary() throws IOException {
        for (int outside : new int[] {2, -7}) {
            write(List.of("Hokkaido", "Okinawa"), 3, row -> row == 1 ? outside : 0);
            assertThatThrownBy(() -> ArrowFile.read(file()))
                    .as("index %d", outside)
                    .isInstanceOf(Unreadable.class);
        }
    }

    /** Decoded, the one label would take 1.8 GB. */
    @Test
    void isTooLargeWhereALongLabelStandsInEveryRow() throws IOException {
        write(List.of("x".repeat(9_000)), 200_000, _ -> 0);
        assertThat(ArrowFile.read(file())).isEmpty();
    }

    private Path file() {
        return directory.resolve("r.arrows");
    }

    private void write(List<String> labels, int rows, IntUnaryOperator index) throws IOException {
        var encoding = new DictionaryEncoding(1, false, new ArrowType.Int(32, true));
        var field = new Field("label", new FieldType(true, new ArrowType.Int(32, true), encoding), null);
        try (var memory = new RootAllocator();
                var values = new VarCharVector("label", memory);
                var indices = new IntVector(field, memory)) {
            for (int label = 0; label < labels.size(); label++) {
                values.setSafe(label, labels.get(label).getBytes(StandardCharsets.UTF_8));
            }
            values.setValueCount(labels.size());
            for (int row = 0; row < rows; row++) {
                int at = index.applyAsInt(row);
                if (at == MISSING) {
                    indices.setNull(row);
                } else {
                    indices.setSafe(row, at);
                }
            }
            indices.setValueCount(rows);
            var provider = new MapDictionaryProvider(new Dictionary(values, encoding));
            try (var out = new FileOutputStream(file().toFile());
                    var writer = new ArrowStreamWriter(VectorSchemaRoot.of(indices), provider, out)) {
                writer.start();
                writer.writeBatch();
                writer.end();
            }
        }
    }
}
