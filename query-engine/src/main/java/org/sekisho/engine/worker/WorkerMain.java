package org.sekisho.engine.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.duckdb.Confinement;
import org.sekisho.engine.duckdb.Database;

/**
 * The worker process. Reads its settings from standard input and lives until that closes, however its parent ended.
 * Says {@code ready} once its socket can be connected to.
 */
public final class WorkerMain {

    /** Deep syntax needs it: a smaller stack lets plain SQL kill the process. */
    private static final long STACK = 16L << 20;

    private WorkerMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (arguments.length == 2 && arguments[0].equals("--train")) {
            Thread.ofPlatform().daemon().name("parent").start(() -> endWithParent(input));
            onDeepStack("training", () -> train(Path.of(arguments[1]))).join();
            return;
        }
        var settings = Wire.JSON.readValue(input.readLine(), WorkerSettings.class);
        Thread.ofPlatform().name("parent").start(() -> endWithParent(input));
        onDeepStack("listener", () -> serve(settings)).join();
        Runtime.getRuntime().halt(1);
    }

    private static void serve(WorkerSettings settings) {
        try (var database = Database.open(
                        Path.of(settings.database()),
                        new Confinement(settings.memoryBytes(), settings.threads(), settings.lanes()));
                var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(settings.socket()));
            System.out.println("ready");
            while (true) {
                var wire = new Wire(server.accept());
                onDeepStack("statement", new Conversation(wire, database, settings.tables())::hold);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static Thread onDeepStack(String name, Runnable work) {
        var thread = new Thread(null, work, name, STACK);
        thread.start();
        return thread;
    }

    private static void endWithParent(BufferedReader input) {
        try {
            while (input.readLine() != null) {
                // Nothing more is said on this line; only its end matters.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(0);
    }

    /** One statement over a temporary database through a real socket, so that what it loads can be cached. */
    private static void train(Path directory) {
        var socket = directory.resolve("s");
        try {
            var database = directory.resolve("t.duckdb");
            Samples.write(database);
            var settings = new WorkerSettings(database.toString(), socket.toString(), 256L << 20, 1, 2, Samples.TABLES);
            onDeepStack("listener", () -> serve(settings));
            while (!Files.exists(socket)) {
                Thread.sleep(5);
            }
            for (var wanted : Request.Wanted.values()) {
                try (var wire = Wire.connect(socket)) {
                    wire.writeJson(Wire.Kind.REQUEST, new Request(Samples.STATEMENT, wanted, 10_000, 1_000, 1_000_000));
                    while (wire.read().kind() != Wire.Kind.ENDING) {
                        // Only what is loaded on the way matters.
                    }
                }
            }
            System.exit(0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the training run asks. */
    private static final class Samples {
        private static final Text NONE = new Text("", "");
        private static final List<Table> TABLES = List.of(new Table(
                "person",
                NONE,
                List.of(
                        new Column("person_id", "BIGINT", ColumnKind.PERSON, NONE),
                        new Column("prefecture", "VARCHAR", ColumnKind.CODE, NONE))));
        private static final String STATEMENT =
                "select prefecture, count(*) as n from person where person_id > 0 group by prefecture order by n";

        static void write(Path database) {
            Database.create(
                    database,
                    List.of("create table person as select i::bigint as person_id, 'p' || (i % 7) as prefecture"
                            + " from range(100) t(i)"));
        }
    }
}
