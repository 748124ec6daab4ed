package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.Needed;
import org.sekisho.gateway.audit.InMemoryAuditLog;
import org.sekisho.gateway.audit.LogUnavailable;
import org.sekisho.gateway.audit.Result;

/** Real pairs of OpenSSL, looked at by a clock that a test turns. */
class CertificateWatchTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryAuditLog log = new InMemoryAuditLog(Clock.systemUTC());
    private final LaterClock clock = new LaterClock();
    private final List<String> served = new ArrayList<>();
    private CertificateWatch watch;
    private String first;

    @BeforeEach
    void start() throws Exception {
        Needed.program(Path.of("/usr/bin/openssl"), "openssl");
        make("first");
        make("next");
        put("first");
        var files = new Binding.Tls(folder.resolve("tls.crt"), folder.resolve("tls.key"), null);
        watch = new CertificateWatch(files, vertx, log, clock);
        first = watch.first().sha256();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void make(String name) throws Exception {
        var options = "req -x509 -days 2 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=" + name
                + " -keyout " + name + ".key -out " + name + ".crt";
        var command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(options.split(" ", -1)));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(words).isZero();
    }

    private void put(String name) throws Exception {
        for (var kind : List.of(".crt", ".key")) {
            Files.copy(folder.resolve(name + kind), folder.resolve("tls" + kind), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private boolean look() {
        return watch.look(usable -> served.add(usable.sha256()));
    }

    @Test
    void aNewPairIsServedOnce() throws Exception {
        assertThat(look()).isFalse();
        put("next");
        assertThat(look()).isTrue();
        assertThat(look()).isFalse();
        assertThat(served).hasSize(1).doesNotContain(first);
        assertThat(log.entries()).hasSize(2);
    }

    @Test
    void whatTheLogDidNotTakeIsLookedAtAgain() throws Exception {
        log.breakDown();
        put("next");
        assertThatThrownBy(this::look).isInstanceOf(LogUnavailable.class);
        assertThat(served).isEmpty();
        log.comeBack();
        assertThat(look()).isTrue();

        Files.writeString(folder.resolve("tls.crt"), "nothing");
        log.breakDown();
        assertThatThrownBy(this::look).isInstanceOf(LogUnavailable.class);
        log.comeBack();
        assertThat(look()).isFalse();
        assertThat(log.entries().getLast().detail()).containsEntry("reason", "tls.certificate is no PEM certificate");
    }

    @Test
    void whatIsNotValidYetIsToldOnceAndServedWhenItIs() throws Exception {
        clock.tick(Duration.ofHours(-2));
        put("next");
        assertThat(look()).isFalse();
        assertThat(look()).isFalse();
        assertThat(served).isEmpty();
        assertThat(log.entries()).hasSize(1);
        assertThat(log.entries().getFirst().result()).isEqualTo(Result.FAILED);
        assertThat(log.entries().getFirst().detail().get("reason"))
                .startsWith("the new certificate is not valid before ");
        clock.tick(Duration.ofHours(3));
        assertThat(look()).isTrue();
        assertThat(served).hasSize(1);
    }
}
