package org.sekisho.gateway.audit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.SignatureType;
import org.sekisho.gateway.audit.tlog.SigningKey;

/** Answers as it is told to, in this process, and remembers what it was asked. Its two keys cosign what it is given. */
final class ScriptedWitness implements AutoCloseable {
    static final long AT = 1_775_012_400;

    private record Answer(int status, String body) {}

    private final SigningKey first;
    private final SigningKey second;
    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private boolean willing;
    private Answer newest = new Answer(404, "never cosigned\n");

    ScriptedWitness(String name) throws IOException {
        first = SigningKey.create(name, SignatureType.ED25519_COSIGNATURE);
        second = SigningKey.create(name, SignatureType.ML_DSA_44);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prefix/", this::answer);
        server.start();
    }

    LogPolicy.WitnessAddress address() {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prefix");
        return new LogPolicy.WitnessAddress(url, List.of(first.verifier(), second.verifier()));
    }

    /** Its two lines; the second key signs a second later. */
    String cosignatures(Checkpoint checkpoint) {
        return first.sign(checkpoint, AT) + second.sign(checkpoint, AT + 1);
    }

    String oneCosignature(Checkpoint checkpoint) {
        return first.sign(checkpoint, AT);
    }

    /** To the next checkpoint that it is shown. */
    synchronized void answers(int status, String body) {
        answers.add(new Answer(status, body));
    }

    /** Everything that it is shown from now on, whatever was cosigned before. */
    synchronized void cosigns() {
        willing = true;
    }

    /** To whoever asks for the newest checkpoint that it saw. */
    synchronized void shows(String note) {
        newest = new Answer(200, note);
    }

    /** The bodies of what was submitted. */
    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    private synchronized void answer(HttpExchange http) throws IOException {
        var body = new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var path = http.getRequestURI().getPath();
        var reply = path.matches("/prefix/[0-9a-f]{64}/checkpoint") ? newest : new Answer(404, "");
        if (path.equals("/prefix/add-checkpoint") && http.getRequestMethod().equals("POST")) {
            asked.add(body);
            reply = answers.isEmpty() ? unscripted(body) : answers.remove();
        }
        var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            http.getResponseBody().write(bytes);
        }
        http.close();
    }

    private Answer unscripted(String body) {
        var note = body.substring(body.indexOf("\n\n") + 2);
        return willing ? new Answer(200, cosignatures(Checkpoint.unverified(note))) : new Answer(500, "");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
