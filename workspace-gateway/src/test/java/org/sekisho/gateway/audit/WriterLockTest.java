package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against another process: see {@link InjectedFaultsIT}. */
final class WriterLockTest {
    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("lock");
    }

    @Test
    void isHeldOnceAndTakenAgainWhenItWasGivenBack() throws IOException {
        try (var lock = WriterLock.take(file)) {
            assertThatThrownBy(() -> WriterLock.take(file)).hasMessage("the log is open already");
            assertThatCode(lock::check).doesNotThrowAnyException();
        }
        WriterLock.take(file).close();
    }

    @Test
    void isLostWithItsFile() throws IOException {
        try (var lock = WriterLock.take(file)) {
            Files.delete(file);

            assertThatThrownBy(lock::check).isInstanceOf(LogUnavailable.class).hasMessage("the log's lock is gone");
        }
    }

    @Test
    void isLostToWhoeverTookItOnAnotherFileOfItsName() throws IOException {
        try (var lock = WriterLock.take(file)) {
            Files.delete(file);
            try (var other = WriterLock.take(file)) {
                assertThatThrownBy(lock::check)
                        .isInstanceOf(LogUnavailable.class)
                        .hasMessage("the log's lock was lost");
                assertThatCode(other::check).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void isLostWhenItIsGivenBack() throws IOException {
        var lock = WriterLock.take(file);
        lock.close();

        assertThatThrownBy(lock::check).isInstanceOf(LogUnavailable.class).hasMessage("the log's lock was lost");
    }
}
