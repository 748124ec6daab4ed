package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.export.ExportFormat;
import org.sekisho.gateway.audit.export.SyslogOverTls;
import org.sekisho.gateway.audit.verify.VerifyCommand;

/** {@code sekisho audit}: search, verify, prove, export and forward a log from its files, and forget a person. */
public final class AuditCommand {
    private static final String USAGE = """
            usage: sekisho audit verify DIR-or-URL-or-PROOF --key KEY [--from CHECKPOINT] [--witness KEY]
                                       does the log hold?
                   sekisho audit search DIR [--actor A] [--project P] [--action A] [--object O] [--from T] [--to T] [--limit N]
                                       newest first, one JSON object a line
                   sekisho audit prove DIR INDEX [--out FILE] [--named yes]
                                       a proof of one entry that sekisho audit verify checks without the log;
                                       --named yes says in it who stands behind the entry's references
                   sekisho audit export DIR --format ocsf|ecs|otlp|cef|syslog [--after INDEX] [--from T] [--to T]
                   sekisho audit export DIR --format tiles --out FOLDER
                                       for a collector, oldest first; or as C2SP tlog-tiles
                   sekisho audit forward DIR --to HOST:PORT --state FILE [--ca FILE]
                                       send it to a collector for as long as this runs: syslog (RFC 5424) over TLS;
                                       FILE keeps how far it came, the other has the collector's authority in PEM
                   sekisho audit forget DIR NAME
                                       erase who stands behind a person's entries, for good (stop the gateway first);
                                       sekisho.db still knows whose the jobs and outputs are that they name
              DIR   a home, or the folder of a log; --home DIR is the same
              T     a time such as 2026-11-20T00:00:00Z
            """;

    private static final int PAGE = 1000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Pattern HOST_AND_PORT = Pattern.compile("(.+):([0-9]{1,5})");

    private interface Command {
        int run(AuditCommand asked) throws IOException;
    }

    private static final Map<String, Command> COMMANDS = Map.of(
            "search", AuditCommand::search,
            "prove", AuditCommand::prove,
            "export", AuditCommand::export,
            "forward", AuditCommand::forward,
            "forget", AuditCommand::forget);

    private final Path place;
    private final List<String> more;
    private final Map<String, String> options;
    private final PrintStream out;
    private final PrintStream err;

    private AuditCommand(Words words, PrintStream out, PrintStream err) {
        this.place = Path.of(words.plain().getFirst());
        this.more = words.plain().subList(1, words.plain().size());
        this.options = words.options();
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Exit 0; 1 when a log that was verified does not hold; 2 when asked wrongly. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        var what = arguments.isEmpty() ? "" : arguments.getFirst();
        var rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        if (what.equals("verify")) {
            return VerifyCommand.run(rest, out, err);
        }
        var command = COMMANDS.get(what);
        if (command == null) {
            return usage(err, "audit: " + (what.isEmpty() ? "say what to do" : "there is no command " + what));
        }
        var asWhat = "audit " + what + ": ";
        Words words;
        try {
            words = Words.of(rest);
        } catch (IllegalArgumentException incomplete) {
            return usage(err, asWhat + incomplete.getMessage());
        }
        try {
            return command.run(new AuditCommand(words, out, err));
        } catch (IllegalArgumentException | LogUnavailable asked) {
            err.println(asWhat + asked.getMessage());
            return 2;
        } catch (IOException | UncheckedIOException unreadable) {
            err.println(asWhat + "cannot read or write: " + unreadable.getMessage());
            return 2;
        }
    }

    private static int usage(PrintStream err, String wrong) {
        err.println(wrong);
        err.print(USAGE);
        return 2;
    }

