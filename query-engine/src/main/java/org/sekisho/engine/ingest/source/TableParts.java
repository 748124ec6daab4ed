package org.sekisho.engine.ingest.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.DatabaseBuilder;
import org.sekisho.engine.duckdb.ParquetFile;
import org.sekisho.engine.duckdb.RowBatch;
import org.sekisho.engine.vault.Loading;

/** Collects the rows of a load by table and writes a part whenever enough have come. */
public final class TableParts implements AutoCloseable {
    private static final int ROWS_OF_A_PART = 1_000_000;

    private final Loading loading;
    private final BufferAllocator allocator = new RootAllocator();
    private final DatabaseBuilder database = DatabaseBuilder.inMemory();
    private final Map<String, RowBatch> batches = new LinkedHashMap<>();
    private final Map<String, Integer> parts = new HashMap<>();
    private final Map<String, Long> written = new HashMap<>();

    public TableParts(Loading loading, List<Table> tables) {
        this.loading = loading;
        for (var table : tables) {
            batches.put(table.name(), new RowBatch(table, allocator));
        }
    }

    /** Begin this table's parts behind those taken over from an earlier snapshot. */
    public void after(String table, int parts) {
        this.parts.put(table, parts);
    }

    public RowBatch rows(Table table) {
        var batch = Optional.ofNullable(batches.get(table.name())).orElseThrow();
        if (batch.rows() >= ROWS_OF_A_PART) {
            flush(batch);
        }
        return batch;
    }

    /** Forgets what was collected for this table, written or not; for tables without parts of an earlier snapshot. */
    public void discard(String table) {
        Optional.ofNullable(batches.get(table)).orElseThrow().clear();
        written.remove(table);
        var count = Optional.ofNullable(parts.remove(table)).orElse(0);
        try {
            for (var part = 0; part < count; part++) {
                Files.deleteIfExists(loading.part(table, part));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is left; returns the rows of this load by table, the empty ones too. */
    public Map<String, Long> finish() {
        var rows = new LinkedHashMap<String, Long>();
        for (var batch : batches.values()) {
            flush(batch);
            rows.put(batch.table().name(), written.getOrDefault(batch.table().name(), 0L));
        }
        return rows;
    }

    /** Writes one table by a query over what was collected ({@code batch}) instead of as it is. */
    public long finish(Table table, String query) {
        var batch = rows(table);
        var file = loading.part(table.name(), 0);
        database.run(ParquetFile.copy(query, file), batch, allocator);
        batch.clear();
        return database.number("SELECT count(*) FROM " + ParquetFile.read(List.of(file)));
    }

    private void flush(RowBatch batch) {
        var table = batch.table().name();
        if (batch.rows() > 0) {
            var part = parts.merge(table, 1, Integer::sum) - 1;
            ParquetFile.write(database, batch, loading.part(table, part), allocator);
            written.merge(table, (long) batch.rows(), Long::sum);
            batch.clear();
        }
    }

    @Override
    public void close() {
        batches.values().forEach(RowBatch::close);
        database.close();
        allocator.close();
    }
}
