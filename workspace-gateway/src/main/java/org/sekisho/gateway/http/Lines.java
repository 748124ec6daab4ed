package org.sekisho.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/**
 * The line that a request stands in. What takes its time, since a password is hashed or the identity provider is asked,
 * waits by itself, so that a rush of sign-ins holds up or turns away nobody who is in. For one thread at a time.
 */
final class Lines {
    private static final int THREADS = 16;
    /** Two hash at a time: whoever is in waits behind no more strangers than these. */
    private static final int SLOW_THREADS = 4;

    private final Router router;
    private final Line requests;
    private final Line signIns;
    /** Only for those who are known by their session before they stand in it, or strangers would fill this one, too. */
    private final Line slowOfThoseIn;

    /** @param most requests at work or in line, a quarter as many in each line of slow ones */
    Lines(Router router, Vertx vertx, int most) {
        this.router = router;
        requests = line(vertx, "gateway", THREADS, most);
        signIns = line(vertx, "sign-in", SLOW_THREADS, most / 4);
        slowOfThoseIn = line(vertx, "signed-in", SLOW_THREADS, most / 4);
    }

    private static Line line(Vertx vertx, String name, int threads, int longest) {
        return new Line(vertx.createSharedWorkerExecutor(name, threads, 10, TimeUnit.MINUTES), longest);
    }

    Line requests() {
        return requests;
    }

    Line of(HttpServerRequest request) {
        var path = request.path() == null ? "/" : request.path();
        var slow = router.route(request.method().name(), path).filter(Route::slow);
        return slow.map(route -> route.caller() == Route.Caller.ANYBODY ? signIns : slowOfThoseIn)
                .orElse(requests);
    }

    /** Whether it has to be known who sends a request, before it is worked on. */
    boolean isForThoseIn(Line line) {
        return line == slowOfThoseIn;
    }
}
