package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.release.Certificate;
import org.sekisho.gateway.airlock.FakeJudging;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.Training;

/** The life of an output over plain HTTP, with an engine and rules that answer as told. */
class AirlockIT {
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
    void releasesTheAmendedFileAfterTwoVotes() throws Exception {
        var output = held("select 1");
        var path = "/api/outputs/" + output.path("id").asText();

        assertThat(output.path("verdict").asText()).isEqualTo("amendable");
        assertThat(output.toString())
                .contains("< 10")
                .doesNotContain("4 persons")
                .doesNotContain("sha256");
        assertThat(reason(analyst.get(path + "/files/result.csv"))).isEqualTo("403 held");
        assertThat(reason(analyst.get(path + "/certificate"))).isEqualTo("409 wrong-state");
        assertThat(reason(analyst.post(path + "/reviews", vote("release-amended"))))
                .isEqualTo("403 own-output");
        assertThat(reason(analyst.get(path + "/evidence"))).startsWith("403");

        assertThat(checker.post(path + "/reviews", vote("release-amended")).statusCode())
                .isEqualTo(201);
        assertThat(reason(checker.post(path + "/reviews", vote("release")))).isEqualTo("409 already-reviewed");
        assertThat(json(checker2.get(path)).path("reviews")).isEmpty();
        assertThat(json(checker.get(path)).path("reviews")).hasSize(1);
        assertThat(json(analyst.get(path)).path("reviews")).isEmpty();
        assertThat(json(analyst.get(path)).path("state").asText()).isEqualTo("held");

        var decided = checker2.post(path + "/reviews", vote("release-amended"));
        assertThat(json(decided).path("state").asText()).isEqualTo("released");
        var file = analyst.get(path + "/files/result.csv");
        assertThat(file.body()).isEqualTo(FakeJudging.AMENDED);
        var seen = json(analyst.get(path));
        assertThat(seen.at("/files/0/sha256").asText()).isEqualTo(Hashes.sha256(file.body()));
        assertThat(seen.path("reviews")).hasSize(2);
        assertThat(reason(analyst.get(path + "/files/amended-result.csv"))).isEqualTo("404 not-found");
        certificateHolds(path, file.body());
    }

    private void certificateHolds(String path, String file) throws Exception {
        var certificate = (ObjectNode) json(analyst.get(path + "/certificate"));
        var pem = json(analyst.get("/api/certificate-key")).path("pem").asText();
        var encoded = Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
        var key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        assertThat(new Certificate(certificate).holds(key)).isTrue();
        assertThat(certificate.at("/file/sha256").asText()).isEqualTo(Hashes.sha256(file));
        assertThat(certificate.toString()).doesNotContain(Hashes.sha256(FakeJudging.TABLE));
        assertThat(certificate.path("reviewed").asText()).hasSize(64);
        assertThat(certificate.at("/suppression/cells").asInt()).isEqualTo(2);
        assertThat(certificate.at("/suppression/narrowest").asText()).isEqualTo("8");
        assertThat(certificate.at("/sql").asText()).isEqualTo(Hashes.sha256("select 1"));
        assertThat(certificate.at("/reviewers/0/reviewer").asText()).isEqualTo("checker");
        verifiesAsTheReadmeSays(path, file);
        var entry = house.log.entry(certificate.at("/log/entry").asLong()).orElseThrow();
        assertThat(entry.action()).isEqualTo("output.release");
        assertThat(certificate.at("/log/checkpoint").asText()).contains("sekisho");
    }

