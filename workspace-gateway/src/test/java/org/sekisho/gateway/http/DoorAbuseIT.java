package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.airlock.FakeJudging;

/** Abuse cases that need nothing but HTTP. */
class DoorAbuseIT {
    private static final String SIGN_IN = "{\"user\":\"analyst\",\"password\":\"sekisho-demo\"}";

    private static final List<String> PEOPLE = List.of("security", "admin", "researcher", "checker");

    @TempDir
    static Path home;

    static House house;
    static Visitor analyst;
    static Visitor researcher;
    static Visitor checker;
    static Visitor stranger;

    @BeforeAll
    static void open() {
        house = new House(home);
        PEOPLE.forEach(house::visitor);
        analyst = house.visitor("analyst");
        researcher = house.visitor("researcher");
        checker = house.visitor("checker");
        stranger = Visitor.stranger(house.port());
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    @Tag("abuse-10")
    void adoptsNoSessionThatWasFixedBeforeTheSignIn() {
        var fixed = "A".repeat(43);
        var answer = stranger.send(stranger.request("/api/session")
                .header("Content-Type", "application/json")
                .header("Cookie", "sekisho=" + fixed)
                .header("Origin", "http://127.0.0.1:" + house.port())
                .POST(BodyPublishers.ofString(SIGN_IN)));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(cookie(answer)).hasSize(43).isNotEqualTo(fixed);
        assertThat(reason(withCookie(fixed))).isEqualTo("401 not-signed-in");

        var mallory = cookie(stranger.post("/api/session", SIGN_IN));
        var victim = stranger.send(stranger.request("/api/session")
                .header("Content-Type", "application/json")
                .header("Cookie", "sekisho=" + mallory)
                .header("Origin", "http://127.0.0.1:" + house.port())
                .POST(BodyPublishers.ofString("{\"user\":\"checker\",\"password\":\"sekisho-demo\"}")));
        assertThat(json(withCookie(mallory)).at("/user/name").asText()).isEqualTo("analyst");
        assertThat(cookie(victim)).isNotEqualTo(mallory);
    }

    @Test
    @Tag("abuse-10")
    void believesNoCookieThatStandsThereTwice() {
        var own = cookie(stranger.post("/api/session", SIGN_IN));
        assertThat(reason(withCookie(own + "; sekisho=" + own))).isEqualTo("401 not-signed-in");
    }

    @Test
    @Tag("abuse-11")
    void showsNothingOfAProjectToWhomItWasTakenFrom() {
        house.grant("left", "ndb", 1, false, Duration.ofDays(9), "analyst");
        var job = analyst.submit("left", "select 1");
        var output = analyst.ended(job).path("output").asText();
        analyst.checked(output);
        house.members("left", "researcher");
        for (var path : List.of(
                "/api/projects/left", "/api/projects/left/tables", "/api/jobs/" + job, "/api/outputs/" + output)) {
            assertThat(analyst.get(path).statusCode()).as(path).isIn(403, 404);
        }
        assertThat(analyst.post("/api/projects/left/jobs", "{\"kind\":\"sql\",\"sql\":\"select 1\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(json(analyst.get("/api/session")).path("projects").toString())
                .doesNotContain("left");
    }

    @Test
    @Tag("abuse-12")
    void countsNoVoteThatAnotherSiteMadeABrowserSend() {
        var output = held("from-elsewhere");
        var cookie = cookie(stranger.post("/api/session", "{\"user\":\"checker\",\"password\":\"sekisho-demo\"}"));
        for (var origin : new String[] {
            "http://evil.example",
            "null",
            "http://127.0.0.1:" + house.port() + ".evil.example",
            "http://localhost:" + house.port(),
            null
        }) {
            var vote = stranger.request("/api/outputs/" + output + "/reviews")
                    .header("Content-Type", "application/json")
                    .header("Cookie", "sekisho=" + cookie)
                    .POST(BodyPublishers.ofString("{\"decision\":\"release\",\"note\":\"yes\"}"));
            var answer = stranger.send(origin == null ? vote : vote.header("Origin", origin));
            assertThat(reason(answer)).as(String.valueOf(origin)).isEqualTo("403 cross-site");
        }
        var form = stranger.request("/api/outputs/" + output + "/reviews")
                .header("Content-Type", "text/plain")
                .header("Cookie", "sekisho=" + cookie)
                .header("Origin", "http://127.0.0.1:" + house.port())
                .POST(BodyPublishers.ofString("{\"decision\":\"release\",\"note\":\"yes\"}"));
        assertThat(reason(stranger.send(form))).isEqualTo("415 media-type");
        assertThat(json(checker.get("/api/outputs/" + output)).path("reviews")).isEmpty();
    }

    @Test
    @Tag("abuse-16")
    void slowsAConnectionWhateverAddressItsHeadersClaim() {
        int refused = 0;
        for (int i = 0; i < 30; i++) {
            var guess = stranger.request("/api/session")
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-For", "203.0.113." + i)
                    .header("Forwarded", "for=203.0.113." + i)
                    .header("X-Real-IP", "203.0.113." + i)
                    .POST(BodyPublishers.ofString(
                            "{\"user\":\"nobody%d\",\"password\":\"spring2026!!\"}".formatted(i)));
            var answer = stranger.send(guess);
            if (reason(answer).equals("429 too-many")) {
                refused++;
                assertThat(json(answer).path("detail").asText())
                        .matches("Try again in \\d+ (s|minutes)\\.|\\d+ [秒分]後.*");
            }
        }
        assertThat(refused).isGreaterThanOrEqualTo(8);
        assertThat(stranger.post("/api/session", SIGN_IN).statusCode())
                .as("who has signed in from here before gets in")
                .isEqualTo(201);
    }

    @Test
    @Tag("abuse-19")
    void answersToIdsOfOthersAsToIdsThatThereAreNot() {
        house.grant("theirs", "ndb", 1, false, Duration.ofDays(9), "researcher");
        var job = researcher.submit("theirs", "select 1");
        var output = researcher.ended(job).path("output").asText();
        researcher.checked(output);
        for (var route : house.parts.routes()) {
            var path = route.path();
            var id = path.startsWith("/api/jobs/") ? job : path.startsWith("/api/outputs/") ? output : "theirs";
            var scoped = path.startsWith("/api/projects/{")
                    || path.startsWith("/api/jobs/")
                    || path.startsWith("/api/outputs/{");
            if (scoped) {
                var asked = path.replaceFirst("\\{[a-z]+}", id).replaceAll("\\{[a-z]+}", "x");
                var absent = path.replaceFirst("\\{[a-z]+}", "absent").replaceAll("\\{[a-z]+}", "x");
                var theirs = ask(analyst, route.method(), asked);
                assertThat(theirs.statusCode()).as(route.method() + " " + asked).isEqualTo(404);
                assertThat(theirs.body().replace(asked, ""))
                        .isEqualTo(ask(analyst, route.method(), absent).body().replace(absent, ""));
            }
        }
    }

    private static HttpResponse<String> ask(Visitor visitor, String method, String path) {
        return visitor.send(visitor.request(path)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        BodyPublishers.ofString(
                                "{\"kind\":\"sql\",\"sql\":\"select 1\",\"decision\":\"release\",\"note\":\"x\"}")));
    }

    @ParameterizedTest
    @Tag("abuse-20")
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/session | {\"user\":\"analyst\",\"password\":\"sekisho-demo\",\"roles\":[\"admin\"]}",
                "/api/projects/stroke-care/jobs | {\"kind\":\"sql\",\"sql\":\"select 1\",\"author\":\"admin\"}",
                "/api/projects/stroke-care/jobs | {\"kind\":\"sql\",\"sql\":\"select 1\",\"state\":\"held\"}",
                "/api/session/step-up | {\"otp\":\"000000\",\"assurance\":\"fresh\"}"
            })
    void refusesMembersThatABodyDoesNotHave(String path, String body) {
        assertThat(reason(analyst.post(path, body))).isEqualTo("400 invalid");
    }

    @Test
    @Tag("abuse-21")
    void looksAtTheMethodOfTheRequestAlone() {
        for (var header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            var visitor = house.visitor("analyst");
            visitor.send(
                    visitor.request("/api/session").header(header, "DELETE").GET());
            assertThat(visitor.get("/api/session").statusCode()).as(header).isEqualTo(200);
        }
        assertThat(reason(analyst.get("/api/session?_method=DELETE"))).isEqualTo("400 invalid");
        var head = analyst.send(analyst.request("/api/audit").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode())
                .as("HEAD is let through no further than GET")
                .isEqualTo(403);
        assertThat(head.body()).isEmpty();
        assertThat(raw("TRACE /api/session HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405");
    }

    @ParameterizedTest
    @Tag("abuse-21")
    @ValueSource(
            strings = {
                "/api/audit/",
                "//api/audit",
                "/api//audit",
                "/api/./audit",
                "/api/session/../audit",
                "/api/session/..;/audit",
                "/api/%61udit%2f",
                "/api%2faudit",
                "/API/audit",
                "/api/audit%00",
                "/api/audit;x=1",
                "/api/\\audit"
            })
    void reachesNothingByAnotherSpellingOfAPath(String path) {
        var security = house.visitor("security");
        var answer = raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: " + security.authorization()
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .matches("(?s)HTTP/1.1 (400|404) .*|(?s)HTTP/1.1 200 .*")
                .doesNotContain("\"items\"");
    }

    @ParameterizedTest
    @Tag("abuse-22")
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                "Content-Length: 4\r\nContent-Length: 60\r\n",
                "Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n",
                "Transfer-Encoding : chunked\r\nContent-Length: 4\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 4\r\n",
                "Content-Length: +4\r\n",
                "Content-Length: 0x4\r\n",
                "Transfer-Encoding:\u000bchunked\r\nContent-Length: 4\r\n"
            })
    void answersNoRequestThatHidesInTheBodyOfAnother(String headers) {
        var hidden = "GET /api/public/instance?hidden HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n";
        var answer = raw("POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
                + headers + "\r\n0\r\n\r\n" + hidden);
        assertThat(answer.split("HTTP/1\\.1 ", -1))
                .as("one answer at most, and none to what was hidden: " + answer)
                .hasSizeLessThanOrEqualTo(2);
        assertThat(answer).doesNotContain("hidden");
    }

