package org.sekisho.checker.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    static void write(Path file, String query, String options) {
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, " + options + ")");
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
