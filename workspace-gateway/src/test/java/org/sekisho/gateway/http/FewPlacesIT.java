package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.reason;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway with places for so few that a test fills them: three quarters of them are for us. */
class FewPlacesIT {
    private static final int PLACES = 16;
    private static final int OURS = 12;
    private static final int THREADS = 16;
    private static final int LARGE = 1 << 20;
    /** In line or worked on at most, a quarter of the places. */
    private static final int SIGN_INS = 8;

    @TempDir
    static Path home;

    static House house;

    private final List<Socket> sockets = new ArrayList<>();
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    private Connections connections = new Connections(0);
    private int port;

    @BeforeAll
    static void open() throws IOException {
        var web = Files.createDirectories(home.resolve("web/assets"));
        Files.writeString(home.resolve("web/index.html"), "<html>");
        Files.writeString(web.resolve("large-1a2b3c4d.js"), "x".repeat(LARGE));
        house = new House(home.resolve("h"), home.resolve("web"));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @AfterEach
    void leave() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    @Tag("abuse-23")
    void givesThePlaceOfWhoeverReadsNothingToANewcomer() throws Exception {
        serve(PLACES, house.parts.routes());
        for (int i = 0; i < OURS; i++) {
            ask(get("/assets/large-1a2b3c4d.js").repeat(8));
            untilNothingMoves(sockets.getLast());
        }
        assertThat(sockets).as("all fit").noneMatch(FewPlacesIT::isGone);
        for (int i = 0; i < 3; i++) {
            ask(get("/assets/large-1a2b3c4d.js").repeat(8));
            untilNothingMoves(sockets.getLast());
        }
        assertThat(Visitor.stranger(port).get("/api/public/instance").statusCode())
                .isEqualTo(200);
        for (int i = 0; i < 100 && !sockets.subList(0, 4).stream().allMatch(FewPlacesIT::isGone); i++) {
            Thread.sleep(50);
        }
        assertThat(sockets.subList(0, 4)).as("those that came first").allMatch(FewPlacesIT::isGone);
        assertThat(sockets.subList(4, sockets.size())).as("the others").noneMatch(FewPlacesIT::isGone);
    }

    @Test
    @Tag("abuse-23")
    void givesThePlaceOfWhoeverWaitsForAChangeToANewcomer() throws Exception {
        serve(PLACES, house.parts.routes());
        var analyst = house.visitor("analyst");
        var job = analyst.submit(House.PROJECT, "select wait");
        while (!Visitor.json(analyst.get("/api/jobs/" + job))
                .path("state")
                .asText()
                .equals("running")) {
            Thread.sleep(20);
        }
        for (int i = 0; i < OURS + 3; i++) {
            ask(get("/api/jobs/" + job + "?wait=30", "Authorization: " + analyst.authorization() + "\r\n"));
            Thread.sleep(50);
        }
        assertThat(Visitor.stranger(port).get("/api/public/instance").statusCode())
                .isEqualTo(200);
        assertThat(answer(sockets.getFirst())).isEmpty();
        assertThat(isGone(sockets.getFirst())).isTrue();
        analyst.delete("/api/jobs/" + job);
        assertThat(answer(sockets.getLast())).startsWith("HTTP/1.1 200 ");
    }

    @Test
    @Tag("abuse-23")
    void beginsNothingForWhoeverHasLeftAndIsBusyWhenTooMuchIsLeftBehind() throws Exception {
        var begun = new AtomicInteger();
        var end = new CountDownLatch(1);
        serve(THREADS + 4, List.of(slow("GET", "/api/public/instance", begun, end)));
        var stranger = Visitor.stranger(port);
        try {
            fillTheLineAndLeave();
            var refused = stranger.get("/api/public/instance");
            assertThat(reason(refused)).isEqualTo("503 busy");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            end.countDown();
        }
        Thread.sleep(500);
        assertThat(stranger.get("/api/public/instance").statusCode()).isEqualTo(200);
        assertThat(begun)
                .as("of those who left while they waited in line, none")
                .hasValue(THREADS + 1);
    }

    /** More than have room in it, for on a busy machine one leaves before it was heard. */
    private void fillTheLineAndLeave() throws Exception {
        for (int i = 0; i < THREADS + 12; i++) {
            ask(get("/api/public/instance"));
            Thread.sleep(50);
            sockets.getLast().setSoLinger(true, 0);
            sockets.getLast().close();
        }
        Thread.sleep(200);
    }

    /** Until as much of an answer has come as fits between server and reader. */
    private static void untilNothingMoves(Socket socket) throws Exception {
        int before = 0;
        for (int i = 0; i < 100; i++) {
            Thread.sleep(50);
            int there = socket.getInputStream().available();
            if (there > 0 && there == before) {
                return;
            }
            before = there;
        }
        throw new AssertionError("no answer has come");
    }

    /** The route of the house with a handler that takes until the end. */
    private static Route slow(String method, String path, AtomicInteger begun, CountDownLatch end) {
        var own = house.parts.routes().stream()
                .filter(each -> each.method().equals(method) && each.path().equals(path))
                .findFirst()
                .orElseThrow();
        return new Route(method, path, own.caller(), Route.Trace.NONE, own.slow(), call -> {
            begun.incrementAndGet();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.empty(200);
        });
    }

    @Test
    void keepsNoPlaceForThoseWhoHaveLeft() throws Exception {
        serve(PLACES, house.parts.routes());
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 1_000; i++) {
                threads.execute(this::comeAndGo);
            }
        }
        for (int i = 0; i < 100 && connections.taken() > 0; i++) {
            Thread.sleep(50);
        }
        assertThat(connections.taken()).isZero();
    }

    private void comeAndGo() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write('G');
        } catch (IOException full) {
            // closed on us already: that is leaving too
        }
    }

    @Test
    void answersWhatIsAskedInOneGoInItsOrder() throws Exception {
        serve(PLACES, house.parts.routes());
        var body = "{\"user\":\"nobody\",\"password\":\"x\"}";
        ask(get("/assets/large-1a2b3c4d.js").repeat(2)
                + "POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(port, body.length(), body)
                + get("/api/public/instance")
                + get("/assets/large-1a2b3c4d.js"));
        var answer = answer(sockets.getFirst());
        assertThat(answer.length()).isGreaterThan(3 * LARGE);
        assertThat(answer.replaceAll("(?s)HTTP/1.1 (\\d+).*?(?=HTTP/1.1|$)", "$1 "))
                .isEqualTo("200 200 401 200 200 ");
    }

    @Test
    @Tag("abuse-18")
    void aRushOfSignInsKeepsOutNobodyWhoIsIn() throws Exception {
        var begun = new AtomicInteger();
        var end = new CountDownLatch(1);
        serve(4 * SIGN_INS, with(slow("POST", "/api/session", begun, end)));
        var stranger = Visitor.stranger(port);
        try {
            rushOfSignIns();
            assertThat(reason(stranger.post("/api/session", "{}"))).isEqualTo("503 busy");
            assertThat(stranger.get("/api/public/instance").statusCode()).isEqualTo(200);
        } finally {
            end.countDown();
        }
        Thread.sleep(500);
        assertThat(begun).hasValue(SIGN_INS);
        assertThat(stranger.post("/api/session", "{}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @Tag("abuse-18")
    @ValueSource(
            strings = {
                "/api/session",
                "/api/%73ession",
                "/api/session#?",
                "http://127.0.0.1/api/session",
                "/api/invitation%73",
                "/api/session/%70rovider"
            })
    void aSignInBySomeOtherSpellingStandsInTheLineOfSignIns(String path) throws Exception {
        var end = new CountDownLatch(1);
        serve(4 * SIGN_INS, with(slow("POST", "/api/session", new AtomicInteger(), end)));
        try {
            rushOfSignIns();
            ask(post(path, ""));
            assertThat(answer(sockets.getLast())).startsWith("HTTP/1.1 503 ");
        } finally {
            end.countDown();
        }
    }

    @Test
    @Tag("abuse-18")
    void aRushOfSignInsTurnsAwayNobodyWhoIsInAndHasToWait() throws Exception {
        var end = new CountDownLatch(1);
        serve(4 * SIGN_INS, with(slow("POST", "/api/session", new AtomicInteger(), end)));
        var analyst = house.visitor("analyst").at(port);
        try {
            rushOfSignIns();
            assertThat(analyst.post("/api/workspaces/none/unlock", "{\"password\":\"x\"}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(reason(analyst.post("/api/session/provider/step-up", "{}")))
                    .isNotEqualTo("503 busy");
            assertThat(reason(analyst.send(analyst.request("/api/account/password")
                            .header("Content-Type", "application/json")
                            .PUT(BodyPublishers.ofString("{}")))))
                    .isEqualTo("400 invalid");
        } finally {
            end.countDown();
        }
    }

    @Test
    @Tag("abuse-18")
    void strangersGetNoPlaceInTheLineOfThoseWhoAreIn() throws Exception {
        var begun = new AtomicInteger();
        var end = new CountDownLatch(1);
        var path = "/api/workspaces/{workspace}/unlock";
        serve(4 * SIGN_INS, with(slow("POST", path, begun, end)));
        var stranger = Visitor.stranger(port);
        var known = "Authorization: " + house.visitor("analyst").authorization() + "\r\n";
        try {
            for (int i = 0; i < SIGN_INS - 1; i++) {
                ask(post("/api/workspaces/w-1/unlock", known));
            }
            Thread.sleep(200);
            for (int i = 0; i < SIGN_INS; i++) {
                assertThat(reason(stranger.post("/api/workspaces/w-1/unlock", "{}")))
                        .isEqualTo("401 not-signed-in");
                ask(post("/x/unlock", ""));
                ask(post("/%61pi/account/totp", ""));
            }
            ask(post("/api/workspaces/w-1/unlock", known));
            assertThat(answer(sockets.getLast())).as("waits for its turn").isEmpty();
            assertThat(reason(house.visitor("analyst").at(port).post("/api/workspaces/w-1/unlock", "{}")))
                    .as("their line has an end, too")
                    .isEqualTo("503 busy");
        } finally {
            end.countDown();
        }
        assertThat(answer(sockets.getLast())).startsWith("HTTP/1.1 200 ");
        assertThat(begun).hasValue(SIGN_INS);
    }

    @Test
    @Tag("abuse-23")
    void aLineThatIsToStandHasNoBodyThatTricklesIn() throws Exception {
        serve(PLACES, house.parts.routes());
        ask(get(
                "/api/workspaces/w-1/desktop",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nContent-Length: 8000\r\n"));
        assertThat(answer(sockets.getFirst())).startsWith("HTTP/1.1 400 ");
        ask(get(
                "/api/workspaces/w-1/desktop",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nTransfer-Encoding: chunked\r\n"));
        assertThat(answer(sockets.getLast())).startsWith("HTTP/1.1 400 ");
    }

    @Test
    @Tag("abuse-23")
    void whateverIsAskedBeforeABodyOrAnUpgradeStandsInABoundedLineToo() throws Exception {
        var end = new CountDownLatch(1);
        serve(THREADS + 4, with(slow("GET", "/api/public/instance", new AtomicInteger(), end)));
        try {
            fillTheLineAndLeave();
            ask("POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .formatted(port));
            assertThat(answer(sockets.getLast())).startsWith("HTTP/1.1 503 ").contains("etry-");
            ask(get("/api/session/provider/arrival", "Upgrade: websocket\r\nConnection: Upgrade\r\n"));
            assertThat(answer(sockets.getLast())).startsWith("HTTP/1.1 503 ").contains("etry-");
        } finally {
            end.countDown();
        }
    }

    /** All routes of the house, this one in the place of its own. */
    private static List<Route> with(Route route) {
        return Stream.concat(
                        house.parts.routes().stream()
                                .filter(each -> !each.path().equals(route.path())),
                        Stream.of(route))
                .toList();
    }

    /** Until one more is too many. */
    private void rushOfSignIns() throws Exception {
        for (int i = 0; i < SIGN_INS; i++) {
            ask(post("/api/session", ""));
            Thread.sleep(50);
        }
        Thread.sleep(200);
    }

    private void serve(int places, List<Route> routes) {
        connections = new Connections(places);
        var server = new Server(
                new Binding("127.0.0.1", 0, Set.of(), null),
                new Router(
                        routes,
                        house.parts.desktopSocket(),
                        house.parts.identity().sessions()),
                new Pages(home.resolve("web")),
                house.log,
                Clock.systemUTC(),
                connections);
        vertx.deployVerticle(server, new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = server.port();
    }

    private String get(String path) {
        return get(path, "");
    }

    private String get(String path, String more) {
        return "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n".formatted(path, port, more);
    }

    private String post(String path, String more) {
        return "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%sContent-Length: 2\r\n\r\n{}".formatted(path, port, more);
    }

    /** With little room for what comes back. */
    private void ask(String text) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(64 << 10);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        write(socket, text);
    }

    /** The other end says so as soon as it gets something more; nothing is read meanwhile. */
    private static boolean isGone(Socket socket) {
        try {
            write(socket, "G");
            Thread.sleep(100);
            write(socket, "E");
            return false;
        } catch (IOException reset) {
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(2_000);
        var answer = new StringBuilder();
        var part = new byte[64 << 10];
        try {
            for (int length = socket.getInputStream().read(part);
                    length >= 0;
                    length = socket.getInputStream().read(part)) {
                answer.append(new String(part, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException nothingMore) {
            // all that came is there
        }
        return answer.toString();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
