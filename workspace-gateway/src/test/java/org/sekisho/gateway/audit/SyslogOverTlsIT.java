package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.export.SyslogOverTls;

/** One connection to a collector behind a real TLS socket. */
@Timeout(20)
final class SyslogOverTlsIT {
    @TempDir
    static Path certificates;

    @BeforeAll
    static void certify() throws Exception {
        TlsCollector.certify(certificates, "here", "ip:127.0.0.1");
        TlsCollector.certify(certificates, "elsewhere", "dns:collector.example");
        Files.writeString(
                certificates.resolve("both.pem"),
                Files.readString(certificates.resolve("elsewhere.pem"))
                        + Files.readString(certificates.resolve("here.pem")));
    }

    @Test
    void putsEachMessageBehindItsLengthInOctets() throws Exception {
        try (var collector = new TlsCollector(certificates, "here", 0);
                var connection = connect(collector, "here")) {
            connection.send(List.of("one", "東京\ninside", ""));
            connection.send(List.of("two"));
            for (int i = 0; collector.received().size() < 4 && i < 500; i++) {
                Thread.sleep(10);
            }
            assertThat(collector.received()).containsExactly("one", "東京\ninside", "", "two");
            assertThat(collector.protocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void believesEachAuthorityOfItsFile() throws Exception {
        try (var collector = new TlsCollector(certificates, "here", 0);
                var connection = connect(collector, "both")) {
            assertThatCode(connection::check).doesNotThrowAnyException();
        }
        try (var impostor = new TlsCollector(certificates, "elsewhere", 0)) {
            assertThatThrownBy(() -> connect(impostor, "both"))
                    .as("known, and of another name")
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("127.0.0.1");
            assertThatThrownBy(() -> connect(impostor, "here"))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("PKIX");
            assertThatThrownBy(() -> SyslogOverTls.connect("127.0.0.1", impostor.port(), SyslogOverTls.trusting(null)))
                    .as("none of those that Java trusts")
                    .isInstanceOf(SSLException.class);
            assertThat(impostor.received()).isEmpty();
        }
    }

    @Test
    void takesSilenceForPresenceAndDoesNotWaitForWords() throws Exception {
        try (var collector = new TlsCollector(certificates, "here", 0);
                var connection = connect(collector, "here")) {
            long before = System.nanoTime();
            connection.check();
            connection.check();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void takesNoWordOfTheCollectorForItsEnd() throws Exception {
        try (var collector = new TlsCollector(certificates, "here", 0);
                var connection = connect(collector, "here")) {
            connection.send(List.of("one"));
            collector.say(0);
            for (int i = 0; i < 20; i++) {
                connection.check();
                Thread.sleep(10);
            }
        }
    }

    @Test
    void noticesThatTheCollectorHasGone() throws Exception {
        var collector = new TlsCollector(certificates, "here", 0);
        try (var connection = connect(collector, "here")) {
            connection.send(List.of("one"));
            collector.close();
            assertThatThrownBy(() -> untilItFails(connection)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> connection.send(List.of("two"))).isInstanceOf(IOException.class);
        } finally {
            collector.close();
        }
    }

    @Test
    void saysNothingAfterItsEnd() throws Exception {
        try (var collector = new TlsCollector(certificates, "here", 0)) {
            var connection = connect(collector, "here");
            connection.close();
            assertThatThrownBy(() -> connection.send(List.of("late"))).isInstanceOf(IOException.class);
            assertThat(collector.received()).isEmpty();
        }
    }

    @Test
    void namesAFileWithoutCertificates() throws Exception {
        var empty = Files.writeString(certificates.resolve("empty.pem"), "");
        var garbled = Files.writeString(certificates.resolve("garbled.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");
        for (var file : List.of(empty, garbled)) {
            assertThatThrownBy(() -> SyslogOverTls.trusting(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(file + " has no certificates in PEM");
        }
    }

    private static void untilItFails(SyslogOverTls connection) throws Exception {
        for (int i = 0; i < 500; i++) {
            connection.check();
            Thread.sleep(10);
        }
    }

    private static SyslogOverTls connect(TlsCollector collector, String authority) throws IOException {
        return SyslogOverTls.connect(
                "127.0.0.1", collector.port(), SyslogOverTls.trusting(certificates.resolve(authority + ".pem")));
    }
}
