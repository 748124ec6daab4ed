package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.http.Visitor;

/** The main job from end to end, with the real engine, the real rules and invented data, over plain HTTP. */
class FlowIT {
    private static final String COUNTS = "select prefecture, count(*) as n from person group by prefecture";

    // Paths of sockets are short, and so must this one be.
    @TempDir
    static Path home;

    static Gateway gateway;
    static Visitor analyst;
    static Visitor security;

    @BeforeAll
    static void start() {
        gateway = Gateway.start(
                Settings.parse(List.of("--home", home.toString(), "--port", "0", "--ops-port", "0", "--demo")));
        analyst = visitor("analyst");
        security = visitor("security");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void countsLeaveWithoutSmallCells() {
        var job = analyst.run("stroke-care", COUNTS);
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("held");
        var id = job.path("output").asText();
        var path = "/api/outputs/" + id;
        analyst.checked(id);
        assertThat(reason(analyst.get(path + "/files/result.csv"))).isEqualTo("403 held");
        assertThat(reason(analyst.post(path + "/reviews", vote()))).isEqualTo("403 own-output");
        assertThat(visitor("checker").post(path + "/reviews", vote()).statusCode())
                .isEqualTo(201);
        assertThat(json(visitor("checker2").post(path + "/reviews", vote()))
                        .path("state")
                        .asText())
                .isEqualTo("released");

        var csv = analyst.get(path + "/files/result.csv").body();
        assertThat(csv.lines().skip(1).map(line -> line.substring(line.lastIndexOf(',') + 1)))
                .hasSizeGreaterThan(20)
                .noneMatch(value -> value.matches("[1-9]"))
                .anyMatch(value -> value.equals("-"));
        var stated = json(analyst.get(path)).at("/files/0/sha256").asText();
        assertThat(Hashes.sha256(csv)).isEqualTo(stated);
        assertThat(json(analyst.get(path + "/certificate")).at("/file/sha256").asText())
                .isEqualTo(stated);
        everyActIsInTheLog(job.path("id").asText(), id);
    }

    @Test
    void buildsTheDataOfPermitsInForceBeforeSomebodyAsks() throws Exception {
        var built = "/api/audit?action=provision.build&project=";
        for (int i = 0; i < 300 && !security.get(built + "ageing-towns").body().contains("done"); i++) {
            Thread.sleep(100);
        }
        assertThat(security.get(built + "ageing-towns").body()).contains("\"result\":\"done\"");
        assertThat(items(security.get(built + "expired-cohort").body())).isEmpty();
    }

    private static void everyActIsInTheLog(String job, String output) {
        var acts = Stream.of(job, output)
                .flatMap(object -> items(
                        security.get("/api/audit?limit=500&object=" + object).body()))
                .filter(entry -> entry.path("phase").asText().equals("outcome"))
                .map(entry -> entry.path("action").asText() + " "
                        + entry.path("result").asText());
        assertThat(acts)
                .contains(
                        "job.submit done",
                        "job.finish done",
                        "output.hold done",
                        "output.judge done",
                        "access.refused refused",
                        "output.review done",
                        "output.release done",
                        "output.download done",
                        "certificate.read done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select prefecture from perso | unknown-table",
                "select prefectur from person | unknown-column",
                "selec 1 | not-a-select or syntax",
                "select * from read_text('/etc/passwd') | table-function-not-allowed",
                "copy person to '/tmp/x.csv' | not-a-select",
                "select 1; select 2 | several-statements"
            })
    void saysWhyAStatementIsNotRun(String sql, String code) {
        var job = analyst.run("stroke-care", sql);
        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.at("/error/message").asText()).isNotBlank().doesNotContain(home.toString());
        assertThat(security.get("/api/audit?action=job.refused&object="
                                + job.path("id").asText())
                        .body())
                .contains(job.at("/error/code").asText());
        assertThat(code).contains(job.at("/error/code").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) as \"select\" from person",
                "select sex as 性別, count(*) as 人数 from person group by 性別",
                "select 'nan'::double as x, count(*) as n from person group by 1",
                "select case when person_id % 2 = 0 then null else 'x' end as k, count(*) as n from person group by 1",
                "select prefecture, count(*) as n from person where false group by 1"
            })
    void holdsWhateverIsASelect(String sql) {
        var job = analyst.run("stroke-care", sql);
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("held");
        assertThat(analyst.checked(job.path("output").asText()).path("state").asText())
                .isEqualTo("held");
    }

    @Test
    void refusesAResultThatIsTooLarge() {
        var job = analyst.run("stroke-care", "select a.person_id from person a, (select 1 from person limit 250) b");
        assertThat(job.at("/error/code").asText()).as(job.toString()).isEqualTo("result-too-large");
    }

    @Test
    void showsTablesAndTheCatalogue() {
        assertThat(analyst.get("/api/projects/stroke-care/tables").body())
                .contains("\"person\"")
                .contains("\"claim\"");
        var anybody = Visitor.stranger(gateway.port());
        assertThat(json(anybody.get("/api/datasets")).at("/items/0/id").asText())
                .isEqualTo("life");
        var turtle = anybody.send(anybody.request("/api/datasets/life").header("Accept", "text/turtle"));
        assertThat(turtle.body()).contains("a dcat:Dataset").contains("healthCategory");
        assertThat(anybody.get("/api/public/projects").body())
                .contains("stroke-care")
                .doesNotContain("researcher");
        assertThat(security.get("/api/audit?action=dataset.adopt").body()).contains("life@");
    }

    private static Stream<JsonNode> items(String body) {
        try {
            return Visitor.JSON.readTree(body).path("items").valueStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Visitor visitor(String name) {
        return Visitor.signedIn(gateway.port(), name);
    }

    private static String vote() {
        return "{\"decision\":\"release-amended\",\"note\":\"\"}";
    }
}
