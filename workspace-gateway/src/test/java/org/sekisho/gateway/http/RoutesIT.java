package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.VerifyCommand;
import org.sekisho.gateway.identity.Role;

class RoutesIT {
    @TempDir
    static Path home;

    static House house;
    static Visitor stranger;
    static Visitor analyst;
    static Visitor security;

    @BeforeAll
    static void open() throws Exception {
        var web = Files.createDirectories(home.resolve("web/assets"));
        Files.writeString(home.resolve("web/index.html"), "<html nonce=\"__CSP_NONCE__\">");
        Files.writeString(web.resolve("app-1a2b3c4d.js"), "let x");
        Files.writeString(home.resolve("secret.txt"), "secret");
        house = new House(home.resolve("h"), home.resolve("web"));
        stranger = Visitor.stranger(house.port());
        analyst = house.visitor("analyst");
        security = house.visitor("security");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void everyRouteIsDescribedAndNothingElseIs() throws Exception {
        var described = new TreeSet<String>();
        var paths = description().path("paths");
        paths.fieldNames()
                .forEachRemaining(path -> paths.path(path).fieldNames().forEachRemaining(method -> {
                    if (Set.of("get", "post", "put", "patch", "delete").contains(method)) {
                        described.add(method.toUpperCase(Locale.ROOT) + " " + path);
                    }
                }));
        var served = house.parts.routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).isEqualTo(served);
    }

    @Test
    void everyListTakesALimitAndACursor() throws Exception {
        var description = description();
        for (var path : description.path("paths").properties()) {
            var list = path.getValue().path("get");
            var shape = list.at("/responses/200/content/application~1json/schema");
            var named = shape.path("$ref").asText("#").substring(1);
            if ((named.isEmpty() ? shape : description.at(named))
                    .at("/properties")
                    .has("items")) {
                assertThat(list.at("/parameters").toString())
                        .as(path.getKey())
                        .containsPattern("/limit\"|/most\"|\"limit\"")
                        .containsPattern("/cursor\"|\"cursor\"");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "analyst, /api/projects",
        "analyst, /api/public/projects",
        "security, /api/accounts",
    })
    void givesAShortListInPagesToThoseWhoAskForThem(String user, String path) {
        var visitor = house.visitor(user);
        var whole = json(visitor.get(path)).path("items");
        var paged = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = json(visitor.get(path + "?limit=1" + next));
            assertThat(page.path("items")).hasSizeLessThanOrEqualTo(1);
            page.path("items").forEach(paged::add);
            next = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!next.isEmpty());
        assertThat(paged).isNotEmpty().containsExactlyElementsOf(whole);
        assertThat(reason(visitor.get(path + "?cursor=-1"))).isEqualTo("400 invalid");
    }

    @Test
    void everyRouteThatNeedsNoSessionSaysSo() throws Exception {
        var paths = description().path("paths");
        for (var route : house.parts.routes()) {
            var open = paths.path(route.path())
                    .path(route.method().toLowerCase(Locale.ROOT))
                    .has("security");
            assertThat(route.caller() == Route.Caller.ANYBODY).as(route.path()).isEqualTo(open);
        }
    }

    @Test
    void everyOtherRouteRefusesAStranger() {
        for (var route : house.parts.routes()) {
            if (route.caller() != Route.Caller.ANYBODY) {
                var path = route.path().replaceAll("\\{[a-z]+}", "x");
                var answer = stranger.send(stranger.request(path).method(route.method(), BodyPublishers.noBody()));
                assertThat(reason(answer)).as(route.path()).isEqualTo("401 not-signed-in");
                assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            }
        }
    }

