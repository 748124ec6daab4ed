package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.http.Visitor;

/** A gateway that is killed with SIGKILL while it releases: no release is ever without its entry of the ledger. */
class LedgerKillIT {
    private static final int ROUNDS = 5;

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
    void everyReleaseIsRememberedWhateverWasKilled() throws Exception {
        var random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            start();
            var output = held(round);
            Visitor.signedIn(port, "checker").post("/api/outputs/" + output + "/reviews", vote());
            voteUntilKilled(output, random.nextInt(0, 60));
        }
        start();
        decided();
        var released = new TreeSet<String>();
        json(Visitor.signedIn(port, "checker").get("/api/outputs?state=released&limit=50"))
                .path("items")
                .forEach(each -> released.add(each.path("id").asText()));
        var output = held("municipality <> '24321'");
        var compared = json(Visitor.signedIn(port, "checker").get("/api/outputs/" + output + "/evidence"))
                .at("/judgement/evidence/compared");
        assertThat(compared.path("damaged")).isEmpty();
        assertThat(compared.path("unknown")).isEmpty();
        assertThat(compared.path("releases").asInt()).isEqualTo(released.size());
        assertThat(new TreeSet<>(compared.path("differences").findValuesAsText("release")))
                .isEqualTo(released);
    }

    /** What both have voted on is carried out by the next gateway, in its own time. */
    private void decided() throws InterruptedException {
        var checker = Visitor.signedIn(port, "checker");
        for (int i = 0; i < 200; i++) {
            var waiting = json(checker.get("/api/outputs?state=held&limit=50"))
                    .path("items")
                    .valueStream()
                    .anyMatch(each -> each.path("reviewsGiven").asInt() == 2);
            if (!waiting) {
                return;
            }
            Thread.sleep(25);
        }
        throw new IllegalStateException("a decision is not carried out");
    }

    private String held(int round) {
        return held("birth_year <> " + (1700 + round));
    }

    private String held(String condition) {
        var analyst = Visitor.signedIn(port, "analyst");
        var job = analyst.run(
                "stroke-care",
                "select prefecture, count(*) as n from person where prefecture in ('三重県', '愛知県') and " + condition
                        + " group by prefecture");
        var id = job.path("output").asText();
        JsonNode checked = analyst.checked(id);
        assertThat(checked.path("state").asText()).as(checked.toString()).isEqualTo("held");
        return id;
    }

    private void voteUntilKilled(String output, int millis) throws Exception {
        var process = Objects.requireNonNull(child);
        var visitor = Visitor.signedIn(port, "checker2");
        var killer = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            process.destroyForcibly();
        });
        try {
            visitor.post("/api/outputs/" + output + "/reviews", vote());
        } catch (RuntimeException gone) {
            // as planned
        }
        killer.join();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static String vote() {
        return "{\"decision\":\"release\",\"note\":\"read\"}";
    }

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
                .redirectError(home.resolveSibling("ledger-kill.log").toFile())
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
