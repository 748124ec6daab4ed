package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.verify.VerifyCommand;
import org.sekisho.gateway.backup.BackupCommand;
import org.sekisho.gateway.backup.RestoreCommand;
import org.sekisho.gateway.http.Visitor;

/** A real gateway that works while it is backed up, and the one that comes up from the backup. */
class BackupIT {
    private static final String VOTE = "{\"decision\":\"release\",\"note\":\"read\"}";
    private static final String AMENDED = "{\"decision\":\"release-amended\",\"note\":\"read\"}";

    @TempDir
    Path folder;

    private final List<GatewayProcess> running = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var each : running) {
            each.kill();
        }
    }

    private GatewayProcess start(Path home) throws Exception {
        Files.createDirectories(home);
        var started = GatewayProcess.start(home);
        running.add(started);
        return started;
    }

    private record Ran(int code, JsonNode out, String err) {}

    private interface Command {
        int run(List<String> arguments, PrintStream out, PrintStream err);
    }

    private static Ran run(Command command, Object... arguments) throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var code = command.run(
                Arrays.stream(arguments).map(Object::toString).toList(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Ran(
                code,
                Visitor.JSON.readTree(out.toString(StandardCharsets.UTF_8)),
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aBackupUnderLoadComesBackAsItWas() throws Exception {
        var home = folder.resolve("h");
        var gateway = start(home);
        var analyst = Visitor.signedIn(gateway.port(), "analyst");
        var before = released(gateway.port(), "prefecture <> '沖縄県'");
        var accepted = new ConcurrentSkipListSet<String>();
        accepted.add(before.path("job").asText());
        accepted.add(analyst.submit("stroke-care", "select 1 as one"));

        var going = new AtomicBoolean(true);
        var load = new ArrayList<Thread>();
        for (int i = 0; i < 3; i++) {
            int worker = i;
            load.add(Thread.ofVirtual().start(() -> {
                for (int j = 0; going.get(); j++) {
                    pause();
                    accepted.add(analyst.submit(
                            "stroke-care",
                            "select sex, count(*) as n from person where birth_year > " + (1900 + worker * 1000 + j)
                                    + " group by sex"));
                }
            }));
        }
        Thread.sleep(500);
        var certain = new TreeSet<>(accepted);
        var to = folder.resolve("to");
        var made = run(BackupCommand::run, "--home", home, "--to", to);
        assertThat(made.code).as(made.err).isZero();
        Thread.sleep(300);
        going.set(false);
        for (var each : load) {
            each.join();
        }
        assertThat(accepted.size()).as("accepted while the backup was made").isGreaterThan(certain.size());
        assertThat(gateway.isAlive()).isTrue();
        var outputs = outputs(analyst);

        var back = folder.resolve("b");
        var restored = run(RestoreCommand::run, "--from", to, "--home", back, "--key", home.resolve("log/key.pub"));
        assertThat(restored.code).as(restored.err).isZero();
        for (var name : List.of("logSize", "logRoot", "files", "bytes")) {
            assertThat(restored.out.get(name)).isEqualTo(made.out.get(name));
        }
        var verified = run(VerifyCommand::run, back, "--key", home.resolve("log/key.pub"));
        assertThat(verified.code).as(verified.err).isZero();
        assertThat(verified.out.asLong()).isEqualTo(made.out.path("logSize").asLong());

        var second = start(back);
        assertThat(analyst.at(second.port()).get("/api/session").statusCode())
                .as("sessions do not come back")
                .isEqualTo(401);
        var again = Visitor.signedIn(second.port(), "analyst");
        for (var job : certain) {
            assertThat(again.ended(job).path("state").asText()).isEqualTo("held");
        }
        assertThat(accepted).containsAll(jobs(again));
        outputs(again).forEach((id, files) -> assertThat(files).isEqualTo(outputs.getOrDefault(id, files)));
        for (var file : before.path("files")) {
            var path = "/api/outputs/" + before.path("id").asText() + "/files/"
                    + file.path("name").asText();
            assertThat(again.get(path).statusCode()).isEqualTo(200);
            assertThat(again.get(path).body()).isEqualTo(analyst.get(path).body());
        }
        assertThat(again.get("/api/outputs/" + before.path("id").asText() + "/certificate")
                        .body())
                .isEqualTo(analyst.get("/api/outputs/" + before.path("id").asText() + "/certificate")
                        .body());
        var security = Visitor.signedIn(second.port(), "security");
        var origin = json(security.get("/api/audit?action=gateway.restore")).at("/items/0/object");
        assertThat(origin).isEqualTo(made.out.get("backup"));
        assertThat(json(security.get("/api/audit?limit=1"))
                        .at("/verified/holds")
                        .asBoolean())
                .isTrue();
        assertThat(released(second.port(), "prefecture <> '北海道'").path("state").asText())
                .isEqualTo("released");

        second.stop();
        var next = folder.resolve("to2");
        var ofStopped = run(BackupCommand::run, "--home", back, "--to", next);
        assertThat(ofStopped.code).as(ofStopped.err).isZero();
        var third = folder.resolve("c");
        assertThat(run(RestoreCommand::run, "--from", next, "--home", third).code)
                .isZero();
        assertThat(run(VerifyCommand::run, third, "--key", home.resolve("log/key.pub")).out)
                .isEqualTo(ofStopped.out.get("logSize"));
    }

    private static void pause() {
        try {
            Thread.sleep(25);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatIsNoHomeIsRefused() throws Exception {
        var made = run(BackupCommand::run, "--home", folder, "--to", folder.resolve("to"));
        assertThat(made.code).isEqualTo(2);
        assertThat(made.err).contains("is not the home of a gateway");
        assertThat(run(BackupCommand::run, "--home", folder).err).startsWith("usage: sekisho backup");
        assertThat(run(RestoreCommand::run, "--from", folder, "--home", folder.resolve("b"), "--force", "yes").err)
                .startsWith("usage: sekisho restore");
        var restored = run(RestoreCommand::run, "--from", folder, "--home", folder.resolve("b"));
        assertThat(restored.code).isEqualTo(1);
        assertThat(restored.err).contains("manifest is missing");
    }

    private static JsonNode released(int port, String condition) throws Exception {
        var analyst = Visitor.signedIn(port, "analyst");
        var job = analyst.run(
                "stroke-care",
                "select prefecture, count(*) as n from person where " + condition + " group by prefecture");
        var id = job.path("output").asText();
        var checked = analyst.checked(id);
        var vote = checked.path("verdict").asText().equals("clear") ? VOTE : AMENDED;
        for (var name : List.of("checker", "checker2")) {
            var answer = Visitor.signedIn(port, name).post("/api/outputs/" + id + "/reviews", vote);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
        for (int i = 0; i < 200; i++) {
            var now = json(analyst.get("/api/outputs/" + id));
            if (now.path("state").asText().equals("released")) {
                return now;
            }
            Thread.sleep(25);
        }
        throw new IllegalStateException(
                "it is not released: " + analyst.get("/api/outputs/" + id).body());
    }

    /** Files with their hashes, of each output that is not being checked. */
    private static Map<String, JsonNode> outputs(Visitor analyst) {
        var found = new TreeMap<String, JsonNode>();
        pages(analyst, "/api/outputs?limit=200", each -> {
            if (!each.path("state").asText().equals("checking")) {
                found.put(each.path("id").asText(), each.path("files"));
            }
        });
        return found;
    }

    private static List<String> jobs(Visitor analyst) {
        var found = new ArrayList<String>();
        pages(
                analyst,
                "/api/outputs?limit=200",
                each -> found.add(each.path("job").asText()));
        return found.stream().filter(job -> !job.isEmpty()).toList();
    }

    private static void pages(Visitor visitor, String path, Consumer<JsonNode> found) {
        var cursor = "";
        do {
            var page = json(visitor.get(path + cursor));
            page.path("items").forEach(found);
            cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
    }
}
