package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.gateway.airlock.FakeJudging;
import org.sekisho.gateway.airlock.Hashes;
import org.slf4j.LoggerFactory;

/** People who mean harm, and programs that send what nobody meant. */
class AbuseIT {
    @TempDir
    static Path home;

    static House house;
    static Visitor analyst;
    static Visitor researcher;
    static Visitor reviewer;
    static Visitor checker;
    static Visitor security;

    @BeforeAll
    static void open() {
        house = new House(home);
        analyst = house.visitor("analyst");
        researcher = house.visitor("researcher");
        reviewer = house.visitor("reviewer");
        checker = house.visitor("checker");
        security = house.visitor("security");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"members\":[null]",
                "\"members\":[\"analyst\",7]",
                "\"datasets\":[null]",
                "\"datasets\":[{\"dataset\":null}]",
                "\"datasets\":[{\"dataset\":\"../../x\"}]",
                "\"datasets\":[{\"dataset\":\"life\",\"tables\":{\"person\":null}}]",
                "\"datasets\":[{\"dataset\":\"life\",\"prefectures\":[null]}]",
                "\"title\":\"a\\u0000b\"",
                "\"title\":\"a\\u202eb\"",
                "\"title\":{\"ja\":\"a\",\"en\":\"\\ud800\"}",
                "\"expires\":\"2099-01-01 and ever\"",
                "\"expires\":\"2001-01-01\"",
                "\"rules\":\"../ndb\"",
                "\"reviews\":0",
                "\"autoRelease\":true",
                "\"state\":\"approved\""
            })
    @Tag("abuse-20")
    void refusesAnOddApplication(String member) {
        var answer = researcher.post("/api/applications", application(member));
        assertThat(reason(answer)).as(answer.body()).isEqualTo("400 invalid");
    }

    private static String application(String member) {
        var usual = new LinkedHashMap<String, String>();
        usual.put("title", "\"Title\"");
        usual.put("purpose", "\"p\"");
        usual.put("outputs", "\"o\"");
        usual.put("members", "[]");
        usual.put("datasets", "[]");
        usual.put("rules", "\"ndb\"");
        usual.put("expires", "\"2099-01-01\"");
        var halves = member.split(":", 2);
        usual.put(halves[0].replace("\"", ""), halves[1]);
        return usual.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"sql\",\"sql\":\"select '\\ud800'\"}",
                "{\"kind\":\"sql\",\"sql\":\"select\\u0000 1\"}",
                "{\"kind\":\"sql\",\"sql\":\"select 1 -- \\u202e\"}",
                "{\"kind\":\"sql\",\"sql\":\"select 1\",\"title\":\"\\ud800\"}",
                "{\"kind\":\"sql\",\"sql\":\"select 1\",\"title\":\"a\\u2066b\"}",
                "{\"kind\":\"sql\",\"sql\":\"select 1\",\"title\":\"a\\nb\"}"
            })
    void refusesCharactersThatNobodySees(String body) {
        assertThat(reason(analyst.post("/api/projects/stroke-care/jobs", body))).isEqualTo("400 invalid");
    }

    @Test
    void takesJapaneseInTitlesAndOverLinesInSql() {
        var answer = analyst.post(
                "/api/projects/stroke-care/jobs",
                "{\"kind\":\"sql\",\"sql\":\"select\\n\\t1 as 件数\\r\\n\",\"title\":\" 脳卒中 𠮷野 \"}");
        var job = analyst.ended(json(answer).path("id").asText());
        assertThat(job.path("title").asText()).isEqualTo("脳卒中 𠮷野");
        assertThat(job.path("sql").asText()).isEqualTo("select\n\t1 as 件数\r\n");
    }

    @Test
    void refusesANoteThatReadsOtherwiseThanItIsStored() {
        var path = "/api/outputs/" + held() + "/reviews";
        var answer = checker.post(path, "{\"decision\":\"return\",\"note\":\"a\\u202eb\"}");
        assertThat(reason(answer)).isEqualTo("400 invalid");
    }

    @Test
    void refusesJsonThatIsNestedWithoutEnd() {
        assertThat(reason(analyst.post("/api/projects/stroke-care/jobs", "{\"a\":".repeat(3_000))))
                .isEqualTo("400 invalid");
    }

    @Test
    void keepsTheHashOfAPreviewedFileOutOfTheLog() {
        var id = held();
        assertThat(checker.get("/api/outputs/" + id + "/files/result.csv").body())
                .isEqualTo(FakeJudging.TABLE);
        assertThat(security.get("/api/audit?limit=200&object=" + id).body())
                .contains("output.preview")
                .doesNotContain(Hashes.sha256(FakeJudging.TABLE));
    }

    @Test
    @Tag("abuse-11")
    void answersNobodyWhoseSessionEndedWhileWaiting() {
        var leaver = house.visitor("analyst");
        var job = analyst.submit("stroke-care", "select wait");
        while (!json(analyst.get("/api/jobs/" + job)).path("state").asText().equals("running")) {
            pause(20);
        }
        var waiting = CompletableFuture.supplyAsync(() -> leaver.get("/api/jobs/" + job + "?wait=3"));
        pause(1_000);
        assertThat(leaver.delete("/api/session").statusCode()).isEqualTo(204);
        assertThat(reason(waiting.join())).isEqualTo("401 not-signed-in");
        analyst.delete("/api/jobs/" + job);
    }

    @Test
    void saysNothingOfBrowsersThatLeaveWhileWaiting() throws Exception {
        var job = analyst.submit("stroke-care", "select wait");
        analyst.get("/api/jobs/" + job + "?wait=1");
        var said = new ListAppender<ILoggingEvent>();
        said.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(said);
        try {
            leaveWhileWaiting(job);
            pause(2_500);
        } finally {
            root.detachAppender(said);
        }
        analyst.delete("/api/jobs/" + job);
        assertThat(said.list).isEmpty();
    }

    private static void leaveWhileWaiting(String job) throws Exception {
        var authorization = analyst.request("/").build().headers().firstValue("Authorization");
        for (int i = 0; i < 5; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
                socket.setSoLinger(true, 0);
                var request = "GET /api/jobs/%s?wait=1 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: %s\r\n\r\n"
                        .formatted(job, house.port(), authorization.orElseThrow());
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                pause(100);
            }
        }
    }

    @Test
    @Tag("abuse-22")
    void answersNoUpgradeWhoseLengthIsUnclearAndNothingThatFollowsAnUpgrade() {
        var upgrade = "GET /api/workspaces/x/desktop HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: Upgrade\r\n"
                        .formatted(house.port())
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
        var unclear = raw(upgrade + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden());
        assertThat(unclear).startsWith("HTTP/1.1 400 ").doesNotContain("\"demo\"");
        var plain = raw(upgrade + "\r\n" + hidden());
        assertThat(plain).startsWith("HTTP/1.1 4").doesNotContain("\"demo\"");
        assertThat(raw(hidden())).as("alone it is answered").contains("\"demo\"");
    }

    @Test
    @Tag("abuse-22")
    @Tag("abuse-23")
    void answersNothingThatFollowsABodyThatIsTooLarge() {
        var large = (1 << 20) + 1;
        var answer = raw("POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %d\r\n\r\n"
                        .formatted(house.port(), large)
                + "x".repeat(large)
                + hidden());
        assertThat(answer).doesNotContain("\"demo\"");
    }

    private static String hidden() {
        return "GET /api/public/instance HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n".formatted(house.port());
    }

    /** All that comes back within two seconds, or until the other end closes. */
    private static String raw(String sent) {
        var answer = new StringBuilder();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            for (int one = socket.getInputStream().read();
                    one >= 0;
                    one = socket.getInputStream().read()) {
                answer.append((char) one);
            }
        } catch (IOException nothingMore) {
            // kept open, or closed on what we still sent: what came so far is all
        }
        return answer.toString();
    }

    @Test
    void provesToAnybodyThatTheLogStillBeginsWithWhatWasSigned() {
        var stranger = Visitor.stranger(house.port());
        analyst.get("/api/audit");
        assertThat(house.log.proof(5)).isPresent();
        var size = house.log.checkpoint().size();
        var path =
                json(stranger.get("/api/audit/consistency?from=3&to=" + size)).path("path");
        assertThat(path).hasSameSizeAs(house.log.consistency(3, size));
        assertThat(path.get(0).asText())
                .isEqualTo(house.log.consistency(3, size).getFirst());
        for (var odd : new String[] {"", "?from=0&to=3", "?from=4&to=3", "?from=1&to=999999", "?from=x&to=3"}) {
            HttpResponse<String> answer = stranger.get("/api/audit/consistency" + odd);
            assertThat(reason(answer)).as(odd).isEqualTo("400 invalid");
        }
    }

    @Test
    void measuresEveryStatement() {
        held();
        assertThat(Visitor.stranger(house.opsPort()).get("/metrics").body())
                .containsPattern("sekisho_query_seconds_count [1-9]");
    }

    @Test
    void buildsTheDataOfAProjectWhenItIsApproved() {
        var sent = researcher.post("/api/applications", application("\"reviews\":1"));
        var path = "/api/applications/" + json(sent).path("id").asText();
        var decided = reviewer.post(path + "/decisions", "{\"decision\":\"approve\"}");
        var project = json(decided).path("project").asText();
        var built = "/api/audit?action=provision.build&project=" + project;
        for (int i = 0; i < 50 && !security.get(built).body().contains("done"); i++) {
            pause(100);
        }
        assertThat(json(security.get(built)).path("items")).hasSize(2);
    }

    private static String held() {
        house.grant("abused", "ndb", 2, false, Duration.ofDays(9), "analyst");
        var output = analyst.run("abused", "select 1").path("output").asText();
        analyst.checked(output);
        return output;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
