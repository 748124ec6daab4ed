package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.http.Visitor;

/** A gateway that is killed with SIGKILL again and again in the middle of one upload. */
class IngressKillIT {
    private static final int PIECE = 256 << 10;

    @TempDir
    Path home;

    @RegisterExtension
    final GatewayProcesses gateways = new GatewayProcesses();

    @Test
    void anUploadSurvivesEveryKill() throws Exception {
        var bytes = new byte[6 << 20];
        var random = new Random(5);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 64 == 63 ? '\n' : '0' + random.nextInt(10));
        }
        var gateway = gateways.start(home);
        var visitor = Visitor.signedIn(gateway.port(), "researcher");
        var begun = visitor.post(
                "/api/projects/stroke-care/inputs",
                "{\"name\":\"kept.txt\",\"bytes\":%d,\"purpose\":\"why\",\"kind\":\"file\",\"sha256\":\"%s\"}"
                        .formatted(bytes.length, Hashes.sha256(bytes)));
        var id = Visitor.json(begun).path("id").asText();
        for (int round = 0; round < 4; round++) {
            var port = gateway.port();
            gateway.killAfter(random.nextInt(20, 250), () -> sendSome(Visitor.signedIn(port, "researcher"), id, bytes));
            gateway = gateways.start(home);
        }
        send(Visitor.signedIn(gateway.port(), "researcher"), id, bytes);
        var steward = Visitor.signedIn(gateway.port(), "steward");
        assertThat(until(steward, id, "waiting").path("sha256").asText()).isEqualTo(Hashes.sha256(bytes));
        steward.post("/api/inputs/" + id + "/reviews", "{\"decision\":\"accept\",\"note\":\"read\"}");
        until(steward, id, "delivered");
        assertThat(Files.readAllBytes(home.resolve("projects/stroke-care/delivered/files/kept.txt")))
                .isEqualTo(bytes);
    }

    private static void sendSome(Visitor visitor, String id, byte[] bytes) {
        for (int i = 0; i < 3; i++) {
            piece(visitor, id, bytes);
        }
    }

    private static void send(Visitor visitor, String id, byte[] bytes) {
        while (piece(visitor, id, bytes) == 204) {
            // the next one
        }
    }

    /** The piece that is due by the gateway's own count. */
    private static int piece(Visitor visitor, String id, byte[] bytes) {
        HttpResponse<String> head =
                visitor.send(visitor.request("/api/inputs/" + id).HEAD());
        var from = Integer.parseInt(head.headers().firstValue("Upload-Offset").orElseThrow());
        if (from == bytes.length) {
            return 0;
        }
        var piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE));
        return visitor.send(visitor.request("/api/inputs/" + id)
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Upload-Offset", "" + from)
                        .method("PATCH", BodyPublishers.ofByteArray(piece)))
                .statusCode();
    }

    private static JsonNode until(Visitor visitor, String id, String state) throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            var now = Visitor.json(visitor.get("/api/inputs/" + id));
            if (now.path("state").asText().equals(state)) {
                return now;
            }
            Thread.sleep(25);
        }
        throw new IllegalStateException("it never is " + state);
    }
}