    private record Words(List<String> plain, Map<String, String> options) {
        static Words of(List<String> arguments) {
            var plain = new ArrayList<String>();
            var options = new TreeMap<String, String>();
            for (int i = 0; i < arguments.size(); i++) {
                if (!arguments.get(i).startsWith("--")) {
                    plain.add(arguments.get(i));
                } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
                    options.put(arguments.get(i).substring(2), arguments.get(++i));
                } else {
                    throw new IllegalArgumentException(arguments.get(i) + " needs a value");
                }
            }
            var home = options.remove("home");
            if (home != null) {
                plain.addFirst(home);
            }
            if (plain.isEmpty()) {
                throw new IllegalArgumentException("name a home, or the folder of a log");
            }
            return new Words(plain, options);
        }
    }

    private int search() throws IOException {
        takes(0, "actor", "project", "action", "object", "from", "to", "limit");
        var log = new LogReader(place);
        long left = number("--limit", options.getOrDefault("limit", "50"), 1);
        boolean matches = false;
        @Nullable String cursor = null;
        do {
            var page = log.search(filter(), cursor, Math.clamp(left, 1, PAGE));
            page.entries().forEach(entry -> out.println(new String(Line.shown(entry), StandardCharsets.UTF_8)));
            matches |= !page.entries().isEmpty();
            left -= page.entries().size();
            cursor = page.next();
        } while (cursor != null && left > 0);
        if (!matches) {
            err.println("Nothing matches.");
        }
        return 0;
    }

    private int prove() throws IOException {
        takes(1, "out", "named");
        var named = options.getOrDefault("named", "no");
        if (!named.equals("yes") && !named.equals("no")) {
            throw new IllegalArgumentException("--named is yes or no");
        }
        var proof = new LogReader(place).prove(number("INDEX", more.getFirst(), 0), named.equals("yes"));
        var file = options.get("out");
        if (file == null) {
            out.print(proof.text());
        } else {
            Files.writeString(Path.of(file), proof.text());
        }
        return 0;
    }

    private int export() throws IOException {
        takes(0, "format", "after", "from", "to", "out");
        var log = new LogReader(place);
        var word = options.getOrDefault("format", "ocsf");
        if (word.equals("tiles")) {
            err.println("Tiles of " + log.tiles(Path.of(needed("out"))) + " entries.");
            return 0;
        }
        var format = ExportFormat.of(word)
                .orElseThrow(() -> new IllegalArgumentException("--format is ocsf, ecs, otlp, cef, syslog or tiles"));
        var after = options.get("after");
        long from = after == null ? 0 : number("--after", after, 0) + 1;
        List<Exported> found;
        do {
            found = log.export(filter(), from, PAGE);
            found.forEach(each -> out.println(format.line(each)));
            from = found.isEmpty() ? from : found.getLast().entry().index() + 1;
        } while (!found.isEmpty());
        return 0;
    }

    private int forward() throws IOException {
        takes(0, "to", "state", "ca");
        var to = HOST_AND_PORT.matcher(needed("to"));
        if (!to.matches()) {
            throw new IllegalArgumentException("--to is HOST:PORT");
        }
        var authorities = options.get("ca");
        var trust = SyslogOverTls.trusting(authorities == null ? null : Path.of(authorities));
        var collector = new Forwarding.Collector(to.group(1), Integer.parseInt(to.group(2)), trust);
        var _ = new LogReader(place); // says at once when there is no log
        try {
            new Forwarding(place, collector, Path.of(needed("state")), LOOK_EVERY, err).run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private int forget() {
        takes(1);
        if (!Files.isDirectory(place.resolve("log"))) {
            throw new IllegalArgumentException("forgetting takes the home, with its log and its keys");
        }
        try (var log = FileAuditLog.open(place.resolve("log"), place.resolve("keys"), Clock.systemUTC())) {
            log.forget(more.getFirst());
        }
        err.println("Forgotten in the log. The store, sekisho.db, still has the account and whose jobs, outputs and"
                + " workspaces are that the entries name by their ids: whoever has the home can say who that was. Copies"
                + " of the keys elsewhere, and what collectors took, are for you to erase.");
        return 0;
    }

    private void takes(int plain, String... known) {
        if (more.size() != plain) {
            throw new IllegalArgumentException("it takes DIR" + (plain == 1 ? " and one word" : "") + " here");
        }
        for (var option : options.keySet()) {
            if (!List.of(known).contains(option)) {
                throw new IllegalArgumentException("there is no option --" + option + " here");
            }
        }
    }

    private Filter filter() {
        return new Filter(
                options.get("actor"),
                options.get("project"),
                options.get("action"),
                options.get("object"),
                time("from"),
                time("to"));
    }

    private @Nullable Instant time(String name) {
        var text = options.get(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException odd) {
            throw new IllegalArgumentException("--" + name + " is a time such as 2026-11-20T00:00:00Z", odd);
        }
    }

    private String needed(String name) {
        var value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + " is needed");
        }
        return value;
    }

    private static long number(String name, String text, long least) {
        long number = text.matches("[0-9]{1,15}") ? Long.parseLong(text) : -1;
        if (number < least) {
            throw new IllegalArgumentException(name + " is a whole number from " + least + " on");
        }
        return number;
    }
}
