package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.SignatureType;
import org.sekisho.gateway.audit.tlog.TlogProof;
import org.sekisho.gateway.audit.tlog.VerifierKey;
import org.sekisho.gateway.audit.tlog.VerifierKeys;

/**
 * {@code sekisho audit verify DIR-or-URL-or-PROOF --key KEY [--from CHECKPOINT] [--witness KEY]}: verifies a log, or
 * one entry of it, with public keys and nothing else of ours. Exit 0 and the tree size, or the entry; 1 and the first
 * index that does not hold; 2 when asked wrongly.
 */
public final class VerifyCommand {
    private static final String USAGE = """
            usage: sekisho audit verify DIR-or-URL-or-PROOF --key KEY [--from CHECKPOINT] [--witness KEY]
              DIR         folder of the log, or a home that has one
              URL         of a gateway: its newest checkpoint is verified, and with --from that it begins with that one
              PROOF       file that sekisho audit prove wrote: that one entry is verified
              KEY         verifier keys, name+hash+base64, or a file with one a line. The log keeps a copy in key.pub;
                          have yours from elsewhere, for whoever changes a log can change that file too.
                          The key of a witness must have cosigned as well; not of a URL, which shows no cosignatures
              CHECKPOINT  file with a checkpoint kept earlier: the log must still contain what it signed, and as well
                          what a witness cosigned; not of a PROOF, which shows one checkpoint alone
            """;
    private static final Set<String> OPTIONS = Set.of("--key", "--from", "--witness");

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
        var options = new HashMap<String, String>();
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                places.add(argument);
            } else if (!OPTIONS.contains(argument)) {
                return usage("there is no option " + argument);
            } else if (i + 1 == arguments.size() || !isValue(arguments.get(i + 1))) {
                return usage(argument + " needs a value");
            } else {
                options.put(argument, arguments.get(++i));
            }
        }
        if (places.size() != 1) {
            return usage("name one DIR, URL or PROOF");
        }
        return options.containsKey("--key") ? verify(places.getFirst(), options) : usage("--key is missing");
    }

    /** Neither the next option nor an unset variable of a script. */
    private static boolean isValue(String text) {
        return !text.isBlank() && !text.startsWith("--");
    }

    private int verify(String place, Map<String, String> options) {
        try {
            var keys = keys("--key", options.getOrDefault("--key", ""), VerifierKeys::parse);
            var witness = options.get("--witness");
            var witnesses =
                    witness == null ? List.<VerifierKey>of() : keys("--witness", witness, VerifyCommand::witnesses);
            witnesses.forEach(each -> refuseOwn(each, keys));
            var from = options.get("--from");
            var known = from == null
                    ? null
                    : Checkpoint.parse(
                            read(Path.of(from), Checkpoint::unverified).note(), keys, 1);
            if (place.startsWith("http://") || place.startsWith("https://")) {
                refuse(options, "--witness", "a gateway shows no cosignatures: name the log's folder, or a proof");
                return new RemoteLog(place, keys, out, err).verify(known);
            }
            if (Files.isRegularFile(Path.of(place))) {
                refuse(options, "--from", "a proof cannot show what else the log has: name its folder, or a URL");
                return entry(read(Path.of(place), TlogProof::parse), keys, witnesses);
            }
            return folder(folder(Path.of(place)), keys, known, witnesses);
        } catch (IllegalArgumentException asked) {
            err.println("audit verify: " + asked.getMessage());
            return 2;
        } catch (IOException unreadable) {
            return unreadable(unreadable);
        } catch (UncheckedIOException unreadable) {
            return unreadable(Objects.requireNonNull(unreadable.getCause()));
        }
    }

    /** What was asked for and would not be verified is never passed over. */
    private static void refuse(Map<String, String> options, String option, String why) {
        if (options.containsKey(option)) {
            throw new IllegalArgumentException(option + " cannot be verified here: " + why);
        }
    }

    /** A log that vouches for itself is not witnessed. The plain kind of key signs logs alone, and states no time. */
    private static void refuseOwn(VerifierKey witness, VerifierKeys log) {
        if (witness.name().equals(log.origin()) || witness.type() == SignatureType.ED25519) {
            throw new IllegalArgumentException(
                    "--witness " + witness.name() + " is a key of a log itself; a witness has a key of its own");
        }
    }

    private int unreadable(IOException why) {
        err.println("audit verify: cannot read: " + why.getMessage());
        return 2;
    }

    private int folder(Path log, VerifierKeys keys, @Nullable Checkpoint known, List<VerifierKey> witnesses)
            throws IOException {
        var kept = new ArrayList<Checkpoint>();
        if (known != null) {
            kept.add(known);
        }
        if (!witnesses.isEmpty()) {
            kept.add(cosigned(new Layout(log), keys, witnesses));
        }
        return switch (new LogVerifier(log, keys, kept.toArray(Checkpoint[]::new)).verify()) {
            case LogVerifier.Holds holds -> {
                out.println(holds.size());
                err.println(
                        "All " + holds.size() + " entries hold under the signed checkpoints of " + keys.origin() + ".");
                if (holds.retired() > 0) {
                    err.println("Entries 0 to " + (holds.retired() - 1)
                            + " are proven by their hashes only: they were dropped after their time.");
                }
                holds.notes().forEach(note -> err.println("Note: " + note + "."));
                yield 0;
            }
            case LogVerifier.Broken broken -> {
                out.println(broken.index());
                err.println("T" + broken.said().substring(1) + ".");
                yield 1;
            }
        };
    }

    private Checkpoint cosigned(Layout layout, VerifierKeys keys, List<VerifierKey> witnesses) throws IOException {
        if (Files.notExists(layout.witnessed())) {
            throw new IllegalArgumentException("no witness has cosigned this log");
        }
        return cosigned(ReadFile.text(ReadFile.regular(layout.witnessed())), keys, witnesses);
    }

    private Checkpoint cosigned(String note, VerifierKeys keys, List<VerifierKey> witnesses) {
        var checkpoint = Checkpoint.parse(note, keys);
        for (var witness : witnesses) {
            var when = checkpoint
                    .signed(witness)
                    .orElseThrow(() -> new IllegalArgumentException("witness " + witness.name() + " has not cosigned"));
            err.println(
                    "Witness " + witness.name() + " saw the log of size " + checkpoint.size() + " at " + when + ".");
        }
        return checkpoint;
    }

    private int entry(TlogProof proof, VerifierKeys keys, List<VerifierKey> witnesses) {
        try {
            var checkpoint = cosigned(proof.note(), keys, witnesses);
            if (!proof.holds(checkpoint)) {
                return broken(proof.index(), "the entry is not in the tree that was signed");
            }
            if (LineIndex.of(bytes(proof.line()), 0, bytes(proof.line()).length) != proof.index()) {
                return broken(proof.index(), "the line states another place");
            }
            if (!Openings.hold(proof)) {
                return broken(proof.index(), "a name is not that of its reference");
            }
            out.println(proof.line());
            err.println("Entry " + proof.index() + " is in the log of " + keys.origin() + ", signed at size "
                    + checkpoint.size() + ".");
            Openings.show(proof, err);
            return 0;
        } catch (IllegalArgumentException unsigned) {
            return broken(proof.index(), unsigned.getMessage());
        }
    }

    /** Of what somebody handed over. */
    private static <T> T read(Path file, Function<String, T> parse) throws IOException {
        var text = ReadFile.text(file);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException odd) {
            var why = text.contains("\r\n")
                    ? "its line ends were changed on its way, as mail does: get it again, in an archive"
                    : odd.getMessage() + "; if it was cut or changed on its way, get it again";
            throw new IllegalArgumentException(file + ": " + why, odd);
        }
    }

    private int broken(long index, @Nullable String what) {
        out.println(index);
        err.println("The proof of entry " + index + " does not hold: " + what + ".");
        err.println("Of the log that says nothing: the file may have been cut or changed on its way. Get it again.");
        return 1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<VerifierKey> witnesses(String lines) {
        if (lines.isBlank()) {
            throw new IllegalArgumentException("it is empty");
        }
        return lines.strip().lines().map(VerifierKey::parse).toList();
    }

    /** Of a file, or given as they are: a file's name seldom has the plus that every key has. */
    private static <K> K keys(String option, String given, Function<String, K> parse) throws IOException {
        var file = Path.of(given.strip());
        boolean isFile = Files.isRegularFile(file);
        try {
            return parse.apply(isFile ? ReadFile.text(file) : given);
        } catch (IllegalArgumentException odd) {
            var why = isFile
                    ? file + " holds no usable verifier key: " + odd.getMessage()
                    : given.contains("+") ? odd.getMessage() : "there is no file " + file;
            throw new IllegalArgumentException(option + ": " + why, odd);
        }
    }

    private static Path folder(Path place) {
        if (Files.isDirectory(place.resolve("log"))) {
            return place.resolve("log");
        }
        if (!Files.isDirectory(place)) {
            throw new IllegalArgumentException("there is no file or folder " + place);
        }
        if (!isLog(new Layout(place))) {
            throw new IllegalArgumentException(
                    place + " holds no log; name a home, or the folder of a log (restore verifies a backup)");
        }
        return place;
    }

    /** Whatever is left of one: a log that lost all else to somebody is still to be judged, not taken for another folder. */
    private static boolean isLog(Layout layout) {
        return Stream.of(
                        layout.checkpoints(), layout.witnessed(), layout.publicKey(), layout.tiles(), layout.segment(0))
                .anyMatch(Files::exists);
    }

    private int usage(String wrong) {
        err.println("audit verify: " + wrong);
        err.print(USAGE);
        return 2;
    }
}
