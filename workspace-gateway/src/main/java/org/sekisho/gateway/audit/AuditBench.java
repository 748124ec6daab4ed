package org.sekisho.gateway.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code sekisho bench audit [ENTRIES]}: durable entries a second with 1 and with 64 writers, beside fio's rate of 4 KiB
 * write and fdatasync on the same disk (or a bare loop of the same where there is no fio); then start, whole
 * verification and a search that finds nothing. One JSON line per figure.
 */
public final class AuditBench {
    private static final int RAW = 3_000;
    private static final double WANTED = 5_000;
    private static final double LONGEST_MILLIS = 20;
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
        var fio = fio();
        double floor = fio.isPresent() ? fio.getAsDouble() : raw();
        print(
                fio.isPresent() ? "fio, 4 KiB write+fdatasync" : "loop, 4 KiB write+fdatasync",
                floor,
                "per second",
                floor);
        write("1 writer", 1, Math.min(entries, 4_000), floor, 1_000);
        write("64 writers", 64, entries, floor, WANTED);
        read();
    }

    /** Empty where it is not installed. */
    private OptionalDouble fio() throws IOException {
        try {
            var process = new ProcessBuilder(
                            "fio",
                            "--name=floor",
                            "--directory=" + directory,
                            "--rw=write",
                            "--bs=4k",
                            "--size=64m",
                            "--ioengine=psync",
                            "--fdatasync=1",
                            "--time_based",
                            "--runtime=3",
                            "--output-format=json")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var said = new ObjectMapper().readTree(process.getInputStream());
            Files.deleteIfExists(directory.resolve("floor.0.0"));
            return OptionalDouble.of(said.at("/jobs/0/write/iops").asDouble());
        } catch (IOException notHere) {
            if (String.valueOf(notHere.getMessage()).contains("No such file")) {
                return OptionalDouble.empty();
            }
            throw notHere;
        }
    }

    private double raw() throws IOException {
        var block = new byte[4096];
        try (var file =
                FileChannel.open(directory.resolve("raw"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long start = System.nanoTime();
            for (int i = 0; i < RAW; i++) {
                file.write(ByteBuffer.wrap(block));
                file.force(false);
            }
            return RAW / seconds(start);
        }
    }

    private void write(String name, int writers, int entries, double floor, double wanted) {
        try (var log = open()) {
            burst(log, writers, Math.min(entries, 2_000));
            long start = System.nanoTime();
            var nanos = burst(log, writers, entries);
            double rate = entries / seconds(start);
            print("durable entries, " + name, rate, "per second", wanted);
            print("durable entries, " + name + ", beside the disk alone", rate, "per second", floor);
            Arrays.sort(nanos);
            print("latency p50, " + name, nanos[nanos.length / 2] / 1e6, "ms", 1e3 / floor);
            print("latency p99, " + name, nanos[(int) (nanos.length * 0.99)] / 1e6, "ms", LONGEST_MILLIS);
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

    /** The limit is what the disk alone did in this run, or what is wanted. */
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
