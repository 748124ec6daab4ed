package org.sekisho.gateway.http;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.metering.Meters;

/** Both listening ports, open from construction to {@link #close}. */
public final class Frontdoor implements AutoCloseable {
    private static final int SECONDS = 30;

    private final Vertx vertx;
    private final Server server;
    private final OpsServer ops;

    /**
     * @param web folder of the built pages; null to serve the interface alone
     * @param opsPort loopback port for health and metrics, 0 for any free one
     */
    public Frontdoor(Binding binding, int opsPort, @Nullable Path web, Parts parts, Meters meters) {
        vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
        server = new Server(
                binding,
                new Router(
                        parts.routes(), parts.desktopSocket(), parts.identity().sessions()),
                new Pages(web),
                parts.log(),
                parts.clock());
        ops = new OpsServer(opsPort, meters);
        try {
            deploy(server);
            deploy(ops);
        } catch (RuntimeException taken) {
            close();
            throw taken;
        }
    }

    public int port() {
        return server.port();
    }

    public int opsPort() {
        return ops.port();
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the ports did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deploy(Deployable verticle) {
        var options = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
        try {
            vertx.deployVerticle(verticle, options)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the port cannot be opened: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
