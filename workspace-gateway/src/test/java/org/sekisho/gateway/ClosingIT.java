package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.http.Visitor;
import org.sekisho.gateway.store.Store;
import org.sekisho.gateway.workspace.Homes;

/** A project with something of everything is closed, with the real engine; a canary in all of it is found nowhere. */
class ClosingIT {
    private static final Canary CANARY = new Canary("canary-7f3a91c2e5");
    private static final String PROJECT = "stroke-care";
    private static final String CLOSING = "/api/projects/" + PROJECT + "/closing";
    private static final String VOTE = "{\"decision\":\"release\",\"note\":\"" + CANARY.word() + "\"}";
    private static final int PATIENCE = 400;

    @TempDir
    Path home;

    @TempDir
    Path outside;

    private boolean sealed;
    private @Nullable Gateway running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    private int start() throws IOException {
        var arguments = new ArrayList<>(List.of("--home", home.toString(), "--port", "0", "--ops-port", "0", "--demo"));
        if (sealed) {
            arguments.addAll(RestKey.in(outside, 'a'));
        }
        var gateway = Gateway.start(Settings.parse(arguments));
        running = gateway;
        return gateway.port();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void nothingOfAClosedProjectIsLeftAndTheLogSaysSo(boolean encrypted) throws Exception {
        sealed = encrypted;
        int port = start();
        var researcher = Visitor.signedIn(port, "researcher");
        var released = release(port, researcher);
        var ledgered = home.resolve("projects").resolve(PROJECT).resolve("ledger");
        assertThat(ledgered).isNotEmptyDirectory();
        var held = researcher.run(PROJECT, "select '" + CANARY.word() + "' as c, count(*) as n from person");
        researcher.checked(held.path("output").asText());
        researcher.sendNotebook(PROJECT, notebook(), "counts", "");
        upload(researcher);
        plant(researcher);
        var other = Visitor.signedIn(port, "researcher").run("ageing-towns", "select count(*) as n from person");
        assertThat(other.path("state").asText()).isEqualTo("held");
        if (sealed) {
            assertThat(CANARY.below(home, home.resolve("projects")))
                    .as("on the disk there is what the store says, and nothing else")
                    .isNotEmpty()
                    .allMatch(place -> place.startsWith("sekisho.db"));
        }
        assertThat(CANARY.below(home))
                .as("the search finds what there is")
                .anyMatch(place -> place.startsWith("projects/stroke-care/held/"))
                .anyMatch(place -> place.startsWith("projects/stroke-care/homes/"))
                .anyMatch(place -> place.startsWith("projects/stroke-care/inputs/"))
                .anyMatch(place -> place.startsWith("projects/stroke-care/notebooks/"))
                .anyMatch(place -> place.startsWith("projects/stroke-care/data/"))
                .anyMatch(place -> place.startsWith("projects/stroke-care/recordings/"))
                .anyMatch(place -> place.startsWith("sekisho.db"));

        var endless = researcher.submit(
                PROJECT,
                "select count(*) as n from person a, person b, person c where a.birth_year + b.birth_year > c.birth_year");
        runs(researcher, endless);
        var reviewer = Visitor.signedIn(port, "reviewer");
        var security = Visitor.signedIn(port, "security");
        assertThat(reason(researcher.post(CLOSING, "{\"note\":\"over\"}"))).isEqualTo("404 not-found");
        assertThat(reason(security.post(CLOSING, "{\"note\":\"over\"}"))).isEqualTo("403 role");
        assertThat(reason(reviewer.post(CLOSING, "{\"note\":\" \"}"))).isEqualTo("400 note-needed");
        assertThat(reviewer.post(CLOSING, "{\"note\":\"the study is over\"}").statusCode())
                .isEqualTo(201);
        assertThat(reason(reviewer.post(CLOSING, "{\"note\":\"again\"}"))).isEqualTo("409 wrong-state");
        assertThat(reason(reviewer.post(CLOSING + "/decisions", "{\"decision\":\"confirm\"}")))
                .isEqualTo("403 own-change");
        var confirmed = security.post(CLOSING + "/decisions", "{\"decision\":\"confirm\"}");
        assertThat(confirmed.statusCode()).as(confirmed.body()).isEqualTo(201);
        assertThat(reason(security.post(CLOSING + "/decisions", "{\"decision\":\"confirm\"}")))
                .isEqualTo("403 permit-closed");
        var closing = closed(security);

        assertThat(json(reviewer.get("/api/projects/" + PROJECT)).path("state").asText())
                .isEqualTo("closed");
        assertThat(CANARY.below(home)).isEmpty();
        assertThat(home.resolve("projects").resolve(PROJECT)).doesNotExist();
        assertThat(ledgered).doesNotExist();
        assertThat(home.resolve("rest").resolve(PROJECT)).doesNotExist();
        if (sealed) {
            assertThat(home.resolve("keys/rest").resolve(PROJECT)).isEmptyFile();
        }
        assertThat(home.resolve("keys/project-" + PROJECT + ".key")).doesNotExist();
        assertThat(home.resolve("projects/ageing-towns/data")).isNotEmptyDirectory();
        assertThat(json(researcher.get("/api/jobs/" + endless)).path("state").asText())
                .isEqualTo("cancelled");
        assertThat(reason(researcher.post(
                        "/api/projects/" + PROJECT + "/jobs", "{\"kind\":\"sql\",\"sql\":\"select 1\"}")))
                .isEqualTo("403 permit-closed");
        assertThat(reason(researcher.get("/api/outputs/" + released + "/files/result.csv")))
                .isEqualTo("403 permit-closed");
        assertThat(researcher.get("/api/outputs/" + released + "/certificate").statusCode())
                .as("what left can still be accounted for")
                .isEqualTo(200);
        assertWhatStaysIsShown(released, researcher);
        assertWhatStaysIsShown(released, Visitor.signedIn(port, "checker"));
        assertThat(json(researcher.get("/api/jobs/" + other.path("id").asText()))
                        .path("state")
                        .asText())
                .isEqualTo("held");
        assertThat(reason(Visitor.signedIn(port, "checker").get("/api/outputs/" + released + "/evidence")))
                .isEqualTo("403 permit-closed");
        assertCertified(security, closing);

        stop();
        int again = start();
        var later = Visitor.signedIn(again, "security");
        assertThat(json(later.get(CLOSING)).path("state").asText()).isEqualTo("closed");
        assertThat(CANARY.below(home)).isEmpty();
        assertThat(home.resolve("projects").resolve(PROJECT)).doesNotExist();
        assertThat(json(later.get("/api/audit?limit=1")).at("/verified/holds").asBoolean())
                .isTrue();
        assertThat(Visitor.signedIn(again, "researcher")
                        .run("ageing-towns", "select count(*) as n from person")
                        .path("state")
                        .asText())
                .isEqualTo("held");
    }

    @Test
    void aRefusedClosingLeavesEverything() throws Exception {
        int port = start();
        var reviewer = Visitor.signedIn(port, "reviewer");
        var security = Visitor.signedIn(port, "security");
        reviewer.post(CLOSING, "{\"note\":\"over\"}");
        assertThat(json(security.post(CLOSING + "/decisions", "{\"decision\":\"refuse\"}"))
                        .path("state")
                        .asText())
                .isEqualTo("none");
        assertThat(Visitor.signedIn(port, "analyst")
                        .run(PROJECT, "select count(*) as n from person")
                        .path("state")
                        .asText())
                .isEqualTo("held");
        assertThat(reviewer.post(CLOSING, "{\"note\":\"again\"}").statusCode()).isEqualTo(201);
    }

    private static void assertWhatStaysIsShown(String released, Visitor person) {
        var path = "/api/outputs/" + released;
        var answer = person.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var output = json(answer);
        assertThat(output.path("state").asText()).isEqualTo("released");
        assertThat(output.at("/release/certificate").asText()).isEqualTo(path + "/certificate");
        assertThat(output.path("findings").isArray()).isTrue();
        assertThat(output.path("findings")).isEmpty();
        assertThat(output.path("files")).isEmpty();
        assertThat(person.get(path + "/certificate").statusCode()).isEqualTo(200);
        assertThat(reason(person.get(path + "/files/result.csv"))).isEqualTo("403 permit-closed");
    }

    private void assertCertified(Visitor security, JsonNode closing) {
        long entry = closing.path("certificate").asLong();
        var told = json(security.get("/api/audit?action=project.destroy")).at("/items/0");
        assertThat(told.path("index").asLong()).isEqualTo(entry);
        assertThat(told.path("project").asText()).isEqualTo(PROJECT);
        assertThat(told.path("result").asText()).isEqualTo("done");
        assertThat(told.at("/detail/files").asLong())
                .isEqualTo(closing.path("files").asLong())
                .isGreaterThan(10);
        assertThat(told.at("/detail/key").asText()).isEqualTo(sealed ? "destroyed" : "");
        assertThat(security.get("/api/audit/proof/" + entry).statusCode()).isEqualTo(200);
    }

    private static void runs(Visitor author, String job) throws InterruptedException {
        for (int i = 0; i < PATIENCE; i++) {
            if (json(author.get("/api/jobs/" + job)).path("state").asText().equals("running")) {
                return;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("it does not run");
    }

    private static JsonNode closed(Visitor security) throws InterruptedException {
        for (int i = 0; i < PATIENCE; i++) {
            var now = json(security.get(CLOSING));
            if (now.path("state").asText().equals("closed")) {
                return now;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("it is not closed: " + security.get(CLOSING).body());
    }

    /** @return id of an output that left */
    private static String release(int port, Visitor author) throws InterruptedException {
        var job = author.run(
                PROJECT,
                "select sex, count(*) as n from person where municipality <> '" + CANARY.word() + "' group by sex");
        var id = job.path("output").asText();
        author.checked(id);
        for (var name : List.of("checker", "checker2")) {
            var answer = Visitor.signedIn(port, name).post("/api/outputs/" + id + "/reviews", VOTE);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        }
        for (int i = 0; i < PATIENCE; i++) {
            if (json(author.get("/api/outputs/" + id)).path("state").asText().equals("released")) {
                return id;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("it is not released");
    }

    private static String notebook() {
        return """
                {"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"name":"python3","display_name":"Python 3"}},
                 "cells":[{"cell_type":"code","id":"a","metadata":{},"execution_count":null,"outputs":[],
                 "source":["x = '%s'"]}]}""".formatted(CANARY.word());
    }

    private static void upload(Visitor researcher) {
        var bytes = ("code,word\n1," + CANARY.word() + "\n").getBytes(StandardCharsets.UTF_8);
        var begun = researcher.post(
                "/api/projects/" + PROJECT + "/inputs",
                "{\"name\":\"codes.csv\",\"kind\":\"file\",\"purpose\":\"%s\",\"bytes\":%d}"
                        .formatted(CANARY.word(), bytes.length));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        var sent = researcher.send(researcher
                .request("/api/inputs/" + json(begun).path("id").asText())
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .method("PATCH", BodyPublishers.ofByteArray(bytes)));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(204);
    }

    /** What only workspaces make: a home, mounted and written to, a recording, and a file beside the data. */
    private void plant(Visitor researcher) throws IOException {
        var person = json(researcher.get("/api/session")).at("/user/id").asText();
        var homes = new Homes(home, ProjectFolders.in(home));
        var opened = homes.open(PROJECT, person, 77, 64L << 20);
        Files.writeString(opened.path().resolve("notes.txt"), CANARY.word());
        homes.close(opened);
        Files.createDirectories(home.resolve("projects/stroke-care/recordings/w-aaaaaaaaaaaaaaaa"));
        Files.writeString(
                home.resolve("projects/stroke-care/recordings/w-aaaaaaaaaaaaaaaa/r-aaaaaaaaaaaaaaaa"), CANARY.word());
        try (var provisions =
                Files.list(home.resolve("projects").resolve(PROJECT).resolve("data"))) {
            var folder = provisions.filter(Files::isDirectory).findFirst().orElseThrow();
            Files.createDirectories(folder.resolve("spill"));
            Files.writeString(folder.resolve("spill/duckdb_temp_block-1.block"), CANARY.word());
            Files.writeString(folder.resolve("data.duckdb.wal"), CANARY.word());
        }
        var now = Instant.now().toString();
        try (var store = Store.open(home)) {
            store.run(handle -> {
                handle.execute(
                        "insert into home (project, person, number, created) values (?, ?, 77, ?)",
                        PROJECT,
                        person,
                        now);
                handle.execute(
                        "insert into workspace (id, number, project, owner, image, state, permit, opened, seen, ended)"
                                + " values ('w-aaaaaaaaaaaaaaaa', 1, ?, ?, 'desktop', 'ended', 1, ?, ?, ?)",
                        PROJECT,
                        person,
                        now,
                        now,
                        now);
                handle.execute(
                        "insert into recording (id, number, workspace, project, person, state, started)"
                                + " values ('r-aaaaaaaaaaaaaaaa', 1, 'w-aaaaaaaaaaaaaaaa', ?, ?, 'sealed', ?)",
                        PROJECT,
                        person,
                        now);
            });
        }
    }
}
