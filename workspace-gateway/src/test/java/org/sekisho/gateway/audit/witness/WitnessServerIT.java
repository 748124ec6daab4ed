package org.sekisho.gateway.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.SignatureType;
import org.sekisho.gateway.audit.tlog.SigningKey;
import org.sekisho.gateway.audit.tlog.VerifierKeys;

/** The answers of C2SP tlog-witness as they stand in HTTP. */
final class WitnessServerIT {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-04-01T03:00:00Z"), ZoneOffset.UTC);
    private static final SigningKey LOG = SigningKey.create("log.example", SignatureType.ED25519);
    private static final SigningKey KEY = SigningKey.create("witness.example/w1", SignatureType.ED25519_COSIGNATURE);

    @TempDir
    Path state;

    private final HttpClient http = HttpClient.newHttpClient();
    private WitnessServer server;

    @BeforeEach
    void open() throws IOException {
        var witness = new Witness(state, List.of(KEY), List.of(new VerifierKeys(List.of(LOG.verifier()))), NOON);
        server = new WitnessServer(witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        server.close();
        http.close();
    }

    @Test
    void cosignsAndShowsWhatItCosigned() throws Exception {
        var signed = signed(1);
        assertThat(newest().statusCode()).isEqualTo(404);
        var answer = add("old 0\n\n" + signed.note());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(type(answer)).isEqualTo("text/plain; charset=utf-8");
        assertThat(signed.with(answer.body()).signed(KEY.verifier())).contains(NOON.instant());
        assertThat(newest().statusCode()).isEqualTo(200);
        assertThat(newest().body()).isEqualTo(signed.with(answer.body()).note());
    }

    @Test
    void saysTheSizeThatTheProofShouldHaveBegunWith() throws Exception {
        add("old 0\n\n" + signed(1).note());
        var answer = add("old 0\n\n" + signed(2).note());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("text/x.tlog.size");
        assertThat(answer.body()).isEqualTo("1\n");
    }

    @Test
    void refusesByTheStatusThatIsSaidFor() throws Exception {
        assertThat(add("nonsense").statusCode()).isEqualTo(400);
        assertThat(add("x".repeat(120_000)).statusCode()).isEqualTo(400);
        assertThat(add("x".repeat(120_001)).statusCode()).isEqualTo(413);
        assertThat(add("old 0\n\n" + signed(1).note().replace("log.example", "other.example"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(add("old 0\n\n" + signed(1).note().replace("\n1\n", "\n2\n")).statusCode())
                .isEqualTo(403);
        assertThat(add("old 0\nAAAA\n\n" + signed(1).note()).statusCode()).isEqualTo(400);
    }

    @Test
    void knowsNothingElse() throws Exception {
        for (var path : List.of("/", "/add-checkpoint/", "/" + "0".repeat(63) + "/checkpoint", "/witness.key")) {
            assertThat(ask("GET", path, BodyPublishers.noBody()).statusCode()).isEqualTo(404);
        }
        assertThat(ask("GET", "/add-checkpoint", BodyPublishers.noBody()).body())
                .startsWith("POST /add-checkpoint");
        assertThat(ask("POST", monitored(), BodyPublishers.ofString("x")).body())
                .startsWith("POST /add-checkpoint");
    }

    @Test
    void saysWhyItRefuses() throws Exception {
        assertThat(add("nonsense").body()).isEqualTo("not a request of tlog-witness\n");
        assertThat(add("x".repeat(120_001)).body()).isEqualTo("too long\n");
        assertThat(newest().body()).isEqualTo("never cosigned\n");
    }

    @Test
    void hasAPlaceForTheNextWhenARequestHasEnded() throws Exception {
        for (int i = 0; i < 40; i++) {
            assertThat(newest().statusCode()).as("request " + i).isEqualTo(404);
        }
    }

    /** Nobody waits behind those who begin a request and do not end it. */
    @Test
    void turnsAwayWhoComesWhenAllPlacesAreTaken() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 31; i++) {
                slow.add(begun());
            }
            assertThat(newest().statusCode()).as("one place is left").isEqualTo(404);
            slow.add(begun());
            var answer = newest();
            for (int i = 0; i < 100 && answer.statusCode() != 503; i++) {
                Thread.sleep(20);
                answer = newest();
            }
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("too many at once\n");
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void listensToNobodyAfterItsEnd() {
        server.close();

        assertThatThrownBy(this::newest).isInstanceOf(IOException.class);
    }

    private Socket begun() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.getOutputStream()
                .write("POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 900\r\n\r\nold 0"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static Checkpoint signed(long size) {
        var unsigned = Checkpoint.unsigned("log.example", size, Hashes.leaf(new byte[] {(byte) size}));
        return unsigned.with(LOG.sign(unsigned, 0));
    }

    private HttpResponse<String> add(String body) throws Exception {
        return ask("POST", "/add-checkpoint", BodyPublishers.ofString(body));
    }

    private HttpResponse<String> newest() throws Exception {
        return ask("GET", monitored(), BodyPublishers.noBody());
    }

    private static String monitored() {
        return "/" + Witness.hash("log.example") + "/checkpoint";
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("");
    }

    private HttpResponse<String> ask(String method, String path, BodyPublisher body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body)
                .timeout(Duration.ofSeconds(4))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
