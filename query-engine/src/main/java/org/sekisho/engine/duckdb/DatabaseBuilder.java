package org.sekisho.engine.duckdb;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.sekisho.engine.EngineException;

/**
 * A database that we fill ourselves, in memory or in a new file; every statement is ours, none an analyst's. One
 * thread per instance; {@link #beside} gives another thread its own over the same database.
 */
public final class DatabaseBuilder implements AutoCloseable {
    private final DuckDBConnection connection;

    private DatabaseBuilder(DuckDBConnection connection) {
        this.connection = connection;
    }

    public static DatabaseBuilder inMemory() {
        return open("jdbc:duckdb:", new Properties());
    }

    public static DatabaseBuilder file(Path file) {
        return open("jdbc:duckdb:" + file, new Properties());
    }

    /** To look at a finished database. */
    public static DatabaseBuilder readOnly(Path file) {
        var properties = new Properties();
        properties.setProperty(DuckDBDriver.DUCKDB_READONLY_PROPERTY, "true");
        return open("jdbc:duckdb:" + file, properties);
    }

    private static DatabaseBuilder open(String url, Properties properties) {
        try {
            var connection = (DuckDBConnection) new DuckDBDriver().connect(url, properties);
            var database = new DatabaseBuilder(connection);
            database.run("SET autoinstall_known_extensions = false");
            database.run("SET autoload_known_extensions = false");
            database.run("SET preserve_insertion_order = true");
            return database;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    public DatabaseBuilder beside() {
        try {
            return new DatabaseBuilder(connection.duplicate());
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    public void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The first column of the first row. */
    public long number(String sql) {
        return query(sql, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    /** The first column of every row; NULL becomes 0. */
    public long[] numbers(String sql) {
        return query(sql, rows -> {
            var values = java.util.stream.LongStream.builder();
            while (rows.next()) {
                values.add(rows.getLong(1));
            }
            return values.build().toArray();
        });
    }

    /** The first column of the first row. */
    public String text(String sql) {
        return query(sql, rows -> {
            rows.next();
            return String.valueOf(rows.getString(1));
        });
    }

    /** Runs {@code sql} while the batch is readable as the table {@code batch}, once. */
    public void run(String sql, RowBatch rows, BufferAllocator allocator) {
        try (var reader = new BatchReader(rows.root(), allocator);
                var stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, reader, stream);
            connection.registerArrowStream("batch", stream);
            run(sql);
        } catch (java.io.IOException e) {
            throw new EngineException("database", "a batch could not be handed over", e);
        } finally {
            run("DROP VIEW IF EXISTS batch");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** An SQL identifier, quoted. */
    public static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** An SQL text literal, quoted. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private <T> T query(String sql, Reading<T> reading) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return reading.read(rows);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static EngineException failure(SQLException e) {
        return new EngineException("database", "the database could not do what it was asked", e);
    }

    private interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
