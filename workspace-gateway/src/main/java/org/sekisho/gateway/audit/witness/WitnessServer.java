package org.sekisho.gateway.audit.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.sekisho.gateway.audit.witness.Answer.Conflict;
import org.sekisho.gateway.audit.witness.Answer.Cosigned;
import org.sekisho.gateway.audit.witness.Answer.Refused;

/**
 * The two addresses of C2SP tlog-witness: {@code POST /add-checkpoint} and {@code GET /<origin hash>/checkpoint}.
 * Speaks plain HTTP: what it says is signed, and what it is told is public.
 */
final class WitnessServer implements AutoCloseable {
    private static final int LONGEST = 120_000;
    private static final int AT_ONCE = 32;
    /** Seconds that a request, or an answer, may take; the gateway waits no longer either. */
    private static final String PATIENCE = "5";

    private static final Pattern MONITORED = Pattern.compile("/([0-9a-f]{64})/checkpoint");

    static {
        // The JDK's server takes these once, and without them waits for ever.
        for (var limit : List.of("maxReqTime", "maxRspTime")) {
            var name = "sun.net.httpserver." + limit;
            System.setProperty(name, System.getProperty(name, PATIENCE));
        }
    }

    private final Witness witness;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);

    WitnessServer(Witness witness, InetSocketAddress address) throws IOException {
        this.witness = witness;
        this.server = HttpServer.create(address, AT_ONCE);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange http) throws IOException {
        try (http) {
            if (!places.tryAcquire()) {
                send(http, 503, "text/plain", "too many at once\n");
                return;
            }
            try {
                route(http);
            } finally {
                places.release();
            }
        }
    }

    private void route(HttpExchange http) throws IOException {
        var path = http.getRequestURI().getPath();
        var monitored = MONITORED.matcher(path);
        if (path.equals("/add-checkpoint") && http.getRequestMethod().equals("POST")) {
            add(http);
        } else if (monitored.matches() && http.getRequestMethod().equals("GET")) {
            var newest = witness.newest(monitored.group(1));
            send(
                    http,
                    newest.isPresent() ? 200 : 404,
                    "text/plain; charset=utf-8",
                    newest.map(checkpoint -> checkpoint.note()).orElse("never cosigned\n"));
        } else {
            send(http, 404, "text/plain", "POST /add-checkpoint, GET /<origin hash>/checkpoint\n");
        }
    }

    private void add(HttpExchange http) throws IOException {
        var body = http.getRequestBody().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            send(http, 413, "text/plain", "too long\n");
            return;
        }
        switch (witness.add(new String(body, StandardCharsets.UTF_8))) {
            case Cosigned(var signatures) -> send(http, 200, "text/plain; charset=utf-8", signatures);
            case Conflict(var size) -> send(http, 409, "text/x.tlog.size", size + "\n");
            case Refused(var reason) -> send(http, reason.status(), "text/plain", reason.words() + "\n");
        }
    }

    private static void send(HttpExchange http, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
