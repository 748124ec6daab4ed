package org.sekisho.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.metering.Meters;

/** The loopback port for those who run the service: is it alive, can it work, how much does it do. */
final class OpsServer extends VerticleBase {
    private final Binding binding;
    private final Meters meters;
    private @Nullable HttpServer server;

    OpsServer(int wantedPort, Meters meters) {
        this.binding = new Binding("127.0.0.1", wantedPort, Set.of(), null);
        this.meters = meters;
    }

    int port() {
        return server == null ? -1 : server.actualPort();
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(binding.host())
                .setPort(binding.port())
                .setIdleTimeout(30)
                .setHttp2ClearTextEnabled(false));
        server.requestHandler(this::answer);
        return server.listen();
    }

    private void answer(HttpServerRequest request) {
        if (!binding.answersTo(request.getHeader("Host"), port())) {
            send(request, 421, "text/plain", "this host name is not served here\n");
            return;
        }
        var path = request.path() == null ? "" : request.path();
        switch (path) {
            case "/healthz" -> send(request, 200, "text/plain", "alive\n");
            case "/readyz" -> {
                var ready = Future.await(vertx.executeBlocking(meters::readiness, false));
                send(
                        request,
                        ready.isReady() ? 200 : 503,
                        "application/json",
                        new String(Wire.bytes(ready), StandardCharsets.UTF_8));
            }
            case "/metrics" ->
                send(
                        request,
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        Future.await(vertx.executeBlocking(meters::scrape, false)));
            default -> send(request, 404, "text/plain", "/healthz, /readyz, /metrics\n");
        }
    }

    private static void send(HttpServerRequest request, int status, String type, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "no-store")
                .end(text);
    }
}
