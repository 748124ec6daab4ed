package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.gateway.Needed;

/** A real writer process whose system calls fail, by strace. Abuse cases 31, 32 and 41. */
final class InjectedFaultsIT {
    private static final Path STRACE = Path.of("/usr/bin/strace");
    private static final Pattern SYNC = Pattern.compile("([0-9]+) +(?:fdatasync|fsync)\\([0-9]+<([^>]*)>.*");
    private static final Pattern RESUMED = Pattern.compile("([0-9]+) +<\\.\\.\\. (?:fdatasync|fsync) resumed>.*");

    @TempDir
    Path home;

    @BeforeEach
    void write() {
        try (var log = Samples.open(home)) {
            log.record(Samples.act(1), Result.DONE);
        }
    }

    @Tag("abuse-32")
    @Tag("abuse-31")
    @ParameterizedTest(name = "{0} at call {1} of each thread")
    @CsvSource({"EIO, 1", "EIO, 4", "EIO, 23", "ENOSPC, 5", "ENOSPC, 60"})
    void refusesTheActAndEndsWithoutTryingAgain(String error, int call) throws Exception {
        Needed.program(STRACE, "strace");
        var trace = home.resolve("trace");
        var process = new ProcessBuilder(
                        STRACE.toString(),
                        "-f",
                        "-qq",
                        "-y",
                        "-o",
                        trace.toString(),
                        "-e",
                        "trace=fdatasync,fsync",
                        "-e",
                        "inject=fdatasync,fsync:error=" + error + ":when=" + call,
                        StandaloneClasses.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InjectedWriter.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var acknowledged = process.inputReader().lines().map(Long::valueOf).toList();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(InjectedWriter.ENDED_WELL);
        assertThat(syncedAgain(Files.readAllLines(trace))).isEmpty();
        assertHolds(acknowledged);
    }

    /** Files of the log that were synced after a sync of them had failed. */
    private static List<String> syncedAgain(List<String> trace) {
        var failed = new HashSet<String>();
        var again = new ArrayList<String>();
        var underWay = new HashMap<String, String>();
        for (var line : trace) {
            var sync = SYNC.matcher(line);
            if (sync.matches()) {
                underWay.put(sync.group(1), sync.group(2));
                if (failed.contains(sync.group(2))) {
                    again.add(line);
                }
            }
            var resumed = RESUMED.matcher(line);
            if (line.contains("INJECTED") && (sync.matches() || resumed.matches())) {
                failed.add(underWay.get(sync.matches() ? sync.group(1) : resumed.group(1)));
            }
        }
        assertThat(failed).as("a sync has failed").isNotEmpty();
        return again;
    }

    private void assertHolds(List<Long> acknowledged) {
        try (var log = Samples.open(home)) {
            acknowledged.forEach(index -> assertThat(log.entry(index)).isPresent());
            assertThat(log.verify().holds()).isTrue();
        }
    }

    @Tag("abuse-41")
    @Test
    void refusesASecondWriterProcess() throws Exception {
        try (var log = Samples.open(home)) {
            assertThatThrownBy(() -> Samples.open(home))
                    .as("which would give up the lock of this process if it closed the file")
                    .hasMessage("the log is open already");
            var process = new ProcessBuilder(
                            StandaloneClasses.java(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            InjectedWriter.class.getName(),
                            home.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.inputReader().lines()).isEmpty();
            assertThat(process.waitFor()).isEqualTo(InjectedWriter.ENDED_WELL);
            assertThat(log.record(Samples.act(1), Result.DONE).index()).isEqualTo(3);
        }
    }

    @Test
    void endsWhenItsLockIsGone() throws Exception {
        try (var log = Samples.open(home)) {
            Files.delete(home.resolve("log/lock"));

            assertThatThrownBy(() -> log.record(Samples.act(1), Result.DONE)).isInstanceOf(LogUnavailable.class);
            assertThat(log.available()).isFalse();
        }
        assertHolds(List.of(0L, 1L, 2L));
    }

    @Test
    void givesWayToWhoeverTookTheLockInstead() throws Exception {
        try (var first = Samples.open(home)) {
            Files.delete(home.resolve("log/lock"));
            try (var second = Samples.open(home)) {
                assertThat(second.record(Samples.act(2), Result.DONE).index()).isEqualTo(4);
                assertThatThrownBy(() -> first.record(Samples.act(1), Result.DONE))
                        .isInstanceOf(LogUnavailable.class);
                assertThat(second.record(Samples.act(3), Result.DONE).index()).isEqualTo(5);
                assertThat(second.verify().holds()).isTrue();
            }
        }
    }

    @Test
    void endsWhenSomethingElseWritesToItsEntries() throws Exception {
        try (var log = Samples.open(home)) {
            Files.writeString(home.resolve("log/entries-000000000.jsonl"), "x", StandardOpenOption.APPEND);

            assertThatThrownBy(() -> log.record(Samples.act(1), Result.DONE)).isInstanceOf(LogUnavailable.class);
        }
    }
}
