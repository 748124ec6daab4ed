package org.sekisho.gateway.backup;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.sekisho.engine.catalog.Json;
import org.sekisho.gateway.audit.tlog.VerifierKeys;

/**
 * {@code sekisho restore --from DIR --home DIR [--key KEYS]}. Exit 0 and a line of JSON; 1 when the backup is damaged or
 * incomplete, with the files; 2 when asked wrongly.
 */
public final class RestoreCommand {
    private static final String USAGE = """
            usage: sekisho restore --from DIR --home DIR [--key KEYS]
              --from  a folder that sekisho backup has made
              --home  empty, or not there yet
              --key   file with the verifier keys of the log, from elsewhere: whoever can change a backup can change
                      the keys that lie in it too
            """;

    private RestoreCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** What the command does, for whoever is in the same process. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        var words = Words.of(arguments, "from", "home", "key");
        if (words == null || !words.has("from", "home")) {
            err.print(USAGE);
            return 2;
        }
        try {
            var keys = words.has("key") ? VerifierKeys.parse(Files.readString(words.path("key"))) : null;
            var restored = new Restore(words.path("from"), words.path("home"), keys).run();
            out.println(Json.MAPPER.writeValueAsString(restored));
            err.println("Every file and the log hold."
                    + (keys == null ? " The keys that said so lay in the backup; --key takes yours." : ""));
            return 0;
        } catch (Restore.Damaged damaged) {
            err.println("restore: refused, nothing was restored: " + damaged.getMessage());
            return 1;
        } catch (IllegalArgumentException asked) {
            err.println("restore: " + asked.getMessage());
        } catch (IOException | UncheckedIOException failed) {
            err.println("restore: cannot read or write: " + failed.getMessage());
        }
        return 2;
    }
}