    /** With Python and OpenSSL, and nothing of ours; a byte that differs is found. */
    private void verifiesAsTheReadmeSays(String path, String file) throws Exception {
        var desk = Files.createDirectory(home.resolve("desk"));
        Files.writeString(
                desk.resolve("certificate.json"),
                analyst.get(path + "/certificate").body());
        Files.writeString(
                desk.resolve("key.json"),
                Visitor.stranger(house.port()).get("/api/certificate-key").body());
        Files.writeString(desk.resolve("result.csv"), file);
        assertThat(asTheReadmeSays(desk)).contains("Signature Verified Successfully", "result.csv: OK");
        Files.writeString(desk.resolve("result.csv"), file + "1");
        assertThat(asTheReadmeSays(desk)).contains("Signature Verified Successfully", "result.csv: FAILED");
        var forged = Files.readString(desk.resolve("certificate.json")).replace("checker2", "checker3");
        Files.writeString(desk.resolve("certificate.json"), forged);
        assertThat(asTheReadmeSays(desk)).contains("Signature Verification Failure");
    }

    private static String asTheReadmeSays(Path desk) throws Exception {
        var section = Files.readString(Path.of("README.md")).split("\n## A certificate\n", 2)[1];
        var commands = section.split("```sh\n", 2)[1].split("```", 2)[0].replaceFirst("curl [^\n]+\n", "");
        var shell = new ProcessBuilder("bash", "-c", commands)
                .directory(desk.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "return, release-amended, returned",
        "refuse, refuse, refused",
        "release, release-amended, released",
        "refuse, release-amended, returned"
    })
    void decidesByBothVotes(String one, String other, String state) {
        var path = "/api/outputs/" + held("select 1").path("id").asText();
        checker.post(path + "/reviews", vote(one));
        checker2.post(path + "/reviews", vote(other));
        var seen = json(analyst.get(path));
        assertThat(seen.path("state").asText()).isEqualTo(state);
        assertThat(reason(checker.post(path + "/reviews", vote("return")))).startsWith("409");
        if (!state.equals("released")) {
            assertThat(reason(analyst.get(path + "/files/result.csv"))).isEqualTo("403 held");
        } else {
            assertThat(analyst.get(path + "/files/result.csv").body()).isEqualTo(FakeJudging.AMENDED);
            assertThat(house.visitor("security")
                            .get("/api/audit?action=output.download&limit=2")
                            .body())
                    .contains("\"version\":\"amended\"");
        }
    }

    @Test
    void needsWordsToReleaseWhatIsNotClear() {
        var path = "/api/outputs/" + held("select 1").path("id").asText();
        var bare = checker.post(path + "/reviews", "{\"decision\":\"release\"}");
        assertThat(reason(bare)).isEqualTo("400 note-needed");
        assertThat(reason(checker.post(path + "/reviews", "{\"decision\":\"approve\"}")))
                .isEqualTo("400 invalid");
        assertThat(reason(checker.post(path + "/reviews", "{\"decision\":\"return\",\"by\":\"x\"}")))
                .isEqualTo("400 invalid");
    }

    @Test
    void takesAnAmendedReleaseOfAClearOutputForARelease() {
        house.judging.verdict = Verdict.CLEAR;
        var path = "/api/outputs/" + held("select 1").path("id").asText();
        checker.post(path + "/reviews", "{\"decision\":\"release-amended\"}");
        checker2.post(path + "/reviews", "{\"decision\":\"release\"}");
        assertThat(analyst.get(path + "/files/result.csv").body()).isEqualTo(FakeJudging.TABLE);
    }

    @Test
    void releasesAClearOutputAtOnceWhereThePermitSaysSo() throws Exception {
        house.grant("quick", "ndb", 1, true, Duration.ofDays(9), "analyst");
        house.judging.verdict = Verdict.CLEAR;
        var job = analyst.run("quick", "select 1");
        var output = released(job.path("output").asText());
        assertThat(output.path("state").asText()).isEqualTo("released");
        house.judging.verdict = Verdict.AMENDABLE;
        assertThat(analyst.checked(
                                analyst.run("quick", "select 2").path("output").asText())
                        .path("state")
                        .asText())
                .isEqualTo("held");
    }

    /** What a permit lets leave at once is held for a moment first. */
    private JsonNode released(String output) throws InterruptedException {
        var now = analyst.checked(output);
        for (int i = 0; i < 200 && now.path("state").asText().equals("held"); i++) {
            Thread.sleep(25);
            now = analyst.checked(output);
        }
        return now;
    }

