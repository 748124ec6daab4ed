package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.verify.CheckpointFile;

/** Keys, acts and logs for the tests of the log. */
final class Samples {
    /** From the documentation of Go's golang.org/x/mod/sumdb/note. */
    static final String SIGNING_KEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    static final String VERIFIER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    static final Clock NOON = Clock.fixed(Instant.parse("2026-04-01T03:00:00Z"), ZoneOffset.UTC);

    private Samples() {}

    static Act act(int number) {
        return new Act(
                "researcher-" + number % 7,
                number % 3 == 0 ? "job.submit" : "output.preview",
                number % 2 == 0 ? "stroke-care" : "ageing-towns",
                "job-" + number,
                Map.of("sql-sha256", "9f86d081884c7d65", "number", Integer.toString(number)));
    }

    static FileAuditLog open(Path home) {
        return open(home, Disk.REAL);
    }

    /** Signs every 5 ms and verifies only when it is asked to. */
    static FileAuditLog open(Path home, Disk disk) {
        return open(home, disk, Duration.ofMillis(5));
    }

    static FileAuditLog open(Path home, Disk disk, Duration signEvery) {
        var settings = new FileAuditLog.Settings(disk, signEvery, Duration.ofDays(1), LogPolicy.USUAL);
        return FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC(), settings);
    }

    /** Every complete checkpoint of a file. */
    static List<String> notes(Path file) throws IOException {
        var all = new ArrayList<String>();
        try (var notes = CheckpointFile.open(file, 0)) {
            for (var note = notes.next(); note != null; note = notes.next()) {
                all.add(note);
            }
        }
        return all;
    }

    /** Appends that many entries with 256 threads, so that they share syncs. */
    static void fill(AuditLog log, int entries) {
        var next = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 256; i++) {
                threads.execute(() -> {
                    for (int n = next.getAndIncrement(); n < entries; n = next.getAndIncrement()) {
                        log.record(act(n), Result.DONE);
                    }
                });
            }
        }
    }
}
