package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.checker.Verdict;
import org.sekisho.gateway.airlock.FakeJudging;
import org.sekisho.gateway.airlock.Hashes;

/** Notebooks over plain HTTP, and the outputs of several files that they become. */
class NotebookJobsIT {
    private static final String FORMAT = """
            {"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"name":"python3"}},
             "cells":[{"cell_type":"code","source":["print('%s')"],"outputs":[]}]}""";

    @TempDir
    Path home;

    House house;
    Visitor analyst;
    Visitor checker;
    Visitor checker2;

    @BeforeEach
    void open() {
        house = new House(home);
        analyst = house.visitor("analyst");
        checker = house.visitor("checker");
        checker2 = house.visitor("checker2");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void releasesEveryFileOfANotebookWithItsHash() throws Exception {
        var output = held("fine");
        var path = "/api/outputs/" + output.path("id").asText();
        assertThat(output.path("origin").asText()).isEqualTo("notebook");
        assertThat(output.path("context").asText()).isEqualTo("why");
        assertThat(output.path("files").findValuesAsText("name")).containsExactly("notebook.ipynb", "counts.csv");
        assertThat(output.toString()).doesNotContain("sha256").doesNotContain("bytes");
        assertThat(reason(analyst.get(path + "/files/notebook.ipynb"))).isEqualTo("403 held");

        assertThat(checker.get(path + "/files/amended-counts.csv").body()).isEqualTo(FakeJudging.AMENDED);
        var evidence = json(checker.get(path + "/evidence?file=counts.csv"));
        assertThat(evidence.at("/table/rows")).hasSize(3);
        assertThat(evidence.at("/amended/rows")).hasSize(3);
        var other = json(checker.get(path + "/evidence?file=notebook.ipynb"));
        assertThat(other.has("table")).isFalse();
        assertThat(other.has("sql")).isFalse();
        assertThat(reason(checker.get(path + "/evidence?file=x"))).isEqualTo("404 not-found");

        release(path, "release-amended");
        var released = json(analyst.get(path));
        assertThat(released.path("state").asText()).isEqualTo("released");
        assertThat(analyst.get(path + "/files/counts.csv").body()).isEqualTo(FakeJudging.AMENDED);
        var notebook = analyst.get(path + "/files/notebook.ipynb").body();
        assertThat(notebook).isEqualTo(FORMAT.formatted("fine"));
        assertThat(reason(analyst.get(path + "/files/amended-counts.csv"))).isEqualTo("404 not-found");
        assertThat(reason(analyst.get(path + "/files/judgement.json"))).isEqualTo("404 not-found");

        var certificate = json(analyst.get(path + "/certificate"));
        assertThat(certificate.path("files").findValuesAsText("sha256"))
                .containsExactly(Hashes.sha256(notebook), Hashes.sha256(FakeJudging.AMENDED));
        assertThat(certificate.path("files").findValuesAsText("amended")).containsExactly("false", "true");
        assertThat(certificate.path("notebook").asText()).isEqualTo(Hashes.sha256(FORMAT.formatted("fine")));
        assertThat(certificate.has("sql")).isFalse();
        var entry = house.log.entry(certificate.at("/log/entry").asLong()).orElseThrow();
        assertThat(entry.detail())
                .containsEntry("manifest", certificate.path("manifest").asText());
        assertThat(released.path("files").findValuesAsText("sha256"))
                .containsExactlyElementsOf(certificate.path("files").findValuesAsText("sha256"));
    }

    /** Whoever tries candidates against a plain hash finds a small table, and the store stays when a project is closed. */
    @Test
    void keepsNoPlainHashOfWhatHasNotLeftInTheStore() throws Exception {
        var folder = home.resolve("projects/stroke-care/held")
                .resolve(held("fine").path("id").asText());
        var store = new StringBuilder();
        for (var file : List.of("sekisho.db", "sekisho.db-wal")) {
            store.append(Files.readString(home.resolve(file), StandardCharsets.ISO_8859_1));
        }
        assertThat(store).contains("counts.csv");
        for (var held : List.of("judgement.json", "submitted/counts.csv", "leaving/amended-counts.csv")) {
            assertThat(store).doesNotContain(Hashes.sha256(Files.readAllBytes(folder.resolve(held))));
        }
    }

    @Test
    void believesNoJudgementThatWasChanged() throws Exception {
        var id = held("fine").path("id").asText();
        var judgement = home.resolve("projects/stroke-care/held").resolve(id).resolve("judgement.json");
        Files.writeString(judgement, Files.readString(judgement).replace("amendable", "clear"));
        assertThat(checker.get("/api/outputs/" + id + "/evidence?file=counts.csv")
                        .statusCode())
                .isEqualTo(500);
    }

    @Tag("abuse-86")
    @Test
    void refusesAnOutputOfWhichOneFileWasSwappedAfterItsApproval() throws Exception {
        var path = "/api/outputs/" + held("fine").path("id").asText();
        checker.post(path + "/reviews", vote("release-amended"));
        Files.writeString(
                home.resolve("projects/stroke-care/held/" + path.substring(13) + "/leaving/notebook.ipynb"), "another");
        assertThat(reason(checker2.post(path + "/reviews", vote("release-amended"))))
                .isEqualTo("409 bytes-changed");
        assertThat(json(analyst.get(path)).path("state").asText()).isEqualTo("refused");
        assertThat(reason(analyst.get(path + "/files/counts.csv"))).isEqualTo("403 held");
    }

    @Test
    void answersNoDownloadOfBytesThatChangedAfterTheRelease() throws Exception {
        var path = "/api/outputs/" + held("fine").path("id").asText();
        release(path, "release-amended");
        Files.writeString(
                home.resolve("projects/stroke-care/held/" + path.substring(13) + "/leaving/amended-counts.csv"),
                "another");
        assertThat(reason(analyst.get(path + "/files/counts.csv"))).isEqualTo("409 bytes-changed");
        assertThat(analyst.get(path + "/files/notebook.ipynb").statusCode()).isEqualTo(200);
    }

    @Test
    void judgesNothingThatIsNotWhatWasSubmitted() throws Exception {
        house.judging.verdict = Verdict.CLEAR;
        house.judging.broken = true;
        var output = held("fine");
        assertThat(output.path("verdict").asText()).isEqualTo("refer");
        var path = "/api/outputs/" + output.path("id").asText();
        assertThat(reason(checker.post(path + "/reviews", vote("release")))).isEqualTo("409 verdict");
    }

    @Test
    void tellsCellAndErrorClassOfAFailedNotebookAndHoldsNothing() {
        var job = ended("fail");
        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.at("/error/code").asText()).isEqualTo("cell-failed");
        assertThat(job.at("/error/cell").asInt()).isEqualTo(2);
        assertThat(job.at("/error/class").asText()).isEqualTo("KeyError");
        assertThat(job.has("output")).isFalse();
        assertThat(there("held")).isEmpty();
    }

