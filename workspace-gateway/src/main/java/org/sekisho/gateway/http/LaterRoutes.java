package org.sekisho.gateway.http;

import java.util.List;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;

/** What the interface promises and this gateway does not have yet; each answers 501 and does nothing. */
final class LaterRoutes {
    private LaterRoutes() {}

    static List<Route> routes() {
        return List.of(later("GET", "/api/workspaces/{workspace}/desktop"));
    }

    private static Route later(String method, String path) {
        return new Route(method, path, Caller.SIGNED_IN, Trace.NONE, call -> {
            throw new Refusal(Reason.NOT_AVAILABLE);
        });
    }
}
