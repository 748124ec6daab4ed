package org.sekisho.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.http.Visitor.reason;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many at once, and some who mean to be slow: others still get their answers. How soon is measured elsewhere. */
class LoadIT {
    @TempDir
    static Path home;

    static House house;
    static Visitor stranger;

    @BeforeAll
    static void open() {
        house = new House(home);
        stranger = Visitor.stranger(house.port());
        house.visitor("analyst");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    @Tag("abuse-18")
    void answers64SignInsAtOnceAndOthersMeanwhile() throws Exception {
        var signIns = new ArrayList<Callable<String>>();
        for (int i = 0; i < 64; i++) {
            signIns.add(() ->
                    reason(stranger.post("/api/session", "{\"user\":\"analyst\",\"password\":\"sekisho-demo\"}")));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = threads.submit(() -> threads.invokeAll(signIns));
            do {
                askForTheStatus();
            } while (!all.isDone());
            for (var answer : all.get()) {
                assertThat(answer.get()).isEqualTo("201 ");
            }
        }
        assertThat(house.parts.identity().sessions().live()).hasSizeGreaterThanOrEqualTo(64);
    }

    @Test
    @Tag("abuse-23")
    void answersOthersWhileHundredsSendALetterNowAndThen() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 500; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), house.port());
                write(socket, "POST /api/session HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
                slow.add(socket);
            }
            for (int i = 0; i < 50; i++) {
                for (var socket : slow.subList(i * 10, i * 10 + 10)) {
                    write(socket, "a");
                }
                askForTheStatus();
            }
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    @Tag("abuse-23")
    void takesLittleOfTenGigabytesAndAnswersOthersMeanwhile() throws Exception {
        for (var head : List.of(
                "PATCH /api/inputs/i-none HTTP/1.1\r\nContent-Length: 10737418240\r\nUpload-Offset: 0\r\n",
                "POST /api/session HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 10737418240\r\n",
                "POST /api/projects/stroke-care/jobs HTTP/1.1\r\nContent-Type: multipart/form-data\r\nContent-Length: 10737418240\r\n")) {
            long taken = 0;
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), house.port())) {
                write(socket, head + "Host: 127.0.0.1:" + house.port() + "\r\n\r\n");
                var piece = new byte[64 << 10];
                while (taken < 1L << 30) {
                    socket.getOutputStream().write(piece);
                    taken += piece.length;
                }
            } catch (SocketException closed) {
                // as it should
            }
            assertThat(taken).as(head).isLessThan(64 << 20);
            askForTheStatus();
        }
    }

    private static void askForTheStatus() {
        assertThat(stranger.get("/api/public/instance").statusCode()).isEqualTo(200);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
