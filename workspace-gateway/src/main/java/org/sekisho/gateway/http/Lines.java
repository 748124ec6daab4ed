package org.sekisho.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The line that a request stands in. What takes its time, since a password is hashed or the identity provider is asked,
 * waits by itself, so that a rush of sign-ins holds up or turns away nobody who is in. For one thread at a time.
 */
final class Lines {
    private static final int THREADS = 16;
    private static final int SIGN_IN_THREADS = 4;

    private final Line requests;
    private final Line signIns;

    /** @param most requests at work or in line, a quarter as many in the line of sign-ins */
    Lines(Vertx vertx, int most) {
        requests = line(vertx, "gateway", THREADS, most);
        signIns = line(vertx, "sign-in", SIGN_IN_THREADS, most / 4);
    }

    private static Line line(Vertx vertx, String name, int threads, int longest) {
        return new Line(vertx.createSharedWorkerExecutor(name, threads, 10, TimeUnit.MINUTES), longest);
    }

    Line requests() {
        return requests;
    }

    Line of(HttpServerRequest request) {
        var path = plain(request.path());
        return SessionRoutes.isSlow(request.method().name(), path) ? signIns : requests;
    }

    /** As the router reads it, however it is spelled; empty where it cannot be read and will be refused. */
    private static String plain(@Nullable String path) {
        if (path == null) {
            return "";
        }
        try {
            return "/" + String.join("/", Paths.segments(path));
        } catch (Refusal unreadable) {
            return "";
        }
    }
}