    @Test
    @Tag("abuse-25")
    void givesNoPageMadeOfWhatPeopleWrote() {
        var script = "<img src=x onerror=alert(1)>";
        var job = analyst.post(
                "/api/projects/stroke-care/jobs",
                Visitor.JSON
                        .createObjectNode()
                        .put("kind", "sql")
                        .put("sql", "select 1 -- <script>alert(1)</script>")
                        .put("title", script)
                        .toString());
        var output = analyst.ended(json(job).path("id").asText()).path("output").asText();
        analyst.checked(output);
        for (var answer : List.of(
                analyst.get("/api/outputs/" + output),
                checker.get("/api/outputs/" + output + "/evidence"),
                checker.get("/api/outputs/" + output + "/files/result.csv"),
                analyst.get("/api/jobs/%3Cscript%3Ealert(1)%3C%2Fscript%3E"))) {
            var headers = answer.headers();
            assertThat(headers.firstValue("Content-Type").orElse(""))
                    .doesNotContain("html")
                    .doesNotContain("svg");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'", "script-src 'self'", "base-uri 'none'", "form-action 'none'")
                    .doesNotContain("unsafe");
        }
        assertThat(json(analyst.get("/api/outputs/" + output)).path("title").asText())
                .isEqualTo(script);
    }

