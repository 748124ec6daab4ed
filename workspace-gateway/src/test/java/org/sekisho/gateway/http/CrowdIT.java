package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.reason;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What very many can make the gateway keep, and who gives way. */
class CrowdIT {
    @TempDir
    static Path home;

    static House house;
    static Visitor stranger;
    static Visitor analyst;

    @BeforeAll
    static void open() {
        house = new House(home);
        stranger = Visitor.stranger(house.port());
        analyst = house.visitor("analyst");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    @Tag("abuse-23")
    void keepsNothingLongOfAStrangerAndSaysSoBeforeItIsSent() throws IOException {
        try (var socket = open(head("/api/session", "Content-Length: 1048576\r\n"))) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 413 ");
        }
        try (var socket = open(head("/api/session", "Transfer-Encoding: chunked\r\n"))) {
            write(socket, "%x\r\n%s\r\n".formatted(17_000, "x".repeat(17_000)));
            assertThat(answer(socket)).startsWith("HTTP/1.1 413 ");
        }
        for (var length : List.of("Content-Length: 1048576\r\n", "Transfer-Encoding: chunked\r\n")) {
            try (var socket = open(head("/api/projects/none/jobs", length))) {
                assertThat(answer(socket))
                        .as("who has to sign in is told so")
                        .startsWith("HTTP/1.1 401 ")
                        .contains("urn:sekisho:not-signed-in");
            }
        }
    }

    @Test
    @Tag("abuse-23")
    void keepsOfOnePersonNoMoreThanAShareAndServesOthersMeanwhile() throws Exception {
        var sockets = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 40; i++) {
                sockets.add(open(head(
                        "/api/projects/none/jobs",
                        "Authorization: %s\r\nContent-Length: 1048576\r\n".formatted(analyst.authorization()))));
                write(sockets.getLast(), "x".repeat((1 << 20) - 1));
            }
            var refused = new ArrayList<String>();
            for (var socket : sockets) {
                refused.add(answer(socket));
            }
            assertThat(refused)
                    .filteredOn(answer -> answer.contains("503 "))
                    .hasSizeBetween(10, 30)
                    .allSatisfy(answer -> assertThat(answer).contains("urn:sekisho:busy", "etry-"));
            assertThat(house.visitor("researcher").submit("stroke-care", "select 1" + " ".repeat(50_000)))
                    .isNotEmpty();
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        Thread.sleep(500);
        for (int i = 0; i < 50; i++) {
            assertThat(reason(analyst.post("/api/projects/none/jobs", "x".repeat(1 << 20))))
                    .as("room is given back")
                    .isNotEqualTo("503 busy");
        }
    }

    @Test
    @Tag("abuse-23")
    void makesRoomForNewcomersByClosingTheSlow() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 8_192 && !isFull(slow); i++) {
                slow.add(open("POST /api/session HTTP/1.1\r\nX-Slow: a"));
            }
            assertThat(isFull(slow)).isTrue();
            assertThat(stranger.get("/api/public/instance").statusCode()).isEqualTo(200);
            assertThat(reason(house.visitor("analyst").get("/api/session"))).isEqualTo("200 ");
            assertThat(isOpen(slow.getLast())).as("those that came last stay").isTrue();
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    /** The first one has lost its place. */
    private static boolean isFull(List<Socket> slow) throws IOException {
        return !slow.isEmpty() && slow.size() % 64 == 0 && !isOpen(slow.getFirst());
    }

    private static boolean isOpen(Socket socket) throws IOException {
        socket.setSoTimeout(20);
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException nothing) {
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /** What comes within a moment; empty when the gateway goes on waiting. */
    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        var answer = new StringBuilder();
        try {
            for (int one = socket.getInputStream().read();
                    one >= 0;
                    one = socket.getInputStream().read()) {
                answer.append((char) one);
            }
        } catch (SocketTimeoutException nothingMore) {
            // all that came is there
        }
        return answer.toString();
    }

    private static String head(String path, String more) {
        return "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n%s\r\n"
                .formatted(path, house.port(), more);
    }

    private static Socket open(String text) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), house.port());
        write(socket, text);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