    @Tag("abuse-88")
    @Test
    void judgesAnewWhatSomethingElseHasOvertaken() {
        var first = "/api/outputs/" + held("select 1").path("id").asText();
        var second = "/api/outputs/" + held("select 2").path("id").asText();
        checker.post(second + "/reviews", vote("release-amended"));
        checker.post(first + "/reviews", vote("release-amended"));
        checker2.post(first + "/reviews", vote("release-amended"));
        house.judging.tellsOfNobody = false;
        assertThat(reason(checker2.post(second + "/reviews", vote("release-amended"))))
                .isEqualTo("409 overtaken");
        var id = second.substring(second.lastIndexOf('/') + 1);
        assertThat(analyst.checked(id).path("state").asText()).isEqualTo("held");
        assertThat(json(checker.get(second)).path("reviewsGiven").asInt()).isZero();
        assertThat(json(checker.get(second + "/evidence"))
                        .at("/judgement/evidence/compared/releases")
                        .asInt())
                .isEqualTo(1);
        assertThat(house.visitor("security")
                        .get("/api/audit?action=output.overtaken&object=" + id)
                        .body())
                .contains("done");
        // Nothing else has left since: the same votes hold now.
        checker.post(second + "/reviews", vote("release-amended"));
        assertThat(json(checker2.post(second + "/reviews", vote("release-amended")))
                        .path("state")
                        .asText())
                .isEqualTo("released");
    }

    @Tag("abuse-86")
    @Test
    void refusesToReleaseBytesThatWereChanged() throws Exception {
        var id = held("select 1").path("id").asText();
        Files.writeString(
                home.resolve("projects/stroke-care/held/" + id + "/amended-result.csv"), "prefecture,n\n三重県,4\n");
        checker.post("/api/outputs/" + id + "/reviews", vote("release-amended"));
        var last = checker2.post("/api/outputs/" + id + "/reviews", vote("release-amended"));
        assertThat(reason(last)).isEqualTo("409 bytes-changed");
        assertThat(json(analyst.get("/api/outputs/" + id)).path("state").asText())
                .isEqualTo("refused");
        var security = house.visitor("security");
        assertThat(security.get("/api/audit?action=output.release&object=" + id).body())
                .contains("bytes-changed");
    }

    @Test
    void refersWhenTheRulesCannotBeApplied() {
        house.judging.broken = true;
        var output = held("select 1");
        assertThat(output.path("state").asText()).isEqualTo("held");
        assertThat(output.path("verdict").asText()).isEqualTo("refer");
        assertThat(output.at("/findings/0/rule").asText()).isEqualTo("check-failed");
        var path = "/api/outputs/" + output.path("id").asText() + "/reviews";
        assertThat(reason(checker.post(path, vote("release")))).isEqualTo("409 verdict");
        assertThat(checker.post(path, vote("return")).statusCode()).isEqualTo(201);
    }

    @Test
    void judgesWithoutContributorsWhenTheEngineCannotTell() {
        assertThat(held("select unexplained").path("state").asText()).isEqualTo("held");
    }

    @Test
    void letsTheAuthorWithdrawOnce() {
        var path = "/api/outputs/" + held("select 1").path("id").asText();
        assertThat(checker.post(path + "/withdraw", "{}").statusCode()).isIn(403, 404);
        assertThat(json(analyst.post(path + "/withdraw", "{}")).path("state").asText())
                .isEqualTo("withdrawn");
        assertThat(reason(analyst.post(path + "/withdraw", "{}"))).isEqualTo("409 wrong-state");
        assertThat(reason(checker.post(path + "/reviews", vote("release-amended"))))
                .isEqualTo("409 wrong-state");
    }

