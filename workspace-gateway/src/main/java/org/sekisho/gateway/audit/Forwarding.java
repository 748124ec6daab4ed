package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.sekisho.gateway.audit.export.ExportFormat;
import org.sekisho.gateway.audit.export.SyslogOverTls;

/**
 * Sends a log to a collector by syslog over TLS, from its files, beside the gateway and never in its way, each entry in
 * order, however long the collector was away. How far it came is kept in a file. TLS tells nobody what arrived, so each
 * connection begins with the newest entries of the one before, which a collector knows by their index. A collector that
 * ends while more than those wait unread in its own kernel misses some, and sees by the index which.
 */
final class Forwarding {
    /** Entries that are sent again: more than our kernel keeps, and as a rule more than that of the collector does. */
    static final int AGAIN = 10_000;

    /**
     * Looks at a log whose index is missing or does not reach as far as was sent or signed, before it is given up: so it
     * is while a gateway starts, and from a loss of power or a restore until then. What is read may also be dropped or
     * forgotten just then.
     */
    static final int LOOKS = 60;

    private static final int AT_ONCE = 500;

    /** @param trust whom it believes that they speak for the collector */
    record Collector(String host, int port, SSLContext trust) {
        private SyslogOverTls connect() throws IOException {
            return SyslogOverTls.connect(host, port, trust);
        }
    }

    private final Path log;
    private final Collector collector;
    private final Path state;
    private final Duration pause;
    private final PrintStream err;
    private long furthest;
    /** In vain since the last that was not, whatever the collector does meanwhile. */
    private int looks;

    private String said = "";

    /**
     * @param log a home with a log, or the folder of a log alone
     * @param state file with the index of the first entry that was never sent; need not be there
     * @param pause between two looks at the log, and between two attempts to connect
     */
    Forwarding(Path log, Collector collector, Path state, Duration pause, PrintStream err) throws IOException {
        this.log = log;
        this.collector = collector;
        this.state = state;
        this.pause = pause;
        this.err = err;
        this.furthest = Files.exists(state) ? kept(Files.readString(state).strip()) : 0;
    }

    private static long kept(String text) {
        if (!text.matches("[0-9]{1,15}")) {
            throw new IllegalArgumentException("the file of --state has no index in it");
        }
        return Long.parseLong(text);
    }

    /**
     * Until it is interrupted.
     *
     * @throws LogUnavailable when after {@value #LOOKS} looks the log still has fewer entries than were sent, or its
     *     files do not agree
     * @throws UncheckedIOException when after as many looks the log cannot be read, or when the state cannot be kept
     */
    void run() throws InterruptedException {
        while (true) {
            try (var connection = collector.connect()) {
                say("Connected with " + collector.host() + ":" + collector.port() + ".");
                follow(connection);
            } catch (IOException away) {
                say("No collector at " + collector.host() + ":" + collector.port() + " (" + away.getMessage()
                        + "); it is tried again.");
            }
            Thread.sleep(pause);
        }
    }

    private void follow(SyslogOverTls connection) throws IOException, InterruptedException {
        long next = Math.max(0, furthest - AGAIN);
        while (true) {
            var entries = unread(connection, next);
            if (entries.isEmpty()) {
                connection.check();
                Thread.sleep(pause);
            } else {
                connection.send(entries.stream().map(ExportFormat.SYSLOG::line).toList());
                next = entries.getLast().entry().index() + 1;
                keep(next);
            }
        }
    }

    private List<Exported> unread(SyslogOverTls connection, long next) throws IOException, InterruptedException {
        while (true) {
            try {
                var entries = unread(next);
                looks = 0;
                return entries;
            } catch (LogUnavailable | UncheckedIOException notNow) {
                looks++;
                if (looks == LOOKS) {
                    throw notNow;
                }
                say("The log is looked at again: " + notNow.getMessage() + ".");
            }
            connection.check();
            Thread.sleep(pause);
        }
    }

    /** Read anew each time, for there may be entries of people who were not there before. */
    private List<Exported> unread(long next) {
        try {
            var reader = new LogReader(log);
            if (reader.size() < furthest) {
                throw new LogUnavailable("the file of --state says that " + furthest
                        + " entries were sent, and the log has " + reader.size()
                        + ": it is another log, or it was put back, or the gateway has not started since the machine"
                        + " stopped");
            }
            return reader.export(Filter.ANY, next, AT_ONCE);
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be read", e);
        }
    }

    private void keep(long next) {
        if (next <= furthest) {
            return;
        }
        furthest = next;
        try {
            PrivateFiles.replace(state, Long.toString(next).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("how far the log was sent cannot be kept", e);
        }
    }

    private void say(String words) {
        if (!words.equals(said)) {
            err.println(words);
            said = words;
        }
    }
}
