package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Bringing.wish;
import static org.sekisho.gateway.http.Visitor.JSON;
import static org.sekisho.gateway.http.Visitor.json;
import static org.sekisho.gateway.http.Visitor.reason;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.ingress.Packages;
import org.sekisho.gateway.ingress.Scan;

/** The life of an input over plain HTTP, with a scanner that answers as told. */
class InputsIT {
    private static final String HERE = "/api/projects/stroke-care/inputs";
    private static final byte[] CODES = "code,name\n01,北海道\n".getBytes(StandardCharsets.UTF_8);
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    static Path home;

    static House house;
    static Visitor researcher;
    static Visitor analyst;
    static Visitor steward;
    static Visitor security;

    @BeforeAll
    static void open() {
        house = new House(home);
        researcher = house.visitor("researcher");
        analyst = house.visitor("analyst");
        steward = house.visitor("steward");
        security = house.visitor("security");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void clean() {
        house.scan = new Scan(Scan.State.CLEAN, "fake", null);
    }

    @Test
    void bringsAFileToItsPlaceByAStewardsWord() throws Exception {
        var name = fresh("codes", "csv");
        var id = upload(researcher, name, "file", CODES);
        var waiting = settled(id);
        assertThat(waiting.path("state").asText()).isEqualTo("waiting");
        assertThat(waiting.path("sha256").asText()).isEqualTo(Hashes.sha256(CODES));
        assertThat(waiting.at("/scan/state").asText()).isEqualTo("clean");
        assertThat(waiting.at("/contents/type").asText()).isEqualTo("text");
        assertThat(delivered("files").resolve(name)).doesNotExist();

        assertThat(reason(researcher.post("/api/inputs/" + id + "/reviews", accept(""))))
                .isEqualTo("403 own-input");
        assertThat(steward.post("/api/inputs/" + id + "/reviews", accept("")).statusCode())
                .isEqualTo(201);
        var there = settled(id);
        assertThat(there.path("state").asText()).isEqualTo("delivered");
        assertThat(there.path("place").asText()).isEqualTo("~/inputs/" + name);
        var file = delivered("files").resolve(name);
        assertThat(file).hasBinaryContent(CODES);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwxr-xr-x");
        Bringing.eventuallyGone(home.resolve("projects/stroke-care/inputs/" + id));
        assertThat(reason(steward.post("/api/inputs/" + id + "/reviews", accept(""))))
                .isEqualTo("409 wrong-state");
        assertThat(reason(steward.delete("/api/inputs/" + id))).isEqualTo("409 wrong-state");
        assertThat(file).exists();
        var actions = json(security.get("/api/audit?limit=50&object=" + id)).findValuesAsText("action");
        assertThat(actions).contains("input.upload", "input.scan", "input.view", "input.review", "input.deliver");
    }

    @Test
    void keepsTheQuarantineToItself() throws Exception {
        var id = upload(researcher, fresh("own", "csv"), "file", CODES);
        settled(id);
        var folder = home.resolve("projects/stroke-care/inputs/" + id);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("content"))))
                .isEqualTo("rw-------");
    }

    @Test
    void unpacksAWheelAndARPackageWhereTheyAreLookedFor() throws Exception {
        var wheel =
                upload(researcher, "tinylib-0.3-py3-none-any.whl", "python-wheel", Packages.wheel("tinylib", "0.3"));
        var r = upload(researcher, "tinystat_1.2.tar.gz", "r-package", Packages.builtR("tinystat", "1.2"));
        for (var id : new String[] {wheel, r}) {
            assertThat(settled(id).path("state").asText())
                    .as(settled(id).toString())
                    .isEqualTo("waiting");
            steward.post("/api/inputs/" + id + "/reviews", accept(""));
            assertThat(settled(id).path("state").asText()).isEqualTo("delivered");
        }
        assertThat(delivered("python").resolve("tinylib/__init__.py")).hasContent("answer = 42");
        assertThat(delivered("python").resolve("tinylib-0.3.dist-info/METADATA"))
                .exists();
        assertThat(delivered("R").resolve("tinystat/DESCRIPTION")).exists();
        assertThat(delivered("").toFile().list()).doesNotContain(".new-" + wheel, ".new-" + r);
    }

    @Test
    void refusesWhatAnotherPackageHasPutThere() {
        var one =
                upload(researcher, "tinystat-1.2-py3-none-any.whl", "python-wheel", Packages.wheel("tinystat", "1.2"));
        settled(one);
        steward.post("/api/inputs/" + one + "/reviews", accept(""));
        assertThat(settled(one).path("state").asText()).isEqualTo("delivered");
        var over = Packages.wheel("tinylib", "0.4", Map.of("tinystat/__init__.py", "answer = 43\n"));
        var other = upload(researcher, "tinylib-0.4-py3-none-any.whl", "python-wheel", over);
        settled(other);
        steward.post("/api/inputs/" + other + "/reviews", accept(""));
        assertThat(settled(other).path("ending").asText()).isEqualTo("taken");
        assertThat(delivered("python").resolve("tinystat/__init__.py")).hasContent("answer = 42");
    }

    @Test
    void refusesMalwareWithoutAPerson() {
        house.scan = new Scan(Scan.State.FOUND, "fake", "Eicar");
        var refused = settled(upload(researcher, fresh("bad", "csv"), "file", CODES));
        assertThat(refused.path("state").asText()).isEqualTo("refused");
        assertThat(refused.at("/scan/words/en").asText()).contains("Eicar");
        Bringing.eventuallyGone(
                home.resolve("projects/stroke-care/inputs/" + refused.path("id").asText()));
    }

    @Test
    void saysLoudlyThatThereWasNoScannerAndAsksForWords() {
        house.scan = new Scan(Scan.State.ABSENT, null, null);
        var id = upload(researcher, fresh("unscanned", "csv"), "file", CODES);
        var waiting = settled(id);
        assertThat(waiting.at("/scan/words/en").asText()).isEqualTo("not scanned: no scanner here");
        assertThat(waiting.path("needsNote").asBoolean()).isTrue();
        assertThat(reason(steward.post("/api/inputs/" + id + "/reviews", accept("  "))))
                .isEqualTo("400 note-needed");
        assertThat(steward.post("/api/inputs/" + id + "/reviews", accept("Our own code list, read by eye"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void refusesByAStewardsWordAndForgetsTheBytes() {
        var id = upload(researcher, fresh("unwanted", "csv"), "file", CODES);
        settled(id);
        var path = "/api/inputs/" + id + "/reviews";
        assertThat(reason(steward.post(path, "{\"decision\":\"refuse\"}"))).isEqualTo("400 note-needed");
        assertThat(reason(steward.post(path, "{\"decision\":\"release\"}"))).isEqualTo("400 invalid");
        steward.post(path, "{\"decision\":\"refuse\",\"note\":\"Personal data of our own patients\"}");
        var refused = json(researcher.get("/api/inputs/" + id));
        assertThat(refused.at("/review/note").asText()).contains("Personal data");
        assertThat(refused.at("/review/decision").asText()).isEqualTo("refuse");
        Bringing.eventuallyGone(home.resolve("projects/stroke-care/inputs/" + id));
    }

    @Test
    void takesPiecesExactlyOnceByTheirOffset() {
        var id = begun(researcher, fresh("pieces", "csv"), 10);
        assertThat(piece(researcher, id, 0, "0123").statusCode()).isEqualTo(204);
        var again = piece(researcher, id, 0, "0123");
        assertThat(reason(again)).isEqualTo("409 offset");
        assertThat(again.headers().firstValue("Upload-Offset")).contains("4");
        assertThat(reason(piece(researcher, id, 5, "56789"))).isEqualTo("409 offset");
        assertThat(reason(piece(researcher, id, 4, "456789X"))).isEqualTo("400 invalid");
        assertThat(reason(piece(researcher, id, 4, ""))).isEqualTo("400 invalid");
        assertThat(offset(id)).isEqualTo("4");
        assertThat(piece(researcher, id, 4, "456789").headers().firstValue("Upload-Offset"))
                .contains("10");
        assertThat(settled(id).path("sha256").asText()).isEqualTo(Hashes.sha256("0123456789"));
        assertThat(reason(piece(researcher, id, 10, "more"))).isEqualTo("409 wrong-state");
    }

    /** Abuse case 30: the same piece, the same name and the same review, at the same time. */
    @Test
    @Tag("abuse-30")
    void countsEachOfManyRacersOnce() {
        var name = fresh("race", "csv");
        var body = wish(name, 4, "file", "why");
        var begun = together(() -> researcher.post(HERE, body));
        assertThat(begun).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(begun)
                .filteredOn(answer -> answer.statusCode() != 201)
                .allMatch(answer -> reason(answer).equals("409 name-taken"));
        var id = json(begun.stream()
                        .filter(answer -> answer.statusCode() == 201)
                        .findFirst()
                        .orElseThrow())
                .path("id")
                .asText();
        var pieces = together(() -> piece(researcher, id, 0, "a,b\n"));
        assertThat(pieces).filteredOn(answer -> answer.statusCode() == 204).hasSize(1);
        settled(id);
        var reviews = together(() -> steward.post("/api/inputs/" + id + "/reviews", accept("")));
        assertThat(reviews).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
    }

    /** Abuse case 23: ten gigabytes, a bomb, and more than was announced. */
    @Test
    @Tag("abuse-23")
    void refusesTenGigabytesBeforeTheFirstByte() {
        assertThat(reason(researcher.post(HERE, wish(fresh("huge", "csv"), 10L << 30, "file", "why"))))
                .isEqualTo("413 too-large");
        var id = begun(researcher, fresh("long", "csv"), 100);
        var huge = researcher
                .request("/api/inputs/" + id)
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", "0")
                .method("PATCH", BodyPublishers.ofByteArray(new byte[(4 << 20) + 1]));
        assertThat(reason(researcher.send(huge))).isEqualTo("413 too-large");
        assertThat(offset(id)).isEqualTo("0");
        var bomb = settled(upload(researcher, fresh("bomb", "zip"), "file", bomb()));
        assertThat(bomb.path("state").asText()).isEqualTo("refused");
        assertThat(bomb.at("/findings/0/message/en").asText()).contains("bomb");
    }

    @Test
    void givesAProjectSoMuchAndNoMore() {
        house.grant("greedy", "ndb", 1, false, Duration.ofDays(9), "researcher");
        var there = "/api/projects/greedy/inputs";
        for (int i = 0; i < 4; i++) {
            assertThat(researcher
                            .post(there, wish("part" + i + ".csv", 2L << 30, "file", "why"))
                            .statusCode())
                    .isEqualTo(201);
        }
        assertThat(reason(researcher.post(there, wish("one-more.csv", 1, "file", "why"))))
                .isEqualTo("409 quota");
        var first = json(researcher.get("/api/inputs?project=greedy"))
                .at("/items/3/id")
                .asText();
        assertThat(researcher.delete("/api/inputs/" + first).statusCode()).isEqualTo(204);
        assertThat(researcher.post(there, wish("part0.csv", 1, "file", "why")).statusCode())
                .isEqualTo(201);
    }

    /** Abuse case 24. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.csv",
                "a/b.csv",
                "a\\\\b.csv",
                "a\\u0000b",
                "a\\r\\nSet-Cookie: x",
                "a\\u202egnp.csv",
                ".bashrc",
                "-rf",
                "",
                " ",
                "con",
                "a:b",
                "a\\ud800",
                "a\\u200bb",
                "x<img src=x onerror=alert(1)>.csv",
                "name."
            })
    @Tag("abuse-24")
    void refusesANameThatIsNotOneOfAPlainFile(String name) {
        var body = "{\"name\":\"%s\",\"bytes\":3,\"purpose\":\"why\",\"kind\":\"file\"}".formatted(name);
        assertThat(reason(researcher.post(HERE, body))).isEqualTo("400 invalid");
    }

    /** Abuse case 25: what looks like markup stays words in JSON, and no page is made of it. */
    @Test
    @Tag("abuse-25")
    void answersMarkupInAPurposeAsWords() {
        var body = wish(fresh("plain", "csv"), 3, "file", "<script>alert(1)</script>");
        var answer = researcher.post(HERE, body);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(json(answer).path("purpose").asText()).isEqualTo("<script>alert(1)</script>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a.csv\",\"bytes\":0,\"purpose\":\"w\",\"kind\":\"file\"} | 400 invalid",
                "{\"name\":\"a.csv\",\"bytes\":-1,\"purpose\":\"w\",\"kind\":\"file\"} | 400 invalid",
                "{\"name\":\"a.csv\",\"bytes\":1.5,\"purpose\":\"w\",\"kind\":\"file\"} | 400 invalid",
                "{\"name\":\"a.csv\",\"bytes\":1,\"purpose\":\" \",\"kind\":\"file\"} | 400 invalid",
                "{\"name\":\"a.csv\",\"bytes\":1,\"purpose\":\"w\",\"kind\":\"jar\"} | 400 invalid",
                "{\"name\":\"a.csv\",\"bytes\":1,\"purpose\":\"w\",\"kind\":\"file\",\"sha256\":\"XX\"} | 400 invalid",
                "{\"name\":\"a.csv\",\"bytes\":1,\"purpose\":\"w\",\"kind\":\"file\",\"state\":\"delivered\"} | 400 invalid",
                "{\"name\":\"a.tar\",\"bytes\":1,\"purpose\":\"w\",\"kind\":\"image\"} | 400 invalid"
            })
    @Tag("abuse-20")
    void saysWhatIsWrong(String body, String expected) {
        var answer = researcher.post(HERE, body);
        assertThat(reason(answer)).isEqualTo(expected);
        assertThat(json(answer).path("detail").asText()).isNotEmpty();
    }

    @Test
    void refusesBytesThatAreNotTheAnnouncedOnes() {
        var body =
                wish(fresh("other", "csv"), 4, "file", "why").replace("}", ",\"sha256\":\"" + "0".repeat(64) + "\"}");
        var id = json(researcher.post(HERE, body)).path("id").asText();
        piece(researcher, id, 0, "a,b\n");
        assertThat(settled(id).path("state").asText()).isEqualTo("refused");
    }

    /** Abuse case 29: an upload of which nothing comes any more takes nothing, and nothing is ever read back. */
    @Test
    @Tag("abuse-29")
    void takesNothingForAnUploadThatHasEnded() {
        house.grant("over", "ndb", 1, false, Duration.ofDays(9), "researcher");
        var id = json(researcher.post("/api/projects/over/inputs", wish("a.csv", 9, "file", "why")))
                .path("id")
                .asText();
        assertThat(piece(researcher, id, 0, "abc").statusCode()).isEqualTo(204);
        house.expire("over");
        assertThat(reason(piece(researcher, id, 3, "def"))).isEqualTo("403 permit-expired");
        assertThat(researcher.delete("/api/inputs/" + id).statusCode()).isEqualTo(204);
        assertThat(reason(piece(researcher, id, 3, "def"))).isEqualTo("403 permit-expired");
        for (var way : new String[] {"/content", "/files/a.csv", "/bytes", "/download", "/preview"}) {
            assertThat(researcher.get("/api/inputs/" + id + way).statusCode()).isEqualTo(404);
        }
    }

    /** Promise 8 for this door: bytes go in, and none of them come back in any answer. */
    @Test
    @Tag("abuse-29")
    void neverAnswersWithTheBytesOfAnInput() {
        var canary = "sekisho-canary-7f3a,1\n".getBytes(StandardCharsets.UTF_8);
        var id = upload(researcher, fresh("canary", "csv"), "file", canary);
        settled(id);
        for (var visitor : new Visitor[] {researcher, analyst, steward, security}) {
            for (var path : new String[] {"/api/inputs/" + id, "/api/inputs", "/api/audit?object=" + id}) {
                assertThat(visitor.get(path).body()).doesNotContain("canary-7f3a");
            }
        }
    }

    /** Abuse case 19. */
    @Test
    @Tag("abuse-19")
    void hidesTheInputsOfOthers() {
        house.grant("private", "ndb", 1, false, Duration.ofDays(9), "researcher");
        var id = json(researcher.post("/api/projects/private/inputs", wish("a.csv", 9, "file", "why")))
                .path("id")
                .asText();
        assertThat(reason(analyst.get("/api/inputs/" + id))).isEqualTo("404 not-found");
        assertThat(reason(piece(analyst, id, 0, "abc"))).isEqualTo("404 not-found");
        assertThat(reason(analyst.delete("/api/inputs/" + id))).isEqualTo("404 not-found");
        assertThat(reason(house.visitor("checker").get("/api/inputs/" + id))).isEqualTo("404 not-found");
        assertThat(analyst.get("/api/inputs").body()).doesNotContain(id);
        var mine = begun(researcher, fresh("mine", "csv"), 9);
        assertThat(analyst.get("/api/inputs/" + mine).statusCode()).isEqualTo(200);
        assertThat(reason(piece(analyst, mine, 0, "abc"))).isEqualTo("403 not-the-author");
    }

    private static String upload(Visitor visitor, String name, String kind, byte[] bytes) {
        return Bringing.upload(visitor, House.PROJECT, name, kind, bytes);
    }

    private static String begun(Visitor visitor, String name, long bytes) {
        return json(visitor.post(HERE, wish(name, bytes, "file", "why")))
                .path("id")
                .asText();
    }

    private static HttpResponse<String> piece(Visitor visitor, String id, long offset, String text) {
        return Bringing.piece(visitor, id, offset, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String offset(String id) {
        return researcher
                .send(researcher.request("/api/inputs/" + id).HEAD())
                .headers()
                .firstValue("Upload-Offset")
                .orElseThrow();
    }

    private static JsonNode settled(String id) {
        return Bringing.settled(steward, id);
    }

    private static List<HttpResponse<String>> together(Supplier<HttpResponse<String>> call) {
        var racers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(call))
                .toList();
        return racers.stream().map(CompletableFuture::join).toList();
    }

    private static String accept(String note) {
        return JSON.createObjectNode()
                .put("decision", "accept")
                .put("note", note)
                .toString();
    }

    private static byte[] bomb() {
        return Packages.zip(Map.of("zeros.txt", "0".repeat(100 << 20)));
    }

    private static String fresh(String name, String ending) {
        return name + COUNT.incrementAndGet() + "." + ending;
    }

    private static Path delivered(String place) {
        return home.resolve("projects/stroke-care/delivered").resolve(place);
    }
}
