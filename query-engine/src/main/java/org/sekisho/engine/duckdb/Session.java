package org.sekisho.engine.duckdb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/**
 * One connection: parses and runs one statement at a time. Call from a platform thread with a stack of 16 MiB: deep
 * syntax overruns a smaller one and takes the process with it. {@link #cancel} and {@link #percent} may come from any
 * thread.
 */
public final class Session implements AutoCloseable {

    private static final long BATCH_ROWS = 65_536;
    private static final int MAX_NESTING = 6_000;

    /** Bytes of UTF-8 beyond which Arrow's importer cannot read the name of a column (arrow-c-data, NativeUtil). */
    private static final int LONGEST_NAME = 32_766;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build());

    private final DuckDBConnection connection;
    private final Consumer<DuckDBConnection> giveBack;
    private volatile @Nullable PreparedStatement running;
    private volatile boolean cancelled;

    Session(DuckDBConnection connection, Consumer<DuckDBConnection> giveBack) {
        this.connection = connection;
        this.giveBack = giveBack;
    }

    /** Parses with the engine's own grammar; binds nothing and opens nothing. */
    public Parsed parse(String sql) {
        return switch (scalar("select json_serialize_sql(?::varchar)", sql)) {
            case Text(var json) -> parsed(json);
            case Trouble(var problem) -> new Parsed.NotParsed(problem);
        };
    }

    private static Parsed parsed(String json) {
        try {
            var tree = JSON.readTree(json);
            if (!tree.path("error").asBoolean(true)) {
                return new Parsed.Tree(tree);
            }
            if (tree.path("error_type").asText().equals("not implemented")) {
                return new Parsed.NotSelect();
            }
            var at = tree.path("position").asText("");
            return new Parsed.NotParsed(new Problem("PARSER", "", "", "", at.isEmpty() ? null : Integer.valueOf(at)));
        } catch (JsonProcessingException e) {
            return new Parsed.NotParsed(new Problem("TOO_DEEP", "", "", "", null));
        }
    }

    /** The SQL of a tree of {@link #parse}, edited or not; null when the engine cannot print it. */
    public @Nullable String print(JsonNode tree) {
        return switch (scalar("select json_deserialize_sql(?::json)", tree.toString())) {
            case Text(var sql) -> sql;
            case Trouble ignored -> null;
        };
    }

    /** Runs one statement and hands its batches on; the caller has judged the statement. */
    public Ran run(String sql, BufferAllocator allocator, Batches batches) throws IOException {
        try (var statement = connection.prepareStatement(sql)) {
            var columns = columns(statement.getMetaData());
            if (columns.stream().anyMatch(Session::hasLongName)) {
                return new Ran.Broken(new Problem("LONG_NAME", "", "", "", null));
            }
            running = statement;
            if (cancelled) {
                return interrupted();
            }
            try (var result = (DuckDBResultSet) statement.executeQuery();
                    var reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS)) {
                return read(columns, reader, batches);
            }
        } catch (SQLException e) {
            return new Ran.Broken(cancelled ? interruption() : Problem.parse(e.getMessage()));
        } finally {
            running = null;
        }
    }

    private Ran read(List<Batches.NamedType> columns, ArrowReader reader, Batches batches) throws IOException {
        try {
            batches.begin(columns, reader.getVectorSchemaRoot(), reader);
        } catch (IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | BufferUnderflowException e) {
            // Types that Arrow has no shape for, that are nested more than 64 deep, or whose members have endless
            // names.
            return new Ran.Broken(new Problem("INVALID_TYPE", "", "", "", null));
        }
        while (!cancelled) {
            try {
                if (!reader.loadNextBatch()) {
                    return new Ran.Whole();
                }
            } catch (IOException e) {
                return new Ran.Broken(Problem.parse(e.getMessage()));
            }
            if (!batches.batch()) {
                return new Ran.Stopped();
            }
        }
        return interrupted();
    }

    /**
     * Asks what runs to stop, and what comes not to begin. Repeat until it has ended: the engine forgets a wish that
     * comes between two of its steps, and cannot hear one while it prepares a statement.
     */
    public void cancel() {
        cancelled = true;
        var statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // It has ended by itself.
            }
        }
    }

    /** How far the running statement is, 0 to 100, or -1 when the engine cannot tell. */
    public double percent() {
        if (running instanceof DuckDBPreparedStatement statement) {
            try {
                return statement.getQueryProgress().getPercentage();
            } catch (SQLException e) {
                return -1;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        giveBack.accept(connection);
    }

    private Scalar scalar(String sql, String argument) {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, argument);
            try (var result = statement.executeQuery()) {
                result.next();
                return new Text(result.getString(1));
            }
        } catch (SQLException e) {
            return new Trouble(Problem.parse(e.getMessage()));
        }
    }

    private static List<Batches.NamedType> columns(ResultSetMetaData metadata) throws SQLException {
        var columns = new ArrayList<Batches.NamedType>();
        for (var i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(new Batches.NamedType(metadata.getColumnLabel(i), metadata.getColumnTypeName(i)));
        }
        return columns;
    }

    private static boolean hasLongName(Batches.NamedType column) {
        return column.name().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME;
    }

    private static Ran interrupted() {
        return new Ran.Broken(interruption());
    }

    private static Problem interruption() {
        return new Problem("INTERRUPT", "", "", "", null);
    }

    private sealed interface Scalar {}

    private record Text(String value) implements Scalar {}

    private record Trouble(Problem problem) implements Scalar {}
}
