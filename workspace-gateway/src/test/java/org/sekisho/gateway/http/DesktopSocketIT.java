package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.desktop.Ending;
import org.sekisho.gateway.desktop.FakeGuacd;
import org.sekisho.gateway.desktop.Seat;

final class DesktopSocketIT {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path folder;

    private House house;
    private FakeGuacd guacd;

    /** The browser's half. */
    private static final class Page implements WebSocket.Listener {
        private final StringBuilder shown = new StringBuilder();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            synchronized (shown) {
                shown.append(text);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.complete(1006);
        }

        boolean sees(String text) throws InterruptedException {
            for (int i = 0; i < 500; i++) {
                synchronized (shown) {
                    if (shown.indexOf(text) >= 0) {
                        return true;
                    }
                }
                Thread.sleep(10);
            }
            return false;
        }

        int code() throws Exception {
            return closed.get(10, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void open() {
        house = new House(folder.resolve("home"));
        guacd = FakeGuacd.drawing(folder);
        sit(true);
    }

    @AfterEach
    void close() {
        house.close();
        guacd.close();
    }

    @Test
    void theOwnerSeesTheDesktopAndTypesIntoIt() throws Exception {
        var page = new Page();
        var socket = connect("researcher", "", page);
        assertThat(socket.getSubprotocol()).isEqualTo("guacamole");
        assertThat(page.sees("4.sync,8.15570997;")).isTrue();
        socket.sendText("3.key,5.65293,1.1;", true).join();
        assertThat(guacd.hears("key")).isTrue();
        socket.sendText("0.,4.ping,1.7;", true).join();
        assertThat(page.sees("0.,4.ping,1.7;")).isTrue();
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(entry("desktop.disconnect").object()).isEqualTo("w-1");
    }

    @Tag("abuse-13")
    @Test
    void anotherSitesPageOpensNothingWithTheCookie() throws Exception {
        var cookie = cookie("researcher");
        var own = "http://127.0.0.1:" + house.port();
        assertThat(handshake(cookie, "https://evil.example")).isEqualTo(403);
        assertThat(handshake(cookie, "null")).isEqualTo(403);
        assertThat(handshake(cookie, "http://127.0.0.1.evil.example:" + house.port()))
                .isEqualTo(403);
        assertThat(handshake(cookie, null)).isEqualTo(403);
        assertThat(handshake(cookie, own)).isEqualTo(101);
        assertThat(entry("access.refused").detail()).containsEntry("reason", "cross-site");
    }

    @Test
    void whoeverIsNotSignedInOrNotTheOwnerIsTurnedAway() {
        assertThat(refused("", "w-1")).isEqualTo(401);
        assertThat(refused("Bearer nonsense", "w-1")).isEqualTo(401);
        assertThat(refused(bearer("analyst"), "w-1")).isEqualTo(404);
        assertThat(refused(bearer("checker"), "w-1")).isEqualTo(404);
        assertThat(refused(bearer("security"), "w-1")).isEqualTo(403);
        assertThat(refused(bearer("researcher"), "w-2")).isEqualTo(404);
        assertThat(refused(bearer("researcher"), "..%2Fw-1")).isIn(400, 404);
    }

    @Tag("abuse-80")
    @Test
    void noParameterOfTheConnectionIsTakenFromTheAddress() {
        for (var parameter : new String[] {"hostname=evil", "port=5900", "GUAC_ID=1", "enable-sftp=true"}) {
            assertThat(refused(bearer("researcher"), "w-1/desktop?" + parameter))
                    .isEqualTo(400);
        }
    }

    @Tag("abuse-81")
    @Test
    void theTunnelsIdOpensNothing() throws Exception {
        var page = new Page();
        connect("researcher", "", page);
        assertThat(page.sees("sync")).isTrue();
        var id = page.shown.substring(6, 42);
        assertThat(id).matches("[0-9a-f-]{36}");
        for (var path :
                new String[] {"/api/tunnel?read:" + id, "/api/workspaces/" + id + "/desktop", "/tunnels/" + id}) {
            assertThat(Visitor.stranger(house.port()).get(path).statusCode()).isIn(200, 400, 401, 404);
            assertThat(Visitor.stranger(house.port()).get(path).body()).doesNotContain("sync");
        }
        assertThat(refused(bearer("analyst"), id)).isEqualTo(404);
    }

    @Tag("abuse-82")
    @Test
    void nobodyJoinsTheSessionOfSomebodyElse() throws Exception {
        var page = new Page();
        connect("researcher", "", page);
        assertThat(page.sees("sync")).isTrue();
        assertThat(refused(bearer("analyst"), "w-1")).isEqualTo(404);
        assertThat(refused(bearer("security"), "w-1")).isEqualTo(403);
        var second = new Page();
        connect("researcher", "?window=other", second);
        assertThat(second.code()).isEqualTo(Ending.OCCUPIED.code());
        var third = new Page();
        connect("researcher", "?window=other&takeover=1", third);
        assertThat(page.code()).isEqualTo(Ending.TAKEN_OVER.code());
        assertThat(third.sees("sync")).isTrue();
    }

    @Test
    void signingOutEndsTheViewAtOnce() throws Exception {
        var visitor = house.visitor("researcher");
        var page = new Page();
        open(visitor, "", page);
        assertThat(page.sees("sync")).isTrue();
        visitor.delete("/api/session");
        assertThat(page.code()).isEqualTo(Ending.SIGNED_OUT.code());
    }

    @Test
    void securityEndsTheViewAtOnce() throws Exception {
        var page = new Page();
        connect("researcher", "", page);
        assertThat(page.sees("sync")).isTrue();
        house.seats.close("w-1", Ending.SECURITY);
        house.desktops.lookAt("w-1");
        assertThat(page.code()).isEqualTo(Ending.SECURITY.code());
    }

    @Test
    void aBinaryFrameAndAnOversizedOneEndTheSession() throws Exception {
        var page = new Page();
        connect("researcher", "", page)
                .sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true)
                .join();
        assertThat(page.code()).isEqualTo(Ending.VIOLATION.code());
        assertThat(entry("desktop.violation").detail()).containsEntry("rule", "binary");
        var other = new Page();
        var _ = connect("researcher", "", other).sendText("3.nop;".repeat(20_000), true);
        assertThat(other.code()).isNotEqualTo(WebSocket.NORMAL_CLOSURE);
        assertThat(nobodyWatches()).isTrue();
    }

    @Test
    void plainHttpIsToldToUpgrade() {
        assertThat(Visitor.reason(house.visitor("researcher").get("/api/workspaces/w-1/desktop")))
                .isEqualTo("426 upgrade");
    }

    @Test
    void recordingsAreForSecurityAndPlayingIsLogged() throws Exception {
        var page = new Page();
        var socket = connect("researcher", "", page);
        assertThat(page.sees("sync")).isTrue();
        socket.sendText("10.disconnect;", true).join();
        page.code();
        entry("recording.end");
        var security = house.visitor("security");
        var list = Visitor.json(security.get("/api/recordings?project=stroke-care"));
        var item = list.path("items").get(0);
        assertThat(item.path("state").asText()).isEqualTo("sealed");
        var answer = security.get("/api/recordings/" + item.path("id").asText());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("4.sync,8.15570997;").doesNotContain("3.key");
        assertThat(entry("recording.play").actor()).isEqualTo("security");
        for (var name : new String[] {"researcher", "checker", "admin", "steward"}) {
            assertThat(house.visitor(name).get("/api/recordings").statusCode()).isEqualTo(403);
            assertThat(house.visitor(name)
                            .get("/api/recordings/" + item.path("id").asText())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private void sit(boolean recorded) {
        house.seats.put(new Seat(
                "w-1",
                House.PROJECT,
                house.id("researcher"),
                null,
                guacd.socket,
                null,
                false,
                recorded,
                Instant.now().plusSeconds(3_600)));
    }

    private WebSocket connect(String name, String query, Page page) {
        return open(house.visitor(name), query, page);
    }

    private WebSocket open(Visitor visitor, String query, Page page) {
        return CLIENT.newWebSocketBuilder()
                .subprotocols("guacamole")
                .header("Authorization", visitor.authorization())
                .buildAsync(address("w-1/desktop" + query), page)
                .join();
    }

    private int refused(String authorization, String path) {
        var builder = CLIENT.newWebSocketBuilder().subprotocols("guacamole");
        if (!authorization.isEmpty()) {
            builder.header("Authorization", authorization);
        }
        try {
            var where = path.contains("/desktop") ? path : path + "/desktop";
            builder.buildAsync(address(where), new Page()).join();
            return 101;
        } catch (CompletionException failed) {
            return failed.getCause() instanceof WebSocketHandshakeException refusal
                    ? refusal.getResponse().statusCode()
                    : -1;
        }
    }

    private String bearer(String name) {
        return house.visitor(name).authorization();
    }

    private String cookie(String name) throws Exception {
        var answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + house.port() + "/api/session"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"user\":\"%s\",\"password\":\"sekisho-demo\"}".formatted(name)))
                        .build(),
                BodyHandlers.ofString());
        return answer.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    }

    /** Written by hand: no client lets its user choose the Origin. */
    private int handshake(String cookie, @Nullable String origin) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
            var request = "GET /api/workspaces/w-1/desktop HTTP/1.1\r\nHost: 127.0.0.1:" + house.port()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: guacamole\r\nCookie: "
                    + cookie + "\r\n" + (origin == null ? "" : "Origin: " + origin + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var status = new byte[12];
            socket.getInputStream().readNBytes(status, 0, status.length);
            return Integer.parseInt(new String(status, 9, 3, StandardCharsets.US_ASCII));
        }
    }

    private URI address(String path) {
        return URI.create("ws://127.0.0.1:" + house.port() + "/api/workspaces/" + path);
    }

    /** The page may hear of its end before the gateway has put everything away. */
    private boolean nobodyWatches() throws InterruptedException {
        for (int i = 0; i < 500 && house.desktops.watched() > 0; i++) {
            Thread.sleep(10);
        }
        return house.desktops.watched() == 0;
    }

    private Entry entry(String action) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            var found = house.log
                    .search(new Filter(null, null, action, null, null, null), null, 10)
                    .entries();
            if (!found.isEmpty()) {
                return found.getFirst();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no " + action + " in the log");
    }
}
