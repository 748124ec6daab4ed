package org.sekisho.engine.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.sandbox.Modes;

/** The gateway's side of one worker process. */
final class Worker implements AutoCloseable {

    private static final long START_SECONDS = 30;
    private static final long STOP_MILLIS = 500;

    /** Memory of the JVM itself, of Arrow's batches and of thread stacks, on top of DuckDB's. */
    static final long OVERHEAD = 1L << 30;

    /**
     * Address space of data on top of that. A single value of many gigabytes is refused there as a clean error; the
     * vectors of deeply nested types reserve hundreds of megabytes that they never touch, and must fit.
     */
    static final long ADDRESSES = 2L << 30;

    private final Path directory;
    private final Path socket;
    private final Isolation.Started started;
    private final OutputStream lifeline;
    private volatile boolean killed;

    private Worker(Path directory, Path socket, Isolation.Started started, OutputStream lifeline) {
        this.directory = directory;
        this.socket = socket;
        this.started = started;
        this.lifeline = lifeline;
    }

    /** Starts a process over one provision and waits until it can be connected to. */
    static Worker start(
            Isolation isolation, Library library, Path directory, Provision provision, Limits limits, int lanes) {
        try {
            Files.createDirectories(directory);
            Modes.set(directory, "rwx------");
            var places = isolation.places(directory, provision.database());
            var started = isolation.start(directory, provision.database(), java(places, library));
            var settings = new WorkerSettings(
                    places.database(),
                    places.socket(),
                    limits.memoryBytes(),
                    limits.threads(),
                    lanes,
                    provision.tables());
            var lifeline = started.process().getOutputStream();
            lifeline.write((Wire.JSON.writeValueAsString(settings) + "\n").getBytes(StandardCharsets.UTF_8));
            lifeline.flush();
            var socket = isolation instanceof Runc ? directory.resolve("run").resolve("s") : directory.resolve("s");
            var worker = new Worker(directory, socket, started, lifeline);
            worker.awaitReady();
            return worker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Wire connect() throws IOException {
        return Wire.connect(socket);
    }

    /** False at once when it was killed here, although its process may need a moment. */
    boolean alive() {
        return !killed && started.process().isAlive();
    }

    /** The process that the operating system shows; for tests. */
    Process process() {
        return started.process();
    }

    /**
     * How the process ended, for the log: its exit status, 128 more than the signal after one. Waits a moment for its
     * end, and says so when it has not come.
     */
    String end() {
        try {
            return started.process().waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)
                    ? "exit status " + started.process().exitValue()
                    : "it still ran";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }

    void kill() {
        killed = true;
        started.kill();
    }

    /** Closes its lifeline, on which it ends by itself; kills it if it does not. */
    @Override
    public void close() {
        try {
            lifeline.close();
            if (!started.process().waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                kill();
                started.process().waitFor(START_SECONDS, TimeUnit.SECONDS);
            }
            Modes.delete(directory);
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException {
        var output = started.process().inputReader(StandardCharsets.UTF_8);
        // A worker that cannot start ends, and its output with it: no timer is needed for that.
        var first = output.readLine();
        if (!"ready".equals(first)) {
            close();
            throw new EngineException("worker-start", "an engine worker did not start");
        }
        Thread.ofVirtual().name("worker-output").start(() -> drain(output));
    }

    private static void drain(java.io.BufferedReader output) {
        try {
            while (output.readLine() != null) {
                // A worker has nothing to say; what a crash prints may hold data.
            }
        } catch (IOException e) {
            // Ended.
        }
    }

    private static List<String> java(Isolation.Places places, Library library) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.library.path=" + places.library(),
                "-Djava.io.tmpdir=" + places.temporary()));
        command.addAll(FLAGS);
        if (library.cached()) {
            command.add("-XX:AOTCache=" + places.library() + "/" + Library.CACHE);
        }
        command.addAll(List.of("-cp", library.classPath(places.library()), WorkerMain.class.getName()));
        return command;
    }

    /** Nothing of a crash is written anywhere: a dump would hold data. */
    static final List<String> FLAGS = List.of(
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xlog:disable",
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "-Darrow.enable_null_check_for_get=false",
            "-Darrow.enable_unsafe_memory_access=true");
}
