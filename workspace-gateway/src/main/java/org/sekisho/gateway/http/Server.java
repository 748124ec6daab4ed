package org.sekisho.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.desktop.Ending;
import org.sekisho.gateway.http.Bodies.Body;
import org.sekisho.gateway.http.Connections.Quiet;

/**
 * The listening half: reads requests whole and within bounds, hands them to the router on a small pool, writes replies
 * with their headers. Runs as a virtual-thread verticle, so that it reads from top to bottom.
 */
final class Server extends VerticleBase {
    private static final int MOST_BODY = 1 << 20;
    /** Headers of a few letters each take some thirty times their length in memory. */
    private static final int MOST_HEADERS = 8 << 10;

    private static final int MOST_MESSAGE = 64 << 10;
    private static final int PIECE = 64 << 10;
    private static final int MOST_DROPPED = 32 << 20;
    private static final Duration TO_HEAR_US = Duration.ofSeconds(1);
    private static final Duration TO_SHAKE_HANDS = Duration.ofSeconds(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Binding binding;
    private final Router router;
    private final Pages pages;
    private final AuditLog log;
    private final Clock clock;
    private final Connections connections;
    private final Bodies bodies = Bodies.within(Runtime.getRuntime().maxMemory());
    private @Nullable HttpServer server;
    private @Nullable Lines lines;

    Server(Binding binding, Router router, Pages pages, AuditLog log, Clock clock) {
        this(
                binding,
                router,
                pages,
                log,
                clock,
                Connections.within(Runtime.getRuntime().maxMemory()));
    }

    Server(Binding binding, Router router, Pages pages, AuditLog log, Clock clock, Connections connections) {
        this.binding = binding;
        this.router = router;
        this.pages = pages;
        this.log = log;
        this.clock = clock;
        this.connections = connections;
    }

    int port() {
        return server == null ? -1 : server.actualPort();
    }

    @Override
    public Future<?> start() {
        lines = new Lines(router, vertx, connections.most());
        var files = binding.tls();
        var certificates = files == null ? null : new CertificateWatch(files, vertx, log, clock);
        var options = options(certificates);
        var listening = vertx.createHttpServer(options);
        server = listening;
        server.connectionHandler(connection -> connections.meet(connection, context));
        server.requestHandler(this::take);
        vertx.setPeriodic(2_000, timer -> connections.closeTheSlow());
        if (certificates != null) {
            var tls = options.getSslOptions().copy();
            vertx.setPeriodic(
                    2_000,
                    timer -> requests()
                            .run(() -> certificates.look(found -> take(found, listening, tls)))
                            .onFailure(certificates::failed));
        }
        return server.listen();
    }

    private HttpServerOptions options(@Nullable CertificateWatch certificates) {
        var options = new HttpServerOptions()
                .setHost(binding.host())
                .setPort(binding.port())
                .setHttp2ClearTextEnabled(false)
                .setMaxHeaderSize(MOST_HEADERS)
                .setMaxInitialLineLength(8 << 10)
                .setIdleTimeout((int) Connections.IDLE.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setSslHandshakeTimeout(TO_SHAKE_HANDS.toSeconds())
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setCompressionSupported(false)
                .setWebSocketSubProtocols(List.of(DesktopSocket.PROTOCOL))
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(MOST_MESSAGE)
                .setMaxWebSocketMessageSize(MOST_MESSAGE);
        if (certificates != null) {
            var first = certificates.first();
            // no HTTP/2: a connection carries one request at a time
            options.setSsl(true).setKeyCertOptions(first.pair()).setUseAlpn(false);
            dress(options.getSslOptions(), first);
        }
        return options;
    }

    private static void dress(ServerSSLOptions options, Certificate.Usable certificate) {
        options.setKeyCertOptions(certificate.pair()).setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
        if (certificate.authorities() != null) {
            options.setClientAuth(ClientAuth.REQUIRED).setTrustOptions(certificate.authorities());
        }
    }

    /** Connections that stand go on as they are; those that come get the new certificate. */
    private void take(Certificate.Usable certificate, HttpServer server, ServerSSLOptions tls) {
        dress(tls, certificate);
        server.updateSSLOptions(tls.copy(), true)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void take(HttpServerRequest request) {
        var quiet = connections.of(request.connection());
        if (!quiet.answered.isComplete()) {
            // answers that nobody reads would pile up behind the last one
            request.pause();
            Future.await(quiet.answered);
        }
        if (quiet.over) {
            return;
        }
        try {
            var line = lines().of(request);
            if (isAmbiguous(request)) {
                turnAway(
                        request,
                        quiet,
                        Refusal.invalid("本文の長さの指定が正しくありません", "the length of the body is not given clearly"));
            } else if (line.isFull()) {
                turnAway(request, quiet, Line.busy());
            } else if (!"websocket".equalsIgnoreCase(request.getHeader("upgrade"))) {
                var anybody = isShort(request) && !lines().isForThoseIn(line);
                receive(request, line, quiet, anybody ? bodies.ofAStranger() : bodyOfSender(request, quiet));
            } else if (mayHaveBody(request)) {
                // the line would stand only behind the last byte of it, and nobody watches for that
                turnAway(request, quiet, Refusal.invalid("この要求に本文は付けられません", "a request to upgrade has no body"));
            } else {
                upgrade(request, quiet);
            }
        } catch (Refusal refusal) {
            turnAway(request, quiet, refusal);
        } catch (RuntimeException unknown) {
            // the router has said why nobody knows who sends it, or whoever it was has left
            turnAway(request, quiet, new Refusal(Reason.INTERNAL));
        }
    }

    /** Nothing of its body is kept, and not much of it is heard. */
    private void turnAway(HttpServerRequest request, Quiet quiet, Refusal refusal) {
        var body = bodies.ofAStranger();
        request.handler(part -> drop(part, body, request));
        refuse(request, quiet, refusal);
        request.resume();
    }

    private void receive(HttpServerRequest request, Line line, Quiet quiet, Body body) {
        if (quiet.over) {
            return;
        }
        quiet.begins(body);
        request.handler(part -> {
            if (!quiet.over) {
                take(part, body, request, quiet);
            } else {
                drop(part, body, request);
            }
        });
        request.endHandler(end -> {
            if (quiet.over) {
                body.close();
            } else {
                quiet.works();
                answer(request, line, body, quiet);
            }
        });
        if (length(request) > body.longest()) {
            refuse(request, quiet, new Refusal(Reason.TOO_LARGE));
        }
        request.resume();
    }

    private void drop(Buffer part, Body body, HttpServerRequest request) {
        if (body.drop(part) > MOST_DROPPED) {
            connections.cut(request.connection());
        }
    }

    private void take(Buffer part, Body body, HttpServerRequest request, Quiet quiet) {
        switch (body.take(part)) {
            case WHOLE -> {}
            case TOO_LARGE -> {
                body.close();
                refuse(request, quiet, new Refusal(Reason.TOO_LARGE));
            }
            case NO_ROOM -> {
                body.close();
                refuse(request, quiet, Line.busy());
            }
        }
    }

    /** Asks who sends it before a byte of it is kept. */
    private Body bodyOfSender(HttpServerRequest request, Quiet quiet) {
        request.pause();
        quiet.works();
        var call = call(request, Buffer.buffer());
        var sender = requests().work(request, () -> router.sender(call));
        return sender.map(person -> bodies.of(person, mostBody(request))).orElseGet(bodies::ofAStranger);
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.headers().contains("transfer-encoding") || length(request) > 0;
    }

    private static boolean isShort(HttpServerRequest request) {
        return !request.headers().contains("transfer-encoding") && length(request) <= Bodies.OF_A_STRANGER;
    }

    /** As announced; none where it comes in chunks. */
    private static long length(HttpServerRequest request) {
        var length = request.getHeader("content-length");
        if (length == null) {
            return 0;
        }
        return length.matches("[0-9]{1,18}") ? Long.parseLong(length) : Long.MAX_VALUE;
    }

    /** Of whoever is signed in; pieces of inputs and notebooks are large. */
    private static int mostBody(HttpServerRequest request) {
        var method = request.method().name();
        var path = request.path() == null ? "" : request.path();
        if (InputRoutes.isPiece(method, path)) {
            return InputRoutes.LONGEST_PIECE;
        }
        var type = request.getHeader("content-type");
        return JobRoutes.takesNotebooks(method, path, type) ? JobRoutes.LONGEST_BODY : MOST_BODY;
    }

    /**
     * Where one program sees the end of a body and another one does not, a request can hide in it (RFC 9112, section
     * 6.1): a length beside a transfer coding, or a coding that is not plainly {@code chunked}.
     */
    private static boolean isAmbiguous(HttpServerRequest request) {
        var codings = request.headers().getAll("transfer-encoding");
        var lengths = request.headers().getAll("content-length");
        return lengths.size() > 1
                || (!codings.isEmpty() && !lengths.isEmpty())
                || codings.size() > 1
                || (codings.size() == 1 && !codings.getFirst().equalsIgnoreCase("chunked"));
    }

    /**
     * Answers and closes: nothing that follows on this connection is looked at. What is still coming is dropped for a
     * moment first, since a connection that is closed on somebody who sends takes the answer with it.
     */
    private void refuse(HttpServerRequest request, Quiet quiet, Refusal refusal) {
        quiet.isTurnedAway();
        if (request.response().closed()) {
            return;
        }
        var call = call(request, Buffer.buffer());
        send(request, Reply.problem(refusal, call.language(), call.target()).with("Connection", "close"), "")
                .onComplete(sent -> vertx.setTimer(
                        TO_HEAR_US.toMillis(), over -> request.connection().close()));
    }

    private void answer(HttpServerRequest request, Line line, Body body, Quiet quiet) {
        var nonce = nonce();
        var answered = Promise.<Void>promise();
        quiet.answered = answered.future();
        try {
            switch (reply(request, line, body, quiet, nonce)) {
                case Reply.Now now
                when !request.response().closed() -> {
                    quiet.reads();
                    Future.await(send(request, now, nonce));
                }
                case Reply.Flow flow -> pour(request, flow, quiet);
                case Reply.Now gone -> {}
                case Reply.Later never -> {}
            }
            quiet.rests();
        } catch (Refusal busy) {
            refuse(request, quiet, busy);
        } catch (Exception gone) {
            // the other end left while we worked or waited: there is nobody to answer and nothing to mend
            connections.cut(request.connection());
        } finally {
            answered.complete();
        }
    }

    /** Keeps nothing of the request while the answer is read. */
    private Reply reply(HttpServerRequest request, Line line, Body body, Quiet quiet, String nonce) {
        try (body) {
            var call = call(request, body.bytes());
            var reply = line.work(request, () -> first(call, nonce));
            while (reply instanceof Reply.Later later) {
                waitFor(later, request, quiet);
                reply = requests().work(request, () -> router.resume(call, later));
            }
            return reply;
        }
    }

    private Reply first(Call call, String nonce) {
        if (!binding.answersTo(call.headers().get("host"), port())) {
            return Reply.problem(new Refusal(Reason.HOST), call.language(), "/");
        }
        if (Router.isOfApi(call.target())) {
            return router.answer(call);
        }
        try {
            return pages.answer(call, nonce);
        } catch (Refusal refusal) {
            return Reply.problem(refusal, call.language(), call.target());
        }
    }

    /**
     * A line that stands is not watched for slowness any more: whoever opened it watches over it. No request follows
     * on its connection, whether it is let or turned away.
     */
    private void upgrade(HttpServerRequest request, Quiet quiet) {
        quiet.over = true;
        request.pause();
        quiet.works();
        var call = call(request, Buffer.buffer());
        var answer = requests().work(request, () -> welcome(call));
        switch (answer) {
            case Upgrade.Turned(var away) -> {
                quiet.isTurnedAway();
                request.resume();
                send(request, away.with("Connection", "close"), "")
                        .onComplete(sent -> request.connection().close());
            }
            case Upgrade.Let(var opening) ->
                request.toWebSocket()
                        .onSuccess(socket -> {
                            connections.release(request.connection());
                            stand(socket, opening);
                        })
                        .onFailure(unfit -> {
                            quiet.isTurnedAway();
                            request.connection().close();
                        });
        }
    }

    private Upgrade welcome(Call call) {
        return binding.answersTo(call.headers().get("host"), port())
                ? router.upgrade(call)
                : new Upgrade.Turned(Reply.problem(new Refusal(Reason.HOST), call.language(), "/"));
    }

    private void stand(ServerWebSocket socket, Upgrade.Opening opening) {
        socket.pause();
        var line = new SocketLine(socket);
        requests()
                .run(() -> opening.open(line))
                .onSuccess(viewing -> {
                    if (viewing != null) {
                        socket.closeHandler(closed -> viewing.lost());
                        socket.exceptionHandler(broken -> viewing.lost());
                        socket.textMessageHandler(viewing::hear);
                        socket.binaryMessageHandler(bytes -> viewing.garbled());
                        if (socket.isClosed()) {
                            viewing.lost();
                        }
                    }
                    socket.resume();
                })
                .onFailure(failure -> line.close(Ending.BROKEN));
    }

    /** At the pace of whoever reads it, who has been slow only with the last piece. */
    private void pour(HttpServerRequest request, Reply.Flow flow, Quiet quiet) throws IOException {
        try (var bytes = flow.bytes()) {
            var response = request.response();
            secure(response, "");
            response.putHeader("Content-Type", flow.type())
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Content-Length", Long.toString(flow.length()));
            if (request.method().name().equals("HEAD")) {
                quiet.reads();
                Future.await(response.end());
                return;
            }
            while (!response.closed()) {
                quiet.works();
                var piece = Future.await(requests().run(() -> bytes.readNBytes(PIECE)));
                quiet.reads();
                if (piece.length == 0) {
                    Future.await(response.end());
                    return;
                }
                Future.await(response.write(Buffer.buffer(piece)));
            }
        }
    }

    /** Until then, or until nobody waits for it any more; whoever is closed meanwhile asks again. */
    private void waitFor(Reply.Later later, HttpServerRequest request, Quiet quiet) {
        var over = Promise.<Void>promise();
        var timer = vertx.setTimer(later.most().toMillis(), fired -> over.tryComplete());
        later.change().whenComplete((value, failure) -> over.tryComplete());
        request.response().closeHandler(gone -> over.tryComplete());
        if (request.response().closed()) {
            over.tryComplete();
        }
        quiet.reads();
        Future.await(over.future());
        quiet.works();
        vertx.cancelTimer(timer);
    }

    private Call call(HttpServerRequest request, Buffer body) {
        var headers = new HashMap<String, String>();
        for (var header : request.headers()) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            headers.merge(name, header.getValue(), (one, other) -> one + (name.equals("cookie") ? "; " : ", ") + other);
        }
        var path = request.path() == null ? "/" : request.path();
        return new Call(
                request.method().name(),
                path,
                Map.of(),
                request.query() == null ? "" : request.query(),
                headers,
                body,
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress(),
                null,
                Language.of(headers.get("accept-language")));
    }

    private Future<Void> send(HttpServerRequest request, Reply.Now reply, String nonce) {
        var response = request.response().setStatusCode(reply.status());
        secure(response, nonce);
        if (!reply.type().isEmpty()) {
            response.putHeader("Content-Type", reply.type());
        }
        if (!reply.headers().containsKey("Cache-Control")) {
            response.putHeader("Cache-Control", "no-store");
        }
        reply.headers().forEach(response::putHeader);
        if (request.method().name().equals("HEAD")) {
            response.putHeader("Content-Length", Integer.toString(reply.body().length()));
            return response.end();
        }
        return reply.body().length() == 0 ? response.end() : write(response, reply.body());
    }

    /** At the pace of whoever reads it. */
    private static Future<Void> write(HttpServerResponse response, Buffer body) {
        if (body.length() <= PIECE) {
            return response.end(body);
        }
        response.putHeader("Content-Length", Integer.toString(body.length()));
        var at = 0;
        for (; at + PIECE < body.length(); at += PIECE) {
            Future.await(response.write(body.slice(at, at + PIECE)));
        }
        return response.end(body.slice(at, body.length()));
    }

    private void secure(HttpServerResponse response, String nonce) {
        var style = nonce.isEmpty() ? "style-src 'self'" : "style-src 'self' 'nonce-" + nonce + "'";
        response.putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; " + style
                                + "; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none';"
                                + " form-action 'none'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), display-capture=()");
        if (binding.tls() != null) {
            response.putHeader("Strict-Transport-Security", "max-age=63072000");
        }
    }

    private Line requests() {
        return lines().requests();
    }

    private Lines lines() {
        if (lines == null) {
            throw new IllegalStateException("not started");
        }
        return lines;
    }

    private static String nonce() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
