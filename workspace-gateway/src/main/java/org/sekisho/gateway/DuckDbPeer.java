package org.sekisho.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** DuckDB with nothing around it, for {@link QueryBench}: a statement per line in, the number of rows read out. */
final class DuckDbPeer {
    private DuckDbPeer() {}

    /** @param arguments file, threads, bytes of memory */
    public static void main(String[] arguments) throws SQLException, IOException {
        var settings = new Properties();
        settings.setProperty("duckdb.read_only", "true");
        settings.setProperty("threads", arguments[1]);
        settings.setProperty("memory_limit", arguments[2] + "B");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0], settings);
                var statement = connection.createStatement();
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var sql = lines.readLine(); sql != null; sql = lines.readLine()) {
                var rows = 0L;
                try (var result = statement.executeQuery(sql)) {
                    while (result.next()) {
                        rows++;
                    }
                }
                System.out.println(rows);
                System.out.flush();
            }
        }
    }
}
