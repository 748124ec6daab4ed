package org.sekisho.gateway.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody on the other side who does not mean well. */
@Timeout(20)
final class BoundedHttpIT {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final HttpServer server;

    BoundedHttpIT() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void readsAnAnswer() throws IOException {
        serve(http -> answer(http, "x".repeat(1_000)));
        assertThat(ask().body()).hasSize(1_000);
    }

    @Test
    void readsNoAnswerThatIsTooLong() {
        serve(http -> answer(http, "x".repeat(1_001)));
        assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
    }

    @Test
    void readsNoAnswerWithoutAnEnd() {
        serve(http -> {
            http.sendResponseHeaders(200, 0);
            while (over.getCount() > 0) {
                http.getResponseBody().write(new byte[1_000]);
            }
        });
        assertThatThrownBy(this::ask).isInstanceOf(IOException.class);
    }

    /** The head comes at once, and then a byte now and then. */
    @Test
    void waitsForNoBodyThatDoesNotCome() {
        serve(http -> {
            http.sendResponseHeaders(200, 900);
            http.getResponseBody().write('x');
            http.getResponseBody().flush();
            awaitEnd();
        });
        assertThatThrownBy(this::ask).isInstanceOf(IOException.class).hasMessageContaining("no whole answer");
    }

    @Test
    void waitsForNoHeadThatDoesNotCome() {
        serve(http -> awaitEnd());
        assertThatThrownBy(this::ask).isInstanceOf(IOException.class).hasMessageContaining("no whole answer");
    }

    @Test
    void saysWhyNobodyAnswers() {
        server.stop(0);
        assertThatThrownBy(this::ask).isInstanceOf(ConnectException.class);
    }

    @Test
    void waitsForNothingWhenItIsStopped() {
        serve(http -> awaitEnd());
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::ask).isInstanceOf(IOException.class).hasMessage("interrupted");
        assertThat(Thread.interrupted()).as("whoever called is told as well").isTrue();
    }

    @Test
    void endsWhatIsUnderWayWhenItIsClosed() throws Exception {
        var asked = new CountDownLatch(1);
        serve(http -> {
            asked.countDown();
            awaitEnd();
        });
        var http = new BoundedHttp(Duration.ofSeconds(15), 1_000);
        var answer = threads.submit(() -> http.send(request()));
        asked.await();
        http.close();
        assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange http, String text) throws IOException {
        http.sendResponseHeaders(200, text.length());
        http.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
        http.close();
    }

    private void serve(HttpHandler handler) {
        server.createContext("/", handler);
    }

    private HttpResponse<String> ask() throws IOException {
        try (var http = new BoundedHttp(Duration.ofSeconds(2), 1_000)) {
            return http.send(request());
        }
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                .build();
    }
}