    @Test
    void showsWhichCellRunsAndCancels() throws Exception {
        var id = json(analyst.sendNotebook("stroke-care", FORMAT.formatted("wait"), ""))
                .path("id")
                .asText();
        JsonNode now = json(analyst.get("/api/jobs/" + id));
        for (int i = 0; i < 500 && !now.at("/progress").has("cell"); i++) {
            Thread.sleep(10);
            now = json(analyst.get("/api/jobs/" + id));
        }
        assertThat(now.at("/progress/cell").asInt()).isEqualTo(1);
        assertThat(now.at("/progress/of").asInt()).isEqualTo(2);
        assertThat(now.path("kind").asText()).isEqualTo("notebook");
        assertThat(now.has("sql")).isFalse();
        assertThat(analyst.delete("/api/jobs/" + id).statusCode()).isEqualTo(204);
        assertThat(analyst.ended(id).path("state").asText()).isEqualTo("cancelled");
        assertThat(there("held")).isEmpty();
    }

    @Test
    void takesUpANotebookAfterARestartAndHoldsItOnce() {
        var id = json(analyst.sendNotebook("stroke-care", FORMAT.formatted("wait"), ""))
                .path("id")
                .asText();
        house.close();
        house = new House(home);
        analyst = house.visitor("analyst");
        assertThat(json(analyst.get("/api/jobs/" + id)).path("state").asText()).isIn("queued", "running");
        analyst.delete("/api/jobs/" + id);
        assertThat(analyst.ended(id).path("state").asText()).isEqualTo("cancelled");
        assertThat(json(analyst.get("/api/projects/stroke-care/jobs?kind=notebook"))
                        .path("items"))
                .hasSize(1);
        assertThat(json(analyst.get("/api/projects/stroke-care/jobs?kind=sql")).path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | 400 invalid",
                "[] | 400 invalid",
                "{\"nbformat\":3,\"cells\":[]} | 400 invalid",
                "{\"nbformat\":4,\"metadata\":{\"kernelspec\":{\"name\":\"python3\"}},\"cells\":[]} | 400 invalid",
                "{\"nbformat\":4,\"metadata\":{\"kernelspec\":{\"name\":\"julia\"}},"
                        + "\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\"}]} | 400 invalid",
                "{\"nbformat\":4,\"metadata\":{},\"cells\":[{\"cell_type\":\"code\",\"source\":\"1\"}]} | 400 invalid",
                "{\"nbformat\":4,\"metadata\":{\"kernelspec\":{\"name\":\"ir\"}},\"cells\":[{\"cell_type\":\"x\"}]}"
                        + " | 400 invalid",
                "{\"nbformat\":4,\"nbformat\":4,\"cells\":[]} | 400 invalid"
            })
    void saysWhatIsWrongWithANotebook(String notebook, String expected) {
        assertThat(reason(analyst.sendNotebook("stroke-care", notebook, ""))).isEqualTo(expected);
        assertThat(there("notebooks")).isEmpty();
    }

