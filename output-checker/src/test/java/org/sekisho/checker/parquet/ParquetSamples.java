package org.sekisho.checker.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Parquet as DuckDB writes it. */
public final class ParquetSamples {
    private ParquetSamples() {}

    /** One small file for each codec that is read, and one with many types. */
    public static List<byte[]> all() {
        var query = "SELECT * FROM (VALUES ('A', 120, 1.5), ('B', 4, NULL), (NULL, 7, 2.0)) t(area, n, m)";
        return List.of(
                written(query, "COMPRESSION uncompressed"),
                written(query, "COMPRESSION snappy"),
                written(query, "COMPRESSION gzip"),
                written(
                        "SELECT i AS n, i % 3 = 0 AS flag, DATE '2024-01-01' + i::INT AS day, 'x' || (i % 4) AS label, i / 7 AS real,"
                                + " (i * 1.25)::DECIMAL(9, 2) AS money FROM range(40) t(i)",
                        "COMPRESSION snappy"));
    }

    /** The answer to a query of DuckDB as a file. */
    public static byte[] written(String query, String options) {
        try {
            var folder = Files.createTempDirectory("sekisho-parquet");
            var file = folder.resolve("t.parquet");
            try {
                write(file, query, options);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A file of many columns with long names in many groups of no rows, in the compact protocol of Thrift. */
    static byte[] empty(int columns, int groups) {
        var footer = new Footer();
        footer.number(1, 1).list(2, columns + 1);
        footer.text(4, "root").number(5, columns).end();
        for (int column = 0; column < columns; column++) {
            footer.number(1, 2).number(3, 0).text(4, name(column)).end();
        }
        footer.from(2).number(3, 0).list(4, groups);
        for (int group = 0; group < groups; group++) {
            footer.list(1, columns);
            for (int column = 0; column < columns; column++) {
                footer.struct(3)
                        .texts(3, name(column))
                        .number(4, 0)
                        .number(7, 0)
                        .number(9, 4);
                footer.end().end();
            }
            footer.from(1).number(3, 0).end();
        }
        footer.end();
        var length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.bytes.size());
        var file = new ByteArrayOutputStream();
        file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(footer.bytes.toByteArray());
        file.writeBytes(length.array());
        file.writeBytes("PAR1".getBytes(StandardCharsets.US_ASCII));
        return file.toByteArray();
    }

    private static String name(int column) {
        return "a column with a name as long as questionnaires have them " + column;
    }

    /** Writes structures, field by field in ascending order. */
    private static final class Footer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private int before;

        Footer number(int id, int value) {
            head(id, 5);
            varint(2 * value);
            return this;
        }

        Footer text(int id, String value) {
            head(id, 8);
            string(value);
            return this;
        }

        Footer texts(int id, String value) {
            head(id, 9);
            bytes.write((1 << 4) | 8);
            string(value);
            return this;
        }

        /** Its structures follow. */
        Footer list(int id, int size) {
            head(id, 9);
            bytes.write((15 << 4) | 12);
            varint(size);
            return from(0);
        }

        /** Its fields follow. */
        Footer struct(int id) {
            head(id, 12);
            return from(0);
        }

        /** Goes on in the structure around, behind this field. */
        Footer from(int id) {
            before = id;
            return this;
        }

        Footer end() {
            bytes.write(0);
            return from(0);
        }

        private void head(int id, int type) {
            bytes.write(((id - before) << 4) | type);
            before = id;
        }

        private void string(String value) {
            var text = value.getBytes(StandardCharsets.UTF_8);
            varint(text.length);
            bytes.writeBytes(text);
        }

        private void varint(int value) {
            int rest = value;
            while (rest >= 0x80) {
                bytes.write((rest & 0x7F) | 0x80);
                rest >>>= 7;
            }
            bytes.write(rest);
        }
    }

    static void write(Path file, String query, String options) {
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, " + options + ")");
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