    @Test
    void showsTheEvidenceToCheckersAndWritesItDown() {
        var path = "/api/outputs/" + held("select 1").path("id").asText();
        var evidence = json(checker.get(path + "/evidence"));
        assertThat(evidence.at("/table/columns/1/name").asText()).isEqualTo("n");
        assertThat(evidence.at("/table/rows/1/1").asInt()).isEqualTo(4);
        assertThat(evidence.at("/amended/rows/1/1").asText()).isEqualTo("-");
        assertThat(evidence.at("/judgement/evidence/cells/0/persons").asInt()).isEqualTo(4);
        assertThat(evidence.path("sql").asText()).isEqualTo("select 1");
        var rows = json(checker.get(path + "/evidence/rows?offset=2&limit=5"));
        assertThat(rows.at("/table/rows")).hasSize(1);
        assertThat(checker.get(path + "/files/amended-result.csv").body()).isEqualTo(FakeJudging.AMENDED);
        assertThat(reason(checker.get(path + "/files/judgement.json"))).isEqualTo("404 not-found");
        assertThat(reason(checker.get(path + "/files/..%2f..%2fsekisho.db"))).isEqualTo("404 not-found");
        var log = house.visitor("security").get("/api/audit?actor=checker").body();
        assertThat(log).contains("output.evidence").contains("output.preview");
        assertThat(log).contains("\"version\":\"computed, amended\"");
    }

    @Test
    void aPageThatAsksAgainIsTheSameLook() {
        var id = held("select 1").path("id").asText();
        for (int i = 0; i < 3; i++) {
            assertThat(checker.get("/api/outputs/" + id).statusCode()).isEqualTo(200);
        }
        assertThat(house.visitor("checker").get("/api/outputs/" + id).statusCode())
                .isEqualTo(200);
        assertThat(analyst.get("/api/outputs/" + id).statusCode()).isEqualTo(200);

        var looks = json(house.visitor("security").get("/api/audit?action=output.view&limit=50"))
                .path("items");
        assertThat(looks)
                .filteredOn(look -> look.path("object").asText().equals(id))
                .as("one of each session; an author's own are none")
                .hasSize(2)
                .allSatisfy(look -> assertThat(look.path("actor").asText()).isEqualTo("checker"));
    }

