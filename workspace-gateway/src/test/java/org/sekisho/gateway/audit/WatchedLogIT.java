package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.Hashes;

/** What is done beside an open log by itself: it is read again, and shown to a witness. */
@Timeout(30)
final class WatchedLogIT {
    private static final String NAME = "hospital.example/w";

    @TempDir
    Path home;

    private final ScriptedWitness witness = new ScriptedWitness(NAME);

    WatchedLogIT() throws IOException {}

    @AfterEach
    void close() {
        witness.close();
    }

    @Test
    void isVerifiedWithoutBeingAsked() throws Exception {
        try (var log = open()) {
            Samples.fill(log, 50);
            await(() -> log.verification().upTo() >= 51);
            assertThat(log.verification().holds()).isTrue();
            assertThat(log.verification().size()).isGreaterThanOrEqualTo(51);
        }
    }

    @Test
    void endsWhenItNoLongerHolds() throws Exception {
        try (var log = open()) {
            Samples.fill(log, 50);
            await(() -> log.verification().upTo() >= 51);
            Files.writeString(home.resolve("log/checkpoints"), "nonsense\n\n— x\n\n", StandardOpenOption.APPEND);
            await(() -> !log.available());
            assertThat(log.verification().holds()).isFalse();
            assertThat(log.verification().note()).startsWith("the checkpoint behind size 51 does not hold");
            assertThatThrownBy(() -> log.record(Samples.act(1), Result.DONE)).isInstanceOf(LogUnavailable.class);
        }
    }

    @Test
    void isShownToItsWitness() throws Exception {
        witness.cosigns();
        try (var log = open()) {
            Samples.fill(log, 50);
            await(() -> log.verification().witnesses().getFirst().size() >= 51);
            assertThat(log.verification().witnesses())
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.trouble()).isNull());
            assertThat(log.verify().witnesses()).hasSize(1);
        }
        int asked = witness.asked().size();
        Thread.sleep(100);
        assertThat(witness.asked()).as("nobody is asked after its end").hasSize(asked);
    }

    /** That a hash of old entries is wrong nothing else would find before the next start. */
    @Test
    void isShownToItsWitnessAgainThoughItsIndexWasWrong() throws Exception {
        try (var log = open()) {
            Samples.fill(log, 600);
            await(() -> log.checkpoint().size() == 601 && log.verification().upTo() == 601);
            Tampering.flip(home.resolve("log/index"), 16 * IndexRecord.BYTES);
            witness.answers(409, "20\n");
            witness.cosigns();

            await(() -> log.verification().witnesses().getFirst().size() >= 601);
            assertThat(log.search(new Filter(null, null, "log.mend", null, null, null), null, 10)
                            .entries())
                    .hasSize(2);
            assertThat(log.available()).isTrue();
        }
    }

    @Test
    void endsWhenAWitnessSawAnother() throws Exception {
        try (var log = open()) {
            log.record(Samples.act(1), Result.DONE);
            var key = LogKey.read(home.resolve("keys/log.key"));
            witness.shows(key.sign(1, Hashes.leaf(new byte[0]), 0).note());
            witness.answers(422, "");
            await(() -> !log.available());
            assertThat(log.verification().holds()).isFalse();
            assertThat(log.verification().note()).startsWith("the log is a fork: witness " + NAME);
            assertThat(log.verify().holds()).as("its files hold in themselves").isFalse();
            assertThat(log.verify().note()).startsWith("the log is a fork: witness " + NAME);
        }
    }

    private FileAuditLog open() {
        var policy = new LogPolicy(null, List.of(witness.address()), Duration.ofMillis(20));
        var settings = new FileAuditLog.Settings(Disk.REAL, Duration.ofMillis(5), Duration.ofMillis(20), policy);
        return FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC(), settings);
    }

    private static void await(BooleanSupplier enough) throws InterruptedException {
        while (!enough.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
