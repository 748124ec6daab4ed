package org.sekisho.engine.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.duckdb.DuckDBConnection;
import org.sekisho.engine.EngineException;

/**
 * One DuckDB file, read-only, in zero-file mode: once open, no statement can reach any file, network, extension or
 * setting, and nothing is spilled. What stays possible to a statement is in the module's RATIONALE; the allow-list over
 * the syntax tree and the sandbox of the process are the other walls.
 */
public final class Database implements AutoCloseable {

    /** Order matters: external access cannot be closed once the file system is. */
    private static final List<String> DOORS = List.of(
            "set temp_directory = ''",
            "set autoload_known_extensions = false",
            "set autoinstall_known_extensions = false",
            "set allow_community_extensions = false",
            "set enable_external_access = false",
            "set disabled_filesystems = 'LocalFileSystem'");

    private static final List<String> EACH_CONNECTION = List.of(
            "set errors_as_json = true", "set enable_progress_bar = true", "set enable_progress_bar_print = false");

    private final DuckDBConnection main;
    private final BlockingQueue<DuckDBConnection> whole;
    private final BlockingQueue<DuckDBConnection> streaming;

    private Database(DuckDBConnection main, int connections) throws SQLException {
        this.main = main;
        whole = connections(main, connections, List.of());
        // Streamed results hide the cause of an early error, and may end early without a word; see RATIONALE.
        streaming = connections(main, connections, List.of("set jdbc_stream_results = true"));
    }

    private static BlockingQueue<DuckDBConnection> connections(DuckDBConnection main, int number, List<String> more)
            throws SQLException {
        var connections = new ArrayBlockingQueue<DuckDBConnection>(number);
        for (var i = 0; i < number; i++) {
            var connection = main.duplicate();
            run(connection, EACH_CONNECTION);
            run(connection, more);
            connections.add(connection);
        }
        return connections;
    }

    /** @throws EngineException {@code database} when the file cannot be opened */
    public static Database open(Path file, Confinement confinement) {
        var settings = new Properties();
        settings.setProperty("duckdb.read_only", "true");
        settings.setProperty("jdbc_stream_results", "false");
        settings.setProperty("memory_limit", confinement.memoryBytes() + "B");
        settings.setProperty("threads", String.valueOf(confinement.threads()));
        settings.setProperty("allow_unsigned_extensions", "false");
        try {
            var connection = DriverManager.getConnection("jdbc:duckdb:" + file, settings);
            var database = new Database((DuckDBConnection) connection, confinement.connections());
            run(connection, DOORS);
            run(connection, List.of("set lock_configuration = true"));
            return database;
        } catch (SQLException e) {
            throw new EngineException("database", "the provision's database cannot be opened", e);
        }
    }

    /** Makes a database file by running trusted statements, for tests, training and measuring. */
    public static void create(Path file, List<String> statements) {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
            run(connection, statements);
        } catch (SQLException e) {
            throw new EngineException("database", "a database file cannot be made", e);
        }
    }

    /** Waits for a free connection, whose results are made whole before they are read. Close it to give it back. */
    public Session session() throws InterruptedException {
        return new Session(whole.take(), whole::add);
    }

    /**
     * The same, of which results are read while they are made, however large. A result that ends early looks like a whole
     * one: the caller must know how many rows to expect.
     */
    public Session streamingSession() throws InterruptedException {
        return new Session(streaming.take(), streaming::add);
    }

    @Override
    public void close() {
        try {
            main.close();
        } catch (SQLException e) {
            throw new EngineException("database", "the provision's database cannot be closed", e);
        }
    }

    private static void run(Connection connection, List<String> statements) throws SQLException {
        for (var sql : statements) {
            try (var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
