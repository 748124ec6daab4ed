package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokenDiskTest {
    @TempDir
    Path home;

    private final FailingDisk disk = new FailingDisk();

    @Tag("abuse-32")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20})
    void endsForGoodAtTheFirstFailedSync(int sync) {
        endsForGood(() -> disk.syncsLeft.set(sync));

        assertThat(disk.syncsAfterFailure)
                .as("a failed sync is not tried again")
                .hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20})
    void endsForGoodAtTheFirstFailedWrite(int write) {
        endsForGood(() -> disk.writesLeft.set(write));
    }

    @Test
    void deniesTheOutcomeAndTheProofAsWell() {
        try (var log = Samples.open(home, disk)) {
            var intent = log.intent(Samples.act(1));
            disk.syncsLeft.set(1);
            assertThatThrownBy(() -> log.outcome(intent, Result.DONE, Map.of())).isInstanceOf(LogUnavailable.class);
            assertThatThrownBy(() -> log.record(Samples.act(2), Result.DONE)).isInstanceOf(LogUnavailable.class);
            assertThat(log.available()).isFalse();
        }
    }

    /** Not even the entries that it had acknowledged before. */
    @Test
    void signsNothingMoreOnceItHasEnded() throws Exception {
        var checkpoints = home.resolve("log/checkpoints");
        try (var log = Samples.open(home, disk, Duration.ofSeconds(1))) {
            log.record(Samples.act(1), Result.DONE);
            Tampering.flip(home.resolve("log/entries-000000000.jsonl"), 20);
            var signed = Files.readAllBytes(checkpoints);
            assertThat(log.verify().holds()).isFalse();

            Thread.sleep(1_500);
            assertThat(checkpoints).hasBinaryContent(signed);
        }
    }

    /** Abuse case 31. */
    @Tag("abuse-31")
    @Test
    void deniesOnAFullDiskAndOpensAgainWhenThereIsRoom() throws Exception {
        var small = home.resolve("small");
        Files.createDirectories(small);
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()) == 0, "needs mount");
        try {
            var acknowledged = new ArrayList<Entry>();
            try (var log = Samples.open(small)) {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 10_000; i++) {
                                acknowledged.add(log.record(Samples.act(i), Result.DONE));
                            }
                        })
                        .isInstanceOf(LogUnavailable.class);
                assertThat(log.available()).isFalse();
            }
            assertThat(acknowledged).hasSizeGreaterThan(50);
            assertThat(run("mount", "-o", "remount,size=4m", small.toString())).isZero();
            assertHolds(small, acknowledged);
        } finally {
            run("umount", small.toString());
        }
    }

    private void endsForGood(Runnable plan) {
        var acknowledged = Collections.synchronizedList(new ArrayList<Entry>());
        try (var log = Samples.open(home, disk)) {
            plan.run();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int thread = 0; thread < 8; thread++) {
                    threads.execute(() -> writeUntilRefused(log, acknowledged));
                }
            }
            assertThat(log.available()).isFalse();
            assertThatThrownBy(() -> log.intent(Samples.act(0))).isInstanceOf(LogUnavailable.class);
            assertThat(acknowledged).hasSizeLessThan(20_000);
        }
        assertHolds(home, acknowledged);
    }

    private static void writeUntilRefused(AuditLog log, List<Entry> acknowledged) {
        try {
            for (int i = 0; i < 5_000; i++) {
                acknowledged.add(log.record(Samples.act(i), Result.DONE));
            }
        } catch (LogUnavailable ended) {
            assertThat(log.available()).isFalse();
        }
    }

    private static void assertHolds(Path home, List<Entry> acknowledged) {
        try (var again = Samples.open(home)) {
            acknowledged.forEach(entry -> assertThat(again.entry(entry.index())).contains(entry));
            assertThat(again.verify().holds()).isTrue();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