    @Test
    void takesLargeNotebooksFromWhoIsSignedInAndNotTooLargeOnes() {
        var large = FORMAT.formatted("x".repeat(3 << 20));
        assertThat(analyst.sendNotebook("stroke-care", large, "").statusCode()).isEqualTo(202);
        assertThat(reason(analyst.sendNotebook("stroke-care", FORMAT.formatted("x".repeat(21 << 20)), "")))
                .isEqualTo("413 too-large");
        assertThat(reason(Visitor.stranger(house.port()).sendNotebook("stroke-care", large, "")))
                .isEqualTo("401 not-signed-in");
    }

    @Test
    void runsNoNotebookWhereThePermitGivesNone() {
        house.grant("bare", "ndb", 1, false, Duration.ofDays(-1), "analyst");
        assertThat(reason(analyst.sendNotebook("bare", FORMAT.formatted("x"), "")))
                .isEqualTo("403 permit-expired");
        assertThat(reason(analyst.sendNotebook("absent", FORMAT.formatted("x"), "")))
                .isEqualTo("404 not-found");
    }

    private void release(String path, String decision) {
        checker.post(path + "/reviews", vote(decision));
        checker2.post(path + "/reviews", vote(decision));
    }

    private JsonNode held(String word) {
        var job = ended(word);
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("held");
        return analyst.checked(job.path("output").asText());
    }

    private JsonNode ended(String word) {
        var sent = analyst.sendNotebook("stroke-care", FORMAT.formatted(word), "why");
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        return analyst.ended(json(sent).path("id").asText());
    }

    private static String vote(String decision) {
        return "{\"decision\":\"%s\",\"note\":\"a reason\"}".formatted(decision);
    }

    /** What lies in a part of the project's folder. */
    private List<String> there(String part) {
        var names = home.resolve("projects/stroke-care").resolve(part).toFile().list();
        return names == null ? List.of() : List.of(names);
    }
}
