package org.sekisho.gateway.visit;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.gateway.visit.Reception.Answer;
import org.sekisho.gateway.visit.Reception.Asked;

/**
 * One socket into one sandbox: reads requests whole and within bounds, streams answers at the pace of the reader. A
 * visitor can keep an own door busy and no other.
 */
final class Door extends VerticleBase {
    private static final int MOST_BODY = 1 << 20;
    /** Of all bodies that are not answered yet. */
    private static final int MOST_TOGETHER = 4 * MOST_BODY;

    private static final int MOST_HEADERS = 4 << 10;
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_AT_ONCE = 4;
    private static final int CHUNK = 256 << 10;
    private static final int IDLE_MINUTES = 15;

    private final Visit visit;
    private final Path socket;
    private final Reception reception;
    private int connections;
    private int together;
    private int atWork;
    private @Nullable HttpServer server;
    private @Nullable WorkerExecutor blocking;

    Door(Visit visit, Path socket, Reception reception) {
        this.visit = visit;
        this.socket = socket;
        this.reception = reception;
    }

    @Override
    public Future<?> start() throws IOException {
        blocking = vertx.createSharedWorkerExecutor("door-" + visit.place(), MOST_AT_ONCE, 1, TimeUnit.HOURS);
        Files.deleteIfExists(socket);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxHeaderSize(MOST_HEADERS)
                        .setMaxInitialLineLength(1 << 10)
                        .setHttp2ClearTextEnabled(false)
                        .setIdleTimeout(IDLE_MINUTES)
                        .setIdleTimeoutUnit(TimeUnit.MINUTES))
                .connectionHandler(this::count)
                .requestHandler(this::take);
        return server.listen(SocketAddress.domainSocketAddress(socket.toString()))
                .onSuccess(open -> letIn());
    }

    @Override
    public Future<?> stop() throws IOException {
        Files.deleteIfExists(socket);
        return Future.succeededFuture();
    }

    /** The folder around the socket lets nobody in but us and the one sandbox that sees it. */
    private void letIn() {
        try {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException e) {
            throw new UncheckedIOException("a socket cannot be opened to its sandbox", e);
        }
    }

    // It is called by the thread of the socket; what we count belongs to ours.
    private void count(HttpConnection connection) {
        connection.closeHandler(closed -> context.runOnContext(gone -> connections--));
        context.runOnContext(here -> {
            connections++;
            if (connections > MOST_CONNECTIONS) {
                connection.close();
            }
        });
    }

    private void take(HttpServerRequest request) {
        var arriving = new Arriving();
        request.handler(part -> {
            if (!arriving.takes(part)) {
                request.connection().close();
            }
        });
        request.exceptionHandler(gone -> context.runOnContext(left -> arriving.answered()));
        request.endHandler(end -> {
            try {
                answer(request, arriving.body);
            } finally {
                arriving.answered();
            }
        });
    }

    /** A body, which takes room of this door until it is answered. */
    private final class Arriving {
        private final Buffer body = Buffer.buffer();
        private int counted;

        boolean takes(Buffer part) {
            if (body.length() + part.length() > MOST_BODY || together + part.length() > MOST_TOGETHER) {
                return false;
            }
            together += part.length();
            counted += part.length();
            body.appendBuffer(part);
            return true;
        }

        void answered() {
            together -= counted;
            counted = 0;
        }
    }

    private void answer(HttpServerRequest request, Buffer body) {
        var asked = new Asked(
                request.method().name(),
                request.path() == null ? "" : request.path(),
                body,
                Reception.isJapanese(request.getHeader("accept-language")));
        var cancellation = new Cancellation();
        request.response().closeHandler(gone -> cancellation.cancel());
        var work = blocking;
        if (atWork == MOST_AT_ONCE || work == null) {
            answer(request, () -> tooMany(asked));
            return;
        }
        atWork++;
        try {
            answer(
                    request,
                    () -> Future.await(
                            work.executeBlocking(() -> reception.answer(visit, asked, cancellation), false)));
        } finally {
            atWork--;
        }
    }

    /** A result takes room on our disk until its last byte is read, so that whoever reads slowly is still at work. */
    private static void answer(HttpServerRequest request, Supplier<Answer> answer) {
        try {
            send(request, answer.get());
        } catch (Exception gone) {
            // the other end left while we worked: there is nobody to answer and nothing to mend
            request.connection().close();
        }
    }

    private static Answer tooMany(Asked asked) {
        return Reception.problem(
                new Problem(429, "too-many", "同時に実行できる要求は 4 つまでです", "four requests at a time"), asked.japanese());
    }

    private static void send(HttpServerRequest request, Answer answer) throws IOException {
        switch (answer) {
            case Answer.Json(var status, var type, var body) ->
                Future.await(request.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", type)
                        .end(body));
            case Answer.Arrow(var stream) -> {
                try (stream) {
                    stream(request, stream);
                }
            }
        }
    }

    private static void stream(HttpServerRequest request, FileChannel stream) throws IOException {
        var response = request.response()
                .putHeader("Content-Type", Reception.ARROW)
                .putHeader("Content-Length", Long.toString(stream.size()));
        var chunk = ByteBuffer.allocate(CHUNK);
        while (stream.read(chunk) >= 0) {
            Future.await(response.write(Buffer.buffer().appendBytes(chunk.array(), 0, chunk.position())));
            chunk.clear();
        }
        Future.await(response.end());
    }
}
