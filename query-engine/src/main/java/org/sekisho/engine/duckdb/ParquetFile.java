package org.sekisho.engine.duckdb;

import static org.sekisho.engine.duckdb.DatabaseBuilder.literal;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;

/** Writes and names Parquet files. */
public final class ParquetFile {
    private ParquetFile() {}

    /** Writes the batch to a new file, compressed with zstd. */
    public static void write(DatabaseBuilder database, RowBatch rows, Path file, BufferAllocator allocator) {
        database.run(copy("FROM batch", file), rows, allocator);
    }

    /** A statement that writes what {@code query} selects to {@code file}. */
    public static String copy(String query, Path file) {
        return "COPY (" + query + ") TO " + literal(file.toString()) + " (FORMAT parquet, COMPRESSION zstd)";
    }

    /** A table expression over all these files, which have the same columns. */
    public static String read(List<Path> files) {
        return files.stream().map(f -> literal(f.toString())).collect(Collectors.joining(", ", "read_parquet([", "])"));
    }
}
