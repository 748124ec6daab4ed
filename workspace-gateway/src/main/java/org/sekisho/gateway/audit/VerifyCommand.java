package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sekisho audit verify DIR-or-URL --key KEY [--from CHECKPOINT]}: verifies a log with its public key and nothing
 * else of ours. Exit 0 and the tree size; 1 and the first index that does not hold; 2 when asked wrongly.
 */
public final class VerifyCommand {
    private static final String USAGE = """
            usage: sekisho audit verify DIR-or-URL --key KEY [--from CHECKPOINT]
              DIR         folder of the log, or a home that has one
              URL         of a gateway: its newest checkpoint is verified, and with --from that it begins with that one
              KEY         verifier key, name+hash+base64, or a file with it. The log keeps a copy in key.pub;
                          have yours from elsewhere, for whoever changes a log can change that file too
              CHECKPOINT  file with a checkpoint kept earlier: the log must still contain what it signed
            """;

    private final PrintStream out;
    private final PrintStream err;

    VerifyCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /**
     * What the command does, for whoever is in the same process.
     *
     * @return 0 when the log holds, 1 when it does not, 2 when that could not be found out
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        return new VerifyCommand(out, err).run(arguments);
    }

    int run(List<String> arguments) {
        var places = new ArrayList<String>();
        String key = null;
        String from = null;
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            boolean last = i + 1 == arguments.size();
            if (argument.equals("--key") && !last) {
                key = arguments.get(++i);
            } else if (argument.equals("--from") && !last) {
                from = arguments.get(++i);
            } else if (argument.startsWith("--")) {
                return usage();
            } else {
                places.add(argument);
            }
        }
        return places.size() == 1 && key != null ? verify(places.getFirst(), key, from) : usage();
    }

    private int verify(String place, String keyText, @Nullable String from) {
        try {
            var key = VerifierKey.parse(fileOr(keyText));
            var known = from == null ? null : Checkpoint.parse(Files.readString(Path.of(from)), key);
            return place.startsWith("http://") || place.startsWith("https://")
                    ? new RemoteLog(place, key, out, err).verify(known)
                    : verify(folder(Path.of(place)), key, known);
        } catch (IllegalArgumentException asked) {
            err.println("audit verify: " + asked.getMessage());
            return 2;
        } catch (IOException | UncheckedIOException unreadable) {
            err.println("audit verify: cannot read: " + unreadable.getMessage());
            return 2;
        }
    }

    private int verify(Path log, VerifierKey key, @Nullable Checkpoint known) {
        return switch (new LogVerifier(log, key, known).verify()) {
            case LogVerifier.Holds holds -> {
                out.println(holds.size());
                err.println(
                        "All " + holds.size() + " entries hold under the signed checkpoints of " + key.name() + ".");
                holds.notes().forEach(note -> err.println("Note: " + note + "."));
                yield 0;
            }
            case LogVerifier.Broken broken -> {
                out.println(broken.index());
                err.println("The log does not hold at entry " + broken.index() + ": " + broken.what() + ".");
                yield 1;
            }
        };
    }

    private static String fileOr(String key) throws IOException {
        var file = Path.of(key);
        return Files.isRegularFile(file) ? Files.readString(file) : key;
    }

    private static Path folder(Path place) {
        if (Files.isDirectory(place.resolve("log"))) {
            return place.resolve("log");
        }
        if (!Files.isDirectory(place)) {
            throw new IllegalArgumentException("there is no folder " + place);
        }
        return place;
    }

    private int usage() {
        err.print(USAGE);
        return 2;
    }
}
