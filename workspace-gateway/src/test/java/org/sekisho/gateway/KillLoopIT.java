package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.verify.VerifyCommand;
import org.sekisho.gateway.http.Visitor;

/** A gateway that is killed with SIGKILL, again and again, while statements come in. */
class KillLoopIT {
    private static final int ROUNDS = Integer.getInteger("sekisho.kills", 50);

    @TempDir
    Path home;

    private @Nullable Process child;
    private int port;
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() throws Exception {
        if (child != null) {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void losesNothingThatItAccepted() throws Exception {
        var random = new Random(7);
        Map<String, String> accepted = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            start();
            var token = token("analyst");
            submitUntilKilled(token, round, accepted, random.nextInt(20, 400));
            assertThat(verified()).isEqualTo(0);
        }
        start();
        var analyst = Visitor.signedIn(port, "analyst");
        var outputs = new HashSet<String>();
        for (var job : accepted.keySet()) {
            var ended = analyst.ended(job);
            assertThat(ended.path("state").asText()).as(ended.toString()).isEqualTo("held");
            assertThat(outputs.add(ended.path("output").asText())).isTrue();
            assertThat(analyst.checked(ended.path("output").asText())
                            .path("state")
                            .asText())
                    .isEqualTo("held");
        }
        assertThat(accepted).hasSizeGreaterThan(ROUNDS / 2);
        assertThat(allOutputs(analyst)).containsAll(outputs).doesNotHaveDuplicates();
        var log = Visitor.json(Visitor.signedIn(port, "security").get("/api/audit?limit=1"));
        assertThat(log.at("/verified/holds").asBoolean()).isTrue();
    }

    /** With the public key alone, while nothing runs. */
    private int verified() {
        var key = home.resolve("log/key.pub").toString();
        return VerifyCommand.run(List.of(home.toString(), "--key", key), System.out, System.err);
    }

    private List<String> allOutputs(Visitor analyst) {
        var found = new ArrayList<String>();
        var cursor = "";
        do {
            var page = Visitor.json(analyst.get("/api/outputs?limit=200" + cursor));
            page.path("items").forEach(output -> found.add(output.path("job").asText()));
            cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
        return found.stream().map(job -> "o" + job.substring(1)).toList();
    }

    private void submitUntilKilled(String token, int round, Map<String, String> accepted, int millis) throws Exception {
        var process = Objects.requireNonNull(child);
        var end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        var killer = Thread.ofVirtual().start(() -> {
            while (System.nanoTime() < end) {
                pause();
            }
            process.destroyForcibly();
        });
        for (int i = 0; i < 1_000; i++) {
            try {
                var key = round + "-" + i;
                var answer = client.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + port + "/api/projects/stroke-care/jobs"))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", key)
                                .timeout(Duration.ofSeconds(10))
                                .POST(BodyPublishers.ofString("{\"kind\":\"sql\",\"sql\":\"select 1 as one\"}"))
                                .build(),
                        BodyHandlers.ofString());
                if (answer.statusCode() == 202) {
                    accepted.put(Visitor.json(answer).path("id").asText(), key);
                }
                Thread.sleep(15);
            } catch (IOException gone) {
                break;
            }
        }
        killer.join();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    private String token(String name) throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/session"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"user\":\"" + name + "\",\"password\":\"sekisho-demo\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Visitor.json(answer).path("token").asText();
    }

    /** Returns when it serves; a gateway whose log does not hold would not. */
    private void start() throws Exception {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
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
                "0"));
        var process = new ProcessBuilder(command)
                .redirectError(home.resolveSibling("kill-loop.log").toFile())
                .redirectOutput(Redirect.PIPE)
                .start();
        child = process;
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("Sekisho serves on")) {
                    port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                    return;
                }
            }
        }
        throw new IllegalStateException("the gateway did not start: " + process.waitFor());
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