    @Test
    void queuesForCheckersOnlyWhatIsNotTheirs() {
        var id = held("select 1").path("id").asText();
        assertThat(checker.get("/api/outputs?state=held").body()).contains(id);
        assertThat(checker.get("/api/outputs?state=released").body()).doesNotContain(id);
        assertThat(house.visitor("researcher").get("/api/outputs").body()).doesNotContain(id);
        assertThat(reason(house.visitor("researcher").get("/api/outputs/" + id)))
                .isIn("404 not-found", "403 not-the-author");
        assertThat(reason(house.visitor("security").get("/api/outputs/" + id))).isIn("404 not-found", "403 role");
        for (int i = 0; i < 3; i++) {
            held("select " + i);
        }
        var first = json(analyst.get("/api/outputs?limit=3"));
        assertThat(first.path("items")).hasSize(3);
        var second = json(
                analyst.get("/api/outputs?limit=3&cursor=" + first.path("next").asText()));
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void listsNoOutputThatItWouldNotShow() {
        var id = held("select 1").path("id").asText();
        assertThat(checker.get("/api/outputs").body()).contains(id);
        var untrained = person("untrained", Set.of(Role.CHECKER, Role.RESEARCHER), Training.DATA_PROTECTION);
        assertThat(json(untrained.get("/api/outputs")).path("items"))
                .as("as a checker without the training, next to a role with it")
                .isEmpty();
        assertThat(reason(untrained.get("/api/outputs/" + id))).isEqualTo("403 training");

        var both = person("both", Set.of(Role.CHECKER, Role.ANALYST), Training.values());
        house.members(House.PROJECT, "researcher", "analyst", "both");
        var own = both.run(House.PROJECT, "select 2").path("output").asText();
        both.checked(own);
        assertThat(json(both.get("/api/outputs")).path("items")).hasSize(1);
        house.members(House.PROJECT, "researcher");
        for (var left : List.of(both, analyst)) {
            assertThat(left.get("/api/outputs").body())
                    .as("not a member any more")
                    .doesNotContain(own);
        }
        assertThat(json(analyst.get("/api/outputs")).path("items")).isEmpty();
        assertThat(reason(analyst.get("/api/outputs/" + id))).isEqualTo("403 not-a-member");
        assertThat(both.get("/api/outputs/" + own).statusCode()).isIn(403, 404);
        assertThat(both.get("/api/outputs").body())
                .as("a checker from outside by now")
                .contains(id);
    }

    private Visitor person(String name, Set<Role> roles, Training... trained) {
        var accounts = house.parts.identity().accounts();
        var id = accounts.create(name, name, roles, "correct horse battery").id();
        for (var training : trained) {
            accounts.trainings().record(id, training, Instant.now().plusSeconds(3_600), id);
        }
        var body = "{\"user\":\"%s\",\"password\":\"correct horse battery\"}".formatted(name);
        return Visitor.holding(house.port(), Visitor.stranger(house.port()).post("/api/session", body));
    }

    @Test
    void saysWhyAStatementWasNotRun() {
        var refused = analyst.run("stroke-care", "select refuse");
        assertThat(refused.path("state").asText()).isEqualTo("failed");
        assertThat(refused.at("/error/code").asText()).isEqualTo("function-not-allowed");
        assertThat(refused.at("/error/line").asInt()).isEqualTo(1);
        assertThat(house.visitor("security")
                        .get("/api/audit?action=job.refused")
                        .body())
                .contains(refused.path("id").asText());
        var failed = analyst.run("stroke-care", "select fail");
        assertThat(failed.at("/error/code").asText()).isEqualTo("out-of-memory");
        var japanese = analyst.send(
                analyst.request("/api/jobs/" + failed.path("id").asText()).header("Accept-Language", "ja"));
        assertThat(json(japanese).at("/error/message").asText()).contains("メモリー");
        assertThat(analyst.run("stroke-care", "select throw").at("/error/code").asText())
                .isEqualTo("internal");
        assertThat(Files.exists(home.resolve("projects/stroke-care/held/o"
                        + failed.path("id").asText().substring(1))))
                .isFalse();
    }

    @Test
    void cancelsARunningAndAWaitingJob() {
        var running = analyst.submit("stroke-care", "select wait");
        var waiting = analyst.submit("stroke-care", "select 1");
        assertThat(analyst.delete("/api/jobs/" + waiting).statusCode()).isEqualTo(204);
        assertThat(analyst.ended(waiting).path("state").asText()).isEqualTo("cancelled");
        assertThat(analyst.delete("/api/jobs/" + running).statusCode()).isEqualTo(204);
        assertThat(analyst.ended(running).path("state").asText()).isEqualTo("cancelled");
        assertThat(reason(analyst.delete("/api/jobs/" + running))).isEqualTo("409 wrong-state");
    }

    @Test
    @Tag("abuse-30")
    void answersTheSameJobForTheSameKey() {
        var first = withKey("k-1", "select 1");
        var again = withKey("k-1", "select 1");
        assertThat(json(again).path("id")).isEqualTo(json(first).path("id"));
        assertThat(json(withKey("k-2", "select 1")).path("id"))
                .isNotEqualTo(json(first).path("id"));
        assertThat(reason(withKey("k-1", "select 2"))).isEqualTo("409 key-reused");
    }

    private HttpResponse<String> withKey(String key, String sql) {
        return analyst.send(analyst.request("/api/projects/stroke-care/jobs")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"kind\":\"sql\",\"sql\":\"" + sql + "\"}")));
    }

    @Test
    void refusesNewJobsUnderAnExpiredPermitAndStillShowsIt() {
        house.grant("over", "ndb", 1, false, Duration.ofDays(-1), "analyst");
        assertThat(reason(analyst.post("/api/projects/over/jobs", "{\"kind\":\"sql\",\"sql\":\"select 1\"}")))
                .isEqualTo("403 permit-expired");
        assertThat(json(analyst.get("/api/projects/over/permit")).path("state").asText())
                .isEqualTo("expired");
    }

    @Test
    void takesUpEverythingAfterARestart() {
        house.engine.gate = new CountDownLatch(1);
        var waiting = analyst.submit("stroke-care", "select wait");
        var queued = analyst.submit("stroke-care", "select 2");
        house.engine.gate.countDown();
        house.close();
        house = new House(home);
        analyst = house.visitor("analyst");
        assertThat(json(analyst.get("/api/jobs/" + waiting)).path("state").asText())
                .isIn("queued", "running");
        analyst.delete("/api/jobs/" + waiting);
        assertThat(analyst.ended(waiting).path("state").asText()).isEqualTo("cancelled");
        assertThat(analyst.ended(queued).path("state").asText()).isEqualTo("held");
    }

    @Test
    void appliesAndDecides() {
        house.grant("none", "ndb", 1, false, Duration.ofDays(1), "researcher");
        var researcher = house.visitor("researcher");
        var reviewer = house.visitor("reviewer");
        var body = """
                {"title":{"ja":"題","en":"Heart failure"},"purpose":"p","outputs":"o","members":["analyst"],
                 "datasets":[],"rules":"ndb","reviews":1,"expires":"2099-01-01"}""";
        var sent = researcher.post("/api/applications", body);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
        var path = "/api/applications/" + json(sent).path("id").asText();
        assertThat(researcher
                        .post(path + "/decisions", "{\"decision\":\"approve\"}")
                        .statusCode())
                .isEqualTo(403);
        var decided = reviewer.post(path + "/decisions", "{\"decision\":\"approve\",\"note\":\"ok\"}");
        assertThat(decided.statusCode()).as(decided.body()).isEqualTo(201);
        var project = json(decided).path("project").asText();
        assertThat(project).startsWith("heart-failure-");
        assertThat(json(analyst.get("/api/projects/" + project + "/permit"))
                        .path("reviews")
                        .asInt())
                .isEqualTo(1);
        assertThat(reason(reviewer.post(path + "/decisions", "{\"decision\":\"reject\"}")))
                .isEqualTo("409 wrong-state");
        assertThat(reviewer.get("/api/applications").body()).contains("approved");
        assertThat(Visitor.stranger(house.port()).get("/api/public/projects").body())
                .contains(project)
                .doesNotContain("analyst");
    }

    @Test
    void whatAnApplicationSaysOfVisitingBecomesThePermit() {
        house.grant("none", "ndb", 1, false, Duration.ofDays(1), "researcher");
        var researcher = house.visitor("researcher");
        var asked = """
                {"title":"Frailty","purpose":"p","outputs":"o","members":[],"datasets":[],"rules":"ndb",
                 "expires":"2099-01-01","visiting":%s}""";
        var sent = researcher.post(
                "/api/applications", asked.formatted("{\"desktop\":true,\"software\":[\"lifelines==0.30\"]}"));
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(201);
        var decided = json(house.visitor("reviewer")
                .post(
                        "/api/applications/" + json(sent).path("id").asText() + "/decisions",
                        "{\"decision\":\"approve\"}"));
        var visiting = json(researcher.get(
                        "/api/projects/" + decided.path("project").asText() + "/permit"))
                .path("visiting");
        assertThat(visiting.path("desktop").asBoolean()).isTrue();
        assertThat(visiting.path("recorded").asBoolean()).isTrue();
        assertThat(visiting.path("notebooks").asBoolean(true)).isFalse();
        assertThat(visiting.path("software").path(0).asText()).isEqualTo("lifelines==0.30");
        assertThat(reason(researcher.post("/api/applications", asked.formatted("{\"software\":[\"../../etc\"]}"))))
                .isEqualTo("400 invalid");
    }

    private JsonNode held(String sql) {
        var job = analyst.run("stroke-care", sql);
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("held");
        return analyst.checked(job.path("output").asText());
    }

    private static String vote(String decision) {
        return "{\"decision\":\"%s\",\"note\":\"a reason\"}".formatted(decision);
    }
}
