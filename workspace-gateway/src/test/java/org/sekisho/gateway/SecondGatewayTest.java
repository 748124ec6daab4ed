package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.audit.LogUnavailable;

class SecondGatewayTest {
    @TempDir
    Path home;

    /** A newer one would bring the store to its own form, under the feet of the older one. */
    @Test
    void touchesNothingOfAHomeWhereAnotherOneServes() {
        try (var _ = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC())) {
            var settings = Settings.parse(List.of("--home", home.toString(), "--port", "0", "--ops-port", "0"));
            assertThatThrownBy(() -> Gateway.start(settings)).isInstanceOf(LogUnavailable.class);
            assertThat(home.resolve("sekisho.db")).doesNotExist();
        }
    }
}
