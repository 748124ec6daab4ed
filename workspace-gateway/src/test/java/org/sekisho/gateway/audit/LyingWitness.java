package org.sekisho.gateway.audit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Says of every log that it has seen more of it, and has nothing to show. */
final class LyingWitness implements AutoCloseable {
    private final HttpServer server;

    LyingWitness() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", http -> {
            boolean submitted = http.getRequestURI().getPath().equals("/add-checkpoint");
            var body = (submitted ? "999999\n" : "sekisho/000000000000\n999999\nAAAA\n\n— x AAAAAAAA\n")
                    .getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(submitted ? 409 : 200, body.length);
            http.getResponseBody().write(body);
            http.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
