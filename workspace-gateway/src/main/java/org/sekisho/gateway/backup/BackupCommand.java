package org.sekisho.gateway.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.sekisho.engine.catalog.Json;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.audit.LogUnavailable;
import org.sekisho.gateway.store.Store;

/**
 * {@code sekisho backup --home DIR --to DIR}: asks the gateway that runs there; where none runs, does it itself. Exit 0
 * and a line of JSON, or 2 and why not.
 */
public final class BackupCommand {
    private static final String USAGE = """
            usage: sekisho backup --home DIR --to DIR
              --home  of a gateway, which may be running
              --to    a folder that is empty or not there yet. Whoever can read it can read
                      everything that is not encrypted at rest
            """;

    private BackupCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** What the command does, for whoever is in the same process. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        var words = Words.of(arguments, "home", "to");
        if (words == null || !words.has("home", "to")) {
            err.print(USAGE);
            return 2;
        }
        try {
            out.println(Json.MAPPER.writeValueAsString(made(words.path("home"), words.path("to"))));
            return 0;
        } catch (IllegalArgumentException | IllegalStateException | LogUnavailable refused) {
            err.println("backup: " + refused.getMessage());
        } catch (IOException | UncheckedIOException failed) {
            err.println("backup: cannot read or write: " + failed.getMessage());
        }
        return 2;
    }

    private static Backup.Made made(Path home, Path to) throws IOException {
        if (!Files.isRegularFile(home.resolve("sekisho.db")) || !Files.isDirectory(home.resolve("log"))) {
            throw new IllegalArgumentException(home + " is not the home of a gateway");
        }
        var real = home.toRealPath(); // as a gateway that runs there knows it; the walks follow no link
        var answer = BackupDesk.ask(real, to);
        if (answer == null) {
            return ofStopped(real, to);
        }
        if (answer.refused() != null) {
            throw new IllegalArgumentException(answer.refused());
        }
        return Objects.requireNonNull(answer.made());
    }

    /** The log comes first: its lock keeps a gateway from starting meanwhile. */
    private static Backup.Made ofStopped(Path home, Path to) {
        try (var log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC());
                var store = Store.open(home)) {
            return new Backup(home, store, log, Clock.systemUTC()).into(to, System.getProperty("user.name"));
        }
    }
}
