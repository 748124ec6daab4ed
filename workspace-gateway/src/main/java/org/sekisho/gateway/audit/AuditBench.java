package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code sekisho bench audit [ENTRIES]}: durable entries a second with 1 and with 64 writers, beside a bare loop of
 * write and fdatasync on the same disk; then start, whole verification and a search that finds nothing. One JSON line
 * per figure.
 */
public final class AuditBench {
    private static final int RAW = 3_000;
    private static final Act ACT = new Act(
            "researcher-7f3a91c04d",
            "job.submit",
            "stroke-care",
            "job-5e1f0c77aa",
            Map.of("sql-sha256", "9f".repeat(32)));

    private final Path directory;
    private final PrintStream out;

    private AuditBench(Path directory, PrintStream out) {
        this.directory = directory;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        int entries = arguments.length == 0 ? 200_000 : Integer.parseInt(arguments[0]);
        var directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "audit-bench-");
        try {
            new AuditBench(directory, System.out).run(entries);
        } finally {
            delete(directory);
        }
    }

    private void run(int entries) throws IOException {
        double raw = raw();
        print("raw write+fdatasync of one entry", raw, "per second", raw);
        write("1 writer", 1, Math.min(entries, 4_000), raw);
        write("64 writers", 64, entries, raw);
        read();
    }

    private double raw() throws IOException {
        var line = new byte[400];
        Arrays.fill(line, (byte) 'x');
        try (var file =
                FileChannel.open(directory.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            for (int i = 0; i < RAW; i++) {
                file.write(ByteBuffer.wrap(line));
                file.force(false);
            }
            return RAW / seconds(start);
        }
    }

    private void write(String name, int writers, int entries, double raw) {
        try (var log = open()) {
            burst(log, writers, Math.min(entries, 2_000));
            long start = System.nanoTime();
            var nanos = burst(log, writers, entries);
            print("durable entries, " + name, entries / seconds(start), "per second", raw);
            Arrays.sort(nanos);
            print("latency p50, " + name, nanos[nanos.length / 2] / 1e6, "ms", 1e3 / raw);
            print("latency p99, " + name, nanos[(int) (nanos.length * 0.99)] / 1e6, "ms", 1e3 / raw);
        }
    }

    private static long[] burst(AuditLog log, int writers, int entries) {
        var nanos = new long[entries];
        var next = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < writers; writer++) {
                threads.execute(() -> {
                    for (int i = next.getAndIncrement(); i < entries; i = next.getAndIncrement()) {
                        long start = System.nanoTime();
                        log.record(ACT, Result.DONE);
                        nanos[i] = System.nanoTime() - start;
                    }
                });
            }
        }
        return nanos;
    }

    private void read() {
        long start = System.nanoTime();
        try (var log = open()) {
            print("start", seconds(start) * 1e3, "ms", 1_000);
            long size = log.checkpoint().size();
            start = System.nanoTime();
            var verification = log.verify();
            if (!verification.holds()) {
                throw new LogUnavailable("the bench's own log does not hold");
            }
            print("verification from bytes", size / seconds(start), "entries per second", 600_000);
            start = System.nanoTime();
            log.search(new Filter("nobody", null, null, null, null, null), null, 100);
            print("search through " + size + " entries that finds none", seconds(start) * 1e3, "ms", 1_000);
        }
    }

    private FileAuditLog open() {
        return FileAuditLog.open(directory.resolve("log"), directory.resolve("keys"), Clock.systemUTC());
    }

    /** The limit is the raw loop's figure of this run, or the wanted one. */
    private void print(String figure, double value, String unit, double limit) {
        out.printf(
                Locale.ROOT,
                "{\"figure\":\"%s\",\"value\":%.2f,\"unit\":\"%s\",\"limit\":%.2f,\"ratio\":%.2f}%n",
                figure,
                value,
                unit,
                limit,
                value / limit);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