    @Test
    @Tag("abuse-19")
    void everyProjectRouteHidesAProjectThatIsNotMine() {
        house.grant("hidden", "ndb", 1, false, Duration.ofDays(9), "researcher");
        for (var route : house.parts.routes()) {
            var later = route.path().contains("workspace");
            if (route.path().startsWith("/api/projects/{project}") && !later) {
                for (var name : new String[] {"hidden", "absent"}) {
                    var answer = analyst.send(analyst.request(route.path().replace("{project}", name))
                            .header("Content-Type", "application/json")
                            .method(
                                    route.method(),
                                    BodyPublishers.ofString("{\"kind\":\"sql\",\"sql\":\"select 1\"}")));
                    assertThat(reason(answer)).as("%s %s", route.path(), name).isEqualTo("404 not-found");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nothing, 404 not-found",
        "GET, /api, 404 not-found",
        "GET, /api/session/, 404 not-found",
        "GET, /api/outputs/%2e%2e, 404 not-found",
        "GET, /api/projects/stroke-care%2Ftables, 404 not-found",
        "GET, /api/projects/..;/stroke-care, 404 not-found",
        "GET, /api/projects/%00, 404 not-found",
        "GET, /api/projects/%ff, 400 invalid",
        "PUT, /api/session, 405 method",
        "PATCH, /api/outputs, 405 method",
        "GET, /api/outputs?limit=0, 400 invalid",
        "GET, /api/outputs?limit=1&limit=2, 400 invalid",
        "GET, /api/outputs?cursor=%21, 400 invalid",
        "GET, /api/outputs?state=open, 400 invalid",
        "GET, /api/outputs?projct=stroke-care, 400 invalid",
        "GET, /api/session?x, 400 invalid",
        "GET, /api/inputs?state=open, 400 invalid",
        "GET, /api/inputs/i-none, 404 not-found",
        "PATCH, /api/inputs/i-none, 404 not-found",
        "DELETE, /api/inputs/i-none, 404 not-found",
        "GET, /api/workspaces, 403 role",
        "GET, /api/audit, 403 role",
        "GET, /api/sessions, 403 role",
        "GET, /api/jobs/j-none, 404 not-found",
        "GET, /api/outputs/o-none, 404 not-found",
        "GET, /api/outputs/o-none/files/x, 404 not-found",
        "DELETE, /api/jobs/j-none, 404 not-found"
    })
    @Tag("abuse-21")
    void answersProblems(String method, String path, String expected) {
        assertThat(reason(analyst.send(analyst.request(path).method(method, BodyPublishers.noBody()))))
                .isEqualTo(expected);
    }

    @Test
    void namesAParameterThatNobodyKnows() {
        var answer = analyst.get("/api/outputs?stat%0ae=held");
        assertThat(json(answer).path("detail").asText()).contains("stat?e");
    }

    @Test
    void namesTheMethodsThatAreAllowed() {
        var answer = analyst.send(analyst.request("/api/session").method("PUT", BodyPublishers.noBody()));
        assertThat(answer.headers().firstValue("Allow")).contains("DELETE, GET, POST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"kind\":\"sql\",\"sql\":\"select 1\",\"state\":\"held\"} | 'state'",
                "{\"kind\":\"sql\",\"sql\":7} | 'sql'",
                "{\"kind\":\"sql\",\"sql\":\"a\",\"sql\":\"b\"} | line",
                "{\"kind\":\"sql\"} | sql holds",
                "{\"kind\":\"r\",\"sql\":\"x\"} | kind",
                "{\"kind\" | line 1",
                "null | object",
                "{} {} | wrong kind"
            })
    @Tag("abuse-20")
    void saysWhatIsWrongWithABody(String body, String named) {
        var answer = analyst.post("/api/projects/stroke-care/jobs", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("detail").asText()).contains(named);
    }

    @Test
    void refusesOtherMediaTypes() {
        var text = analyst.request("/api/projects/stroke-care/jobs")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"));
        assertThat(reason(analyst.send(text))).isEqualTo("415 media-type");
        assertThat(reason(analyst.post("/api/projects/stroke-care/jobs", "{\"kind\":\"notebook\"}")))
                .isEqualTo("415 media-type");
    }

    @Test
    void refusesALargeBody() {
        var answer = analyst.post("/api/projects/stroke-care/jobs", "\"" + "x".repeat(2 << 20) + "\"");
        assertThat(reason(answer)).isEqualTo("413 too-large");
    }

    @Test
    void asksAStrangerToSignInHoweverLongTheBodyIs() {
        var body = "{\"kind\":\"sql\",\"sql\":\"" + "x".repeat(500_000) + "\"}";
        assertThat(reason(stranger.post("/api/projects/stroke-care/jobs", body)))
                .isEqualTo("401 not-signed-in");
        assertThat(reason(stranger.post("/api/nothing", body))).isEqualTo("404 not-found");
        assertThat(reason(stranger.post("/api/session", body))).isEqualTo("413 too-large");
    }

    @Test
    void speaksTheLanguageOfTheCaller() {
        var answer = stranger.send(stranger.request("/api/jobs/x").header("Accept-Language", "ja,en;q=0.5"));
        assertThat(json(answer).path("title").asText()).isEqualTo("サインインが必要です");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(stranger.get("/api/jobs/x")).path("title").asText()).isEqualTo("Please sign in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/outputs/o-1", "/review", "/index.html"})
    void servesTheOnePageWithAFreshNonce(String path) {
        var one = stranger.get(path);
        var other = stranger.get(path);
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(one.body()).doesNotContain("__CSP_NONCE__").isNotEqualTo(other.body());
        var nonce = one.body().replaceAll(".*nonce=\"([^\"]+)\".*", "$1");
        assertThat(one.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .contains("style-src 'self' 'nonce-" + nonce + "'")
                .contains("frame-ancestors 'none'");
        assertThat(one.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(one.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void keepsHashedAssetsAndNothingOutsideTheFolder() {
        var asset = stranger.get("/assets/app-1a2b3c4d.js");
        assertThat(asset.body()).isEqualTo("let x");
        assertThat(asset.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        for (var path : new String[] {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/secret.txt"}) {
            assertThat(stranger.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void answersToItsOwnNamesOnly() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example:" + house.port() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\nHost: localhost:" + house.port() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    @Tag("abuse-12")
    void refusesACookieFromAnotherSite() {
        var signIn = stranger.post("/api/session", "{\"user\":\"analyst\",\"password\":\"sekisho-demo\"}");
        var cookie = signIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/");
        var value = cookie.split(";", 2)[0];
        var own = "http://127.0.0.1:" + house.port();
        assertThat(reason(withCookie(value, "http://evil.example"))).isEqualTo("403 cross-site");
        assertThat(reason(withCookie(value, ""))).isEqualTo("403 cross-site");
        assertThat(withCookie(value, own).statusCode()).isEqualTo(202);
        var elsewhere = stranger.request("/api/session")
                .header("Content-Type", "application/json")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString("{\"user\":\"analyst\",\"password\":\"sekisho-demo\"}"));
        assertThat(reason(stranger.send(elsewhere))).isEqualTo("403 cross-site");
    }

    @Test
    void letsAProgramThatKeepsItsCookieSignInAsSomebodyElse() {
        var signIn = stranger.post("/api/session", "{\"user\":\"analyst\",\"password\":\"sekisho-demo\"}");
        var value = signIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        var again = stranger.request("/api/session")
                .header("Content-Type", "application/json")
                .header("Cookie", value)
                .POST(BodyPublishers.ofString("{\"user\":\"checker\",\"password\":\"sekisho-demo\"}"));
        assertThat(json(stranger.send(again)).at("/user/name").asText()).isEqualTo("checker");
    }

    @Test
    @Tag("abuse-11")
    void endsASessionAtOnce() {
        var visitor = house.visitor("analyst");
        assertThat(visitor.get("/api/session").statusCode()).isEqualTo(200);
        assertThat(visitor.delete("/api/session").statusCode()).isEqualTo(204);
        assertThat(reason(visitor.get("/api/session"))).isEqualTo("401 not-signed-in");
        assertThat(reason(stranger.post("/api/session", "{\"user\":\"analyst\",\"password\":\"wrong-wrong\"}")))
                .isEqualTo("401 wrong-sign-in");
    }

    @Test
    void letsSecurityEndASession() {
        var visitor = house.visitor("researcher");
        var live = json(security.get("/api/sessions")).path("items");
        String found = "";
        for (var session : live) {
            if (session.path("user").path("name").asText().equals("researcher")) {
                found = session.path("id").asText();
            }
        }
        assertThat(security.delete("/api/sessions/" + found).statusCode()).isEqualTo(204);
        assertThat(visitor.get("/api/session").statusCode()).isEqualTo(401);
    }

    @Test
    void tellsWhoIAm() {
        var me = json(analyst.get("/api/session"));
        assertThat(me.at("/user/name").asText()).isEqualTo("analyst");
        assertThat(me.at("/user/roles/0").asText()).isEqualTo("analyst");
        assertThat(me.at("/projects/0/id").asText()).isEqualTo("stroke-care");
        assertThat(me.path("demo").asBoolean()).isTrue();
    }

    @Test
    void servesTilesToAnybodyAndEntriesToSecurity() {
        security.get("/api/audit");
        var checkpoint = stranger.get("/api/audit/tlog/checkpoint").body();
        int size = Integer.parseInt(checkpoint.lines().skip(1).findFirst().orElseThrow());
        var tile = "/000" + (size < 256 ? ".p/" + size : "");

        assertThat(stranger.get("/api/audit/tlog/tile/0" + tile).statusCode()).isEqualTo(200);
        assertThat(stranger.get("/api/audit/tlog/tile/entries" + tile).statusCode())
                .isEqualTo(401);
        assertThat(reason(analyst.get("/api/audit/tlog/tile/entries" + tile))).isEqualTo("403 role");
        assertThat(security.get("/api/audit/tlog/tile/entries" + tile).body()).contains("\"action\":\"log.open\"");
        assertThat(stranger.get("/api/audit/tlog/tile/0/x999/999").statusCode()).isEqualTo(404);
        assertThat(stranger.get("/api/audit/tlog/tile/0/0").statusCode()).isEqualTo(404);
    }

    /** Where a password is hashed or the identity provider is asked, and nowhere else. */
    @Test
    void knowsWhatTakesItsTime() {
        assertThat(house.parts.routes().stream().filter(Route::slow).map(route -> route.method() + " " + route.path()))
                .containsExactlyInAnyOrder(
                        "POST /api/session",
                        "POST /api/session/provider",
                        "POST /api/session/provider/step-up",
                        "GET /api/session/provider/arrival",
                        "POST /api/session/provider/sign-out",
                        "POST /api/session/provider/signed-out",
                        "POST /api/invitations",
                        "POST /api/account/totp",
                        "POST /api/account/passkeys/challenge",
                        "POST /api/account/recovery-codes",
                        "PUT /api/account/password",
                        "POST /api/workspaces/{workspace}/unlock");
    }

    @Test
    void refusesAPathWithMoreSegmentsThanAnyOfOurs() {
        assertThat(stranger.get("/api" + "/a".repeat(15)).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/api" + "/".repeat(6_000)).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/" + "/".repeat(6_000)).statusCode()).isEqualTo(404);
    }

    @Test
    void givesAnybodyTheKeysThatItsCheckpointsAreSignedWith() {
        var keys = VerifierKeys.parse(stranger.get("/api/audit/keys").body());
        var signed = Checkpoint.parse(stranger.get("/api/audit/checkpoint").body(), keys);
        assertThat(signed.size()).isPositive();
    }

    @Test
    void writesNoNameThatIsNoAccountIntoTheLog() throws Exception {
        var typed = "my-own-password-by-mistake";
        stranger.post("/api/session", "{\"user\":\"" + typed + "\",\"password\":\"x\"}");
        var found = json(security.get("/api/audit?action=session.refused&limit=1"));

        assertThat(found.at("/items/0/actor").asText()).isEqualTo("(stranger)");
        assertThat(found.toString()).doesNotContain(typed);
    }

    @Test
    void showsTheLogToSecurityAndProofsToAnybodySignedIn() {
        var page = json(security.get("/api/audit?actor=analyst&action=session.open&limit=1"));
        assertThat(page.at("/items/0/action").asText()).isEqualTo("session.open");
        assertThat(page.at("/verified/holds").asBoolean()).isTrue();
        var index = page.at("/items/0/index").asText();
        var proof = json(analyst.get("/api/audit/proof/" + index));
        assertThat(proof.at("/checkpoint/note").asText()).contains("\n");
        assertThat(proof.has("line")).isFalse();
        assertThat(stranger.get("/api/audit/checkpoint").body().lines()).hasSizeGreaterThan(3);
        assertThat(security.get("/api/audit/export?format=ecs").body()).contains("\"session.open\"");
        assertThat(security.get("/api/audit/export").body()).contains("\"class_uid\":3002");
        assertThat(security.get("/api/audit/export?format=cef").body()).startsWith("CEF:0|Sekisho|");
        assertThat(security.get("/api/audit/export?format=syslog&after=1").body())
                .startsWith("<110>1 ");
        assertThat(reason(security.get("/api/audit/export?format=xml"))).isEqualTo("400 invalid");
        assertThat(reason(security.get("/api/audit?from=yesterday"))).isEqualTo("400 invalid");
    }

    @Test
    void givesAProofToSecurityThatHoldsWithoutTheLog() throws Exception {
        var newest = json(security.get("/api/audit?actor=security&limit=1")).at("/items/0/index");
        var path = "/api/audit/proof/" + newest.asText() + "?format=tlog-proof";

        assertThat(verified(security.get(path).body()))
                .contains("is in the log")
                .doesNotContain("is security");
        assertThat(verified(security.get(path + "&named=true").body()))
                .contains("Entry " + newest.asText() + " is in the log")
                .contains("is security");
        assertThat(reason(analyst.get(path))).isEqualTo("403 role");
        assertThat(reason(security.get(path + "&named=maybe"))).isEqualTo("400 invalid");
        assertThat(reason(security.get("/api/audit/proof/0?format=xml"))).isEqualTo("400 invalid");
        assertThat(reason(security.get("/api/audit/proof/999999?format=tlog-proof")))
                .isEqualTo("404 not-found");
    }

    @Test
    void writesDownWhoeverGetsTheWordsOfAnEntryInItsProof() {
        var path = "/api/audit/proof/2";
        var before = looksAtProofs();
        assertThat(json(security.get(path)).path("line").asText()).isNotBlank();
        assertThat(security.get(path + "?format=tlog-proof&named=true").statusCode())
                .isEqualTo(200);
        assertThat(json(analyst.get(path)).has("line")).isFalse();
        assertThat(looksAtProofs())
                .as("two of security, none of who got hashes")
                .isEqualTo(before + 2);
        assertThat(house.entries())
                .filteredOn(entry -> entry.detail().containsKey("proof"))
                .allSatisfy(entry -> assertThat(entry.actor()).isEqualTo("security"))
                .extracting(entry -> entry.detail().get("named"))
                .contains("true");
    }

    private static long looksAtProofs() {
        return house.entries().stream()
                .filter(entry -> entry.action().equals("log.read")
                        && "2".equals(entry.detail().get("proof")))
                .count();
    }

    @Test
    void aRoleWhoseTrainingLapsedGetsNoWordsOfTheLogByAnotherRole() {
        var password = "correct horse battery";
        var roles = Set.of(Role.SECURITY, Role.REVIEWER);
        house.parts.identity().accounts().create("untrained-security", "Untrained", roles, password);
        var untrained = Visitor.holding(
                house.port(),
                stranger.post(
                        "/api/session", "{\"user\":\"untrained-security\",\"password\":\"%s\"}".formatted(password)));
        var proof = json(untrained.get("/api/audit/proof/2"));
        assertThat(proof.path("path").isArray()).isTrue();
        assertThat(proof.has("line")).isFalse();
        assertThat(reason(untrained.get("/api/audit/proof/2?format=tlog-proof")))
                .isEqualTo("403 training");
    }

    /** What the verifier says of it, which has the public key and nothing else. */
    private static String verified(String proof) throws Exception {
        var file = Files.writeString(home.resolve("proof"), proof);
        var key = Files.readString(home.resolve("h/log/key.pub"));
        var said = new ByteArrayOutputStream();
        try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            var exit = VerifyCommand.run(List.of(file.toString(), "--key", key), out, out);
            assertThat(exit).as(said.toString(StandardCharsets.UTF_8)).isZero();
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whoeverMayReadOfEveryProjectFindsThemAndTheirClosings() {
        var reviewer = house.visitor("reviewer");
        var closing = "/api/projects/" + House.PROJECT + "/closing";
        assertThat(listed(reviewer).path("member").asBoolean(true)).isFalse();
        assertThat(listed(reviewer).path("state").asText()).isEqualTo("active");
        assertThat(listed(reviewer).has("closing")).isFalse();
        assertThat(reviewer.post(closing, "{\"note\":\"over\"}").statusCode()).isEqualTo(201);

        assertThat(listed(security).at("/closing/state").asText()).isEqualTo("proposed");
        assertThat(listed(security).at("/closing/by/name").asText()).isEqualTo("reviewer");
        assertThat(listed(security).at("/closing/proposed").asText()).isNotEmpty();
        assertThat(listed(analyst).path("member").asBoolean()).isTrue();
        assertThat(listed(analyst).has("closing")).as("to a member").isFalse();
        assertThat(listed(house.visitor("checker")).has("closing"))
                .as("to a checker")
                .isFalse();
        assertThat(json(house.visitor("steward").get("/api/projects")).path("items"))
                .as("to a steward")
                .isEmpty();
        assertThat(security.post(closing + "/decisions", "{\"decision\":\"refuse\"}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(listed(security).has("closing")).isFalse();
    }

    private static JsonNode listed(Visitor person) {
        for (var project : json(person.get("/api/projects")).path("items")) {
            if (project.path("id").asText().equals(House.PROJECT)) {
                return project;
            }
        }
        throw new AssertionError("it is not listed");
    }

    @Test
    void leavesLooksOutOfTheLogWhereNobodyWantsThem() {
        security.get("/api/sessions");
        security.get("/api/audit");
        assertThat(actions(security, "/api/audit?limit=10")).contains("log.read", "session.list");
        assertThat(actions(security, "/api/audit?limit=10&looks=false"))
                .isNotEmpty()
                .doesNotContain("log.read", "session.list");
        assertThat(actions(security, "/api/audit?looks=false&action=session.list"))
                .isEmpty();
        assertThat(reason(security.get("/api/audit?looks=maybe"))).isEqualTo("400 invalid");
    }

    private static List<String> actions(Visitor person, String path) {
        return json(person.get(path)).path("items").findValuesAsText("action");
    }

    @Test
    void whatIsAskedForNamesItsSession() {
        house.visitor("security").get("/api/usage");
        house.visitor("security").get("/api/usage");
        var looks = json(security.get("/api/audit?action=usage.read&limit=2")).path("items");
        var opened = json(security.get("/api/audit?actor=security&action=session.open&limit=2"))
                .path("items");
        assertThat(looks.findValuesAsText("session"))
                .doesNotHaveDuplicates()
                .isEqualTo(opened.findValuesAsText("object"));
        assertThat(opened.findValuesAsText("session"))
                .as("the session that begins")
                .isEmpty();
    }

    @Test
    void writesRefusalsDown() {
        analyst.get("/api/audit");
        var refused = json(security.get("/api/audit?actor=analyst&action=access.refused&limit=1"));
        assertThat(refused.at("/items/0/detail/operation").asText()).isEqualTo("READ_LOG");
    }

    @Test
    void servesOperationOnItsOwnPort() throws Exception {
        var ops = Visitor.stranger(house.opsPort());
        assertThat(ops.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(json(ops.get("/readyz")).path("ready").asBoolean()).isTrue();
        assertThat(ops.get("/metrics").body())
                .contains("sekisho_jobs{state=\"queued\"}")
                .contains("sekisho_log_entries");
        assertThat(rawTo(
                        house.opsPort(),
                        "GET /metrics HTTP/1.1\r\nHost: evil.example:" + house.opsPort()
                                + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(stranger.get("/metrics").body()).doesNotContain("sekisho_jobs");
    }

    private static HttpResponse<String> withCookie(String cookie, String origin) {
        var request = stranger.request("/api/projects/stroke-care/jobs")
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .POST(BodyPublishers.ofString("{\"kind\":\"sql\",\"sql\":\"select 1\"}"));
        return stranger.send(origin.isEmpty() ? request : request.header("Origin", origin));
    }

    private static String raw(String request) throws Exception {
        return rawTo(house.port(), request);
    }

    private static String rawTo(int port, String request) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode description() throws Exception {
        return new YAMLMapper().readTree(stranger.get("/api/openapi.yaml").body());
    }
}
