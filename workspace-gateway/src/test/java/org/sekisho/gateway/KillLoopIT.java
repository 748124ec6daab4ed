package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.verify.VerifyCommand;
import org.sekisho.gateway.http.Visitor;

/** A gateway that is killed with SIGKILL, again and again, while statements come in. */
class KillLoopIT {
    private static final int ROUNDS = Integer.getInteger("sekisho.kills", 50);

    @TempDir
    Path home;

    private @Nullable GatewayProcess running;
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() throws Exception {
        if (running != null) {
            running.kill();
        }
    }

    private GatewayProcess start() throws Exception {
        var started = GatewayProcess.start(home);
        running = started;
        return started;
    }

    @Tag("abuse-33")
    @Test
    void losesNothingThatItAccepted() throws Exception {
        var random = new Random(7);
        Map<String, String> accepted = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            var gateway = start();
            var token = token(gateway.port(), "analyst");
            int number = round;
            gateway.killAfter(random.nextInt(20, 400), () -> submit(gateway.port(), token, number, accepted));
            assertThat(verified()).isEqualTo(0);
        }
        var port = start().port();
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

    /** Until nobody answers any more. */
    private void submit(int port, String token, int round, Map<String, String> accepted) throws Exception {
        for (int i = 0; i < 1_000; i++) {
            var key = round + "-" + i;
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/projects/stroke-care/jobs"))
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
        }
    }

    private String token(int port, String name) throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/session"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"user\":\"" + name + "\",\"password\":\"sekisho-demo\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Visitor.json(answer).path("token").asText();
    }
}