    @Test
    @Tag("abuse-26")
    void tellsNothingOfItsInsideInAnyError() {
        var job = analyst.run("stroke-care", "select throw");
        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertSilent(job.toString());
        for (var route : house.parts.routes()) {
            for (var body : List.of("", "{", "[]", "null", "{\"a\":1}", "\u0000", "\"" + "x".repeat(5_000) + "\"")) {
                var path = route.path().replaceAll("\\{[a-z]+}", "%24%7Bjndi%3Ax%7D'--");
                var ends = route.method().equals("DELETE") && path.equals("/api/session");
                var answer = analyst.send((ends ? stranger : analyst)
                        .request(path)
                        .header("Content-Type", "application/json")
                        .method(route.method(), BodyPublishers.ofString(body)));
                assertThat(answer.statusCode())
                        .as(route.method() + " " + path + " " + body)
                        .isLessThan(500);
                assertThat(answer.headers().map()).doesNotContainKeys("Server", "X-Powered-By");
                if (answer.statusCode() >= 400 && !route.method().equals("HEAD")) {
                    assertSilent(answer.body());
                }
            }
        }
    }

    private static void assertSilent(String body) {
        assertThat(body)
                .doesNotContain("Exception", "at org.", "at java.", ".java", "sqlite", "SQLITE", "fault of ours")
                .doesNotContain(home.toString())
                .doesNotContain("sekisho-demo", "$argon2id");
    }

