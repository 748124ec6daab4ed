package org.sekisho.gateway.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.audit.verify.Layout;

class LogAtTest {
    @TempDir
    Path home;

    @Test
    void whoeverIsMetAfterThatMomentIsNotTaken() throws Exception {
        var layout = new Layout(home.resolve("log"));
        var persons = home.resolve("log/persons");
        try (var log = FileAuditLog.open(layout.directory(), home.resolve("keys"), Clock.systemUTC())) {
            log.record(Act.of("early", "session.open"), Result.DONE);
            long early = Files.size(persons);
            var at = LogAt.newest(layout);
            log.record(Act.of("late", "session.open"), Result.DONE);

            assertThat(early).isPositive();
            assertThat(Files.size(persons)).isGreaterThan(early);
            assertThat(at.bytes(layout, persons)).isEqualTo(early);
        }
    }

    @Test
    void aLineThatIsBeingWrittenIsNotTaken() throws Exception {
        var layout = new Layout(home.resolve("log"));
        var persons = home.resolve("log/persons");
        try (var log = FileAuditLog.open(layout.directory(), home.resolve("keys"), Clock.systemUTC())) {
            assertThat(LogAt.newest(layout).bytes(layout, persons)).isZero();
            log.record(Act.of("early", "session.open"), Result.DONE);
            long early = Files.size(persons);
            Files.writeString(persons, "{\"reference\":\"p:", StandardOpenOption.APPEND);

            assertThat(LogAt.newest(layout).bytes(layout, persons)).isEqualTo(early);
        }
    }
}
