package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.http.Visitor;

/** A gateway that is killed with SIGKILL again and again in the middle of one upload. */
class IngressKillIT {
    private static final int PIECE = 256 << 10;

    @TempDir
    Path home;

    private @Nullable Process child;
    private int port;

    @AfterEach
    void stop() throws Exception {
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void anUploadSurvivesEveryKill() throws Exception {
        var bytes = new byte[6 << 20];
        var random = new Random(5);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 64 == 63 ? '\n' : '0' + random.nextInt(10));
        }
        start();
        var visitor = Visitor.signedIn(port, "researcher");
        var begun = visitor.post(
                "/api/projects/stroke-care/inputs",
                "{\"name\":\"kept.txt\",\"bytes\":%d,\"purpose\":\"why\",\"kind\":\"file\",\"sha256\":\"%s\"}"
                        .formatted(bytes.length, Hashes.sha256(bytes)));
        var id = Visitor.json(begun).path("id").asText();
        for (int round = 0; round < 4; round++) {
            sendUntilKilled(id, bytes, random.nextInt(20, 250));
            start();
        }
        send(id, bytes);
        var steward = Visitor.signedIn(port, "steward");
        assertThat(until(steward, id, "waiting").path("sha256").asText()).isEqualTo(Hashes.sha256(bytes));
        steward.post("/api/inputs/" + id + "/reviews", "{\"decision\":\"accept\",\"note\":\"read\"}");
        until(steward, id, "delivered");
        assertThat(Files.readAllBytes(home.resolve("inputs/delivered/stroke-care/files/kept.txt")))
                .isEqualTo(bytes);
    }

    private void sendUntilKilled(String id, byte[] bytes, int millis) throws Exception {
        var process = child;
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        var killer = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.destroyForcibly();
        });
        try {
            var visitor = Visitor.signedIn(port, "researcher");
            for (int i = 0; i < 3; i++) {
                piece(visitor, id, bytes);
            }
        } catch (RuntimeException gone) {
            // as planned
        }
        killer.join();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    private void send(String id, byte[] bytes) {
        var visitor = Visitor.signedIn(port, "researcher");
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

    private void start() throws Exception {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.sekisho.gateway.Main",
                "--home",
                home.toString(),
                "--port",
                "0",
                "--ops-port",
                "0");
        var process = new ProcessBuilder(command)
                .redirectError(home.resolveSibling("ingress-kill.log").toFile())
                .start();
        child = process;
        var lines = process.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("Sekisho serves on")) {
                port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                return;
            }
        }
        throw new IllegalStateException("the gateway did not start: " + process.waitFor());
    }
}
