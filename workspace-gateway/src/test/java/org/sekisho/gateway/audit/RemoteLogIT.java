package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.verify.VerifyCommand;

final class RemoteLogIT {
    @TempDir
    Path home;

    private final InMemoryAuditLog log = new InMemoryAuditLog(Samples.NOON);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private HttpServer server;
    private boolean proves = true;
    private AuditLog served = log;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/audit/checkpoint",
                http -> answer(http, 200, served.checkpoint().note()));
        server.createContext("/api/audit/consistency", this::consistency);
        server.start();
        Samples.fill(log, 100);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void verifiesTheCheckpointAndSaysThatTheEntriesWereNotRead() {
        assertThat(run("--key", Samples.VERIFIER_KEY)).isZero();
        assertThat(answer()).isEqualTo("100");
        assertThat(words())
                .contains("Verified: the newest checkpoint, of size 100, is signed by ", "Not verified: the entries");
    }

    @Test
    void verifiesThatTheLogBeginsWithAKeptCheckpoint() throws IOException {
        var kept = kept(log);
        Samples.fill(log, 57);

        assertThat(run("--key", Samples.VERIFIER_KEY, "--from", kept)).isZero();
        assertThat(answer()).isEqualTo("157");
        assertThat(words().lines())
                .hasSize(3)
                .first()
                .isEqualTo("Verified: the log still begins with the kept checkpoint of size 100.");
    }

    @Test
    void findsARollback() throws IOException {
        var kept = kept(log);
        served = other(40);

        assertThat(run("--key", Samples.VERIFIER_KEY, "--from", kept)).isEqualTo(1);
        assertThat(answer()).isEqualTo("40");
        assertThat(words()).contains("rolled back: it was signed up to 100 and ends at 40");
    }

    @Test
    void findsAFork() throws IOException {
        var kept = kept(log);
        served = other(140);

        assertThat(run("--key", Samples.VERIFIER_KEY, "--from", kept)).isEqualTo(1);
        assertThat(answer()).isEqualTo("0");
        assertThat(words()).contains("checkpoint of size 100: one of the entries 0 to 99 is not what was signed");
    }

    @Test
    void doesNotSayThatItVerifiedWhatItCouldNot() throws IOException {
        var kept = kept(log);
        Samples.fill(log, 5);
        proves = false;

        assertThat(run("--key", Samples.VERIFIER_KEY, "--from", kept)).isEqualTo(2);
        assertThat(words()).contains("Not verified: that the log still begins");
    }

    @Test
    void needsNoProofWhereTheNewestCheckpointIsTheKeptOne() throws IOException {
        var kept = kept(log);
        assertThat(run("--key", Samples.VERIFIER_KEY, "--from", kept)).isZero();
        proves = false;

        assertThat(run("--key", Samples.VERIFIER_KEY, "--from", kept)).isZero();
        assertThat(words()).endsWith("That takes the log's folder." + System.lineSeparator());
        served = other(100);
        out.reset();
        assertThat(run("--key", Samples.VERIFIER_KEY, "--from", kept)).isEqualTo(2);
        assertThat(answer()).isEmpty();
    }

    @Test
    void takesACheckpointThatCoversNothingForTheBeginOfEveryLog() throws IOException {
        var kept = kept(other(0));
        proves = false;

        assertThat(run("--key", Samples.VERIFIER_KEY, "--from", kept)).isZero();
        assertThat(answer()).isEqualTo("100");
    }

    @Test
    void refusesAnotherKey() {
        var other = LogKey.create(home.resolve("other.key")).verifiers().text();

        assertThat(run("--key", other)).isEqualTo(1);
        assertThat(answer()).isEqualTo("0");
        assertThat(words()).contains("does not hold");
    }

    @Test
    void saysThatTheGatewayCannotBeReached() {
        server.stop(0);

        assertThat(run("--key", Samples.VERIFIER_KEY)).isEqualTo(2);
        assertThat(words().strip())
                .isEqualTo("audit verify: cannot read: http://127.0.0.1:"
                        + server.getAddress().getPort()
                        + ": nobody answers there; is the gateway running, and is that its address?");
    }

    @Test
    void saysThatNoTlsIsSpoken() throws Exception {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var answering = Thread.ofVirtual().start(() -> answerPlainly(plain));
            var place = "https://127.0.0.1:" + plain.getLocalPort();
            assertThat(verify(place, "--key", Samples.VERIFIER_KEY)).isEqualTo(2);
            assertThat(words().strip())
                    .isEqualTo("audit verify: cannot read: " + place
                            + ": it does not speak TLS; is it http://, or another port?");
            answering.join();
        }
    }

    private static void answerPlainly(ServerSocket plain) {
        try (var asked = plain.accept()) {
            asked.getInputStream().read(new byte[1 << 16]);
            asked.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            asked.getInputStream().readAllBytes();
        } catch (IOException gone) {
            // whoever asked has heard enough
        }
    }

    private static InMemoryAuditLog other(int entries) {
        var other = new InMemoryAuditLog(Samples.NOON);
        for (int i = 0; i < entries; i++) {
            other.record(Act.of("somebody-else", "job.submit"), Result.DONE);
        }
        return other;
    }

    private String kept(AuditLog log) throws IOException {
        return Files.writeString(home.resolve("kept"), log.checkpoint().note()).toString();
    }

    private void consistency(HttpExchange http) throws IOException {
        var sizes = Arrays.stream(http.getRequestURI().getQuery().split("&"))
                .map(each -> Long.valueOf(each.substring(each.indexOf('=') + 1)))
                .toList();
        var path = served.consistency(sizes.get(0), sizes.get(1)).stream()
                .collect(Collectors.joining("\",\"", "[\"", "\"]"));
        answer(http, proves ? 200 : 404, "{\"path\":" + path.replace("[\"\"]", "[]") + "}");
    }

    private static void answer(HttpExchange http, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    private int run(String... arguments) {
        return verify("http://127.0.0.1:" + server.getAddress().getPort() + "/", arguments);
    }

    private int verify(String place, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.add(place);
        return VerifyCommand.run(
                all,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String answer() {
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private String words() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
