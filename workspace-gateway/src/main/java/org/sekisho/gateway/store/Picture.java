package org.sekisho.gateway.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/** One finished write of a store, held for reading: SQLite's own online backup copies it. */
public final class Picture implements AutoCloseable {
    /** In one step: pages of different moments cannot meet. */
    private static final int ALL_PAGES = -1;

    private final Connection connection;

    private Picture(Connection connection) {
        this.connection = connection;
    }

    static Picture of(SQLiteDataSource source) {
        try {
            var connection = source.getConnection();
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from sqlite_master")) {
                row.next();
            }
            return new Picture(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("the store cannot be read", e);
        }
    }

    /** Into a file that is not there yet: a store of its own. */
    public void copyTo(Path file) {
        try {
            var database = connection.unwrap(SQLiteConnection.class).getDatabase();
            int code = database.backup("main", file.toString(), null, 100, 100, ALL_PAGES);
            if (code != 0) {
                throw new IllegalStateException("the store cannot be copied: SQLite says " + code);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the store cannot be copied", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("a picture of the store does not close", e);
        }
    }
}