    @Test
    @Tag("abuse-28")
    void showsAnAdministratorNoDataAndWritesEveryTryDown() {
        var output = held("not-for-admins");
        var admin = house.visitor("admin");
        var before = refusals("admin");
        var tries = List.of(
                "/api/outputs/" + output,
                "/api/outputs/" + output + "/files/result.csv",
                "/api/outputs/" + output + "/evidence",
                "/api/outputs/" + output + "/certificate",
                "/api/projects/not-for-admins",
                "/api/projects/not-for-admins/tables",
                "/api/projects/not-for-admins/jobs",
                "/api/audit",
                "/api/sessions",
                "/api/recordings",
                "/api/inputs",
                "/api/outputs");
        for (var path : tries) {
            var answer = admin.get(path);
            assertThat(answer.statusCode()).as(path).isIn(403, 404);
            assertThat(answer.body()).doesNotContain(FakeJudging.TABLE);
        }
        assertThat(refusals("admin") - before).isEqualTo(tries.size());
    }

    private static long refusals(String actor) {
        return house.entries().stream()
                .filter(entry -> entry.actor().equals(actor) && entry.action().equals("access.refused"))
                .count();
    }

    @Tag("abuse-88")
    @Test
    @Tag("abuse-30")
    void countsOneOfManyVotesOfTheSamePerson() throws Exception {
        var output = held("voted-twice");
        var answers = together(() ->
                checker.post("/api/outputs/" + output + "/reviews", "{\"decision\":\"return\",\"note\":\"once\"}"));
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() != 201)
                .allMatch(answer -> answer.statusCode() == 409);
    }

    @Test
    @Tag("abuse-30")
    void makesOneJobOfManyThatAreTheSame() throws Exception {
        var answers = together(() -> analyst.send(analyst.request("/api/projects/stroke-care/jobs")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "pressed-twice")
                .POST(BodyPublishers.ofString("{\"kind\":\"sql\",\"sql\":\"select 1\"}"))));
        assertThat(answers.stream()
                        .map(answer -> json(answer).path("id").asText())
                        .distinct())
                .hasSize(1);
    }

    private static List<HttpResponse<String>> together(Callable<HttpResponse<String>> act) throws Exception {
        var answers = new ArrayList<HttpResponse<String>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(Collections.nCopies(8, act))) {
                answers.add(answer.get());
            }
        }
        return answers;
    }

    private static String held(String project) {
        house.grant(project, "ndb", 2, false, Duration.ofDays(9), "analyst");
        var output = analyst.run(project, "select 1").path("output").asText();
        analyst.checked(output);
        return output;
    }

    private static HttpResponse<String> withCookie(@Nullable String value) {
        return stranger.send(stranger.request("/api/session").header("Cookie", "sekisho=" + value));
    }

    private static String cookie(HttpResponse<String> signIn) {
        return signIn.headers().firstValue("Set-Cookie").orElseThrow().replaceAll("^sekisho=([^;]*).*", "$1");
    }

    /** Sends the bytes as they are; {@code %d} stands for the port. */
    private static String raw(String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
            socket.setSoTimeout(3_000);
            var text = request.replace("%d", Integer.toString(house.port()));
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new StringBuilder();
            try {
                for (int next = socket.getInputStream().read();
                        next >= 0;
                        next = socket.getInputStream().read()) {
                    answer.append((char) next);
                }
            } catch (IOException quiet) {
                // as much as came in time
            }
            return answer.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
