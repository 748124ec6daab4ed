package org.sekisho.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.InSession;
import org.sekisho.gateway.audit.LogUnavailable;
import org.sekisho.gateway.identity.Assurance;
import org.sekisho.gateway.identity.CrossSite;
import org.sekisho.gateway.identity.Session;
import org.sekisho.gateway.identity.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a call, finds out who calls, and turns every failure into a problem. */
final class Router {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    /** By how many segments their paths have. */
    private final Map<Integer, List<Route>> routes;

    private final DesktopSocket desktops;
    private final Sessions sessions;
    private final KnownParameters parameters = KnownParameters.described();

    Router(List<Route> routes, DesktopSocket desktops, Sessions sessions) {
        this.desktops = desktops;
        this.routes = routes.stream().collect(Collectors.groupingBy(Route::segments));
        this.sessions = sessions;
    }

    Reply answer(Call call) {
        return guard(call, () -> ask(find(call.method(), call.target()), call));
    }

    /** Runs the second half of a {@link Reply.Later}, for a session that has not ended while it waited. */
    Reply resume(Call call, Reply.Later later) {
        return guard(call, () -> {
            var session = session(call);
            if (session == null) {
                throw notSignedIn();
            }
            return InSession.of(session.id(), later.then());
        });
    }

    /**
     * Whose request this is, asked before its body is read: nobody's while the person is not signed in, or only halfway,
     * on a route that is open to them, or on a page.
     *
     * @throws Refusal to them on any other route, and where there is none: as for the whole request
     */
    Optional<String> sender(Call call) {
        try {
            var session = session(call);
            if (session == null || session.assurance() == Assurance.ENROLLING) {
                if (isOfApi(call.target())) {
                    refuseUnknown(find(call.method(), call.target()).route(), call, session);
                }
                return Optional.empty();
            }
            return Optional.of(session.user().id());
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException unexpected) {
            LOG.error("it cannot be found out whose request this is", unexpected);
            throw unexpected;
        }
    }

    /** Whether it is answered here; everything else is a page. */
    static boolean isOfApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    /** For a request that wants to become a WebSocket. */
    Upgrade upgrade(Call call) {
        var let = new Upgrade[1];
        var reply = guard(call, () -> {
            let[0] = socket(call);
            return Reply.empty(101);
        });
        return let[0] != null ? let[0] : new Upgrade.Turned((Reply.Now) reply);
    }

    private Upgrade socket(Call call) {
        var segments = Paths.segments(call.target());
        var values = desktops.route().match(segments).orElseThrow(() -> new Refusal(Reason.NOT_FOUND));
        var session = session(call);
        if (session == null) {
            throw notSignedIn();
        }
        refuseHalfway(desktops.route(), session);
        parameters.check(desktops.route(), call);
        return InSession.of(session.id(), () -> desktops.upgrade(call.at(values).by(session)));
    }

    private Reply guard(Call call, Supplier<Reply> work) {
        try {
            return work.get();
        } catch (Refusal refusal) {
            return Reply.problem(refusal, call.language(), call.target());
        } catch (LogUnavailable unavailable) {
            LOG.error("the audit log is unavailable", unavailable);
            return Reply.problem(new Refusal(Reason.LOG_UNAVAILABLE), call.language(), call.target());
        } catch (RuntimeException unexpected) {
            LOG.error("{} {} failed", call.method(), call.target().replaceAll("[^ -~]", "?"), unexpected);
            return Reply.problem(new Refusal(Reason.INTERNAL), call.language(), call.target());
        }
    }

    /** None for a page, and for what will be refused. */
    Optional<Route> route(String method, String path) {
        try {
            return isOfApi(path) ? Optional.of(find(method, path).route()) : Optional.empty();
        } catch (Refusal unknown) {
            return Optional.empty();
        }
    }

    private Found find(String asked, String path) {
        var segments = Paths.segments(path);
        var fitting = new ArrayList<Found>();
        for (var route : routes.getOrDefault(segments.size(), List.of())) {
            route.match(segments).ifPresent(values -> fitting.add(new Found(route, values)));
        }
        if (fitting.isEmpty()) {
            throw new Refusal(Reason.NOT_FOUND);
        }
        var method = asked.equals("HEAD") ? "GET" : asked;
        return fitting.stream()
                .filter(found -> found.route().method().equals(method))
                .findFirst()
                .orElseThrow(() -> wrongMethod(fitting));
    }

    private record Found(Route route, Map<String, String> values) {}

    private Reply ask(Found found, Call call) {
        var route = found.route();
        var session = session(call);
        refuseUnknown(route, call, session);
        parameters.check(route, call);
        var asked = call.at(found.values()).by(session);
        return session == null
                ? route.handler().answer(asked)
                : InSession.of(session.id(), () -> route.handler().answer(asked));
    }

    private @Nullable Session session(Call call) {
        var authorization = call.headers().get("authorization");
        if (authorization != null) {
            return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                    ? sessions.ofBearer(authorization.substring(7).strip()).orElse(null)
                    : null;
        }
        return sessions.ofCookie(Cookies.session(call.headers().get("cookie"))).orElse(null);
    }

    private static void refuseUnknown(Route route, Call call, @Nullable Session session) {
        if (session == null && route.caller() != Route.Caller.ANYBODY) {
            throw notSignedIn();
        }
        refuseOtherSites(call, route.caller() == Route.Caller.ANYBODY ? null : session);
        refuseHalfway(route, session);
    }

    // Access would refuse too; here it does so before anything else of the request is looked at.
    private static void refuseHalfway(Route route, @Nullable Session session) {
        if (route.caller() == Route.Caller.SIGNED_IN && session != null && session.assurance() == Assurance.ENROLLING) {
            throw new Refusal(Reason.ENROL);
        }
    }

    // What anybody may do, a sign-in before all, stands on no session, though a cookie may be left of an earlier one;
    // what a browser says about its origin is believed there too.
    private static void refuseOtherSites(Call call, @Nullable Session session) {
        var origin = call.headers().get("origin");
        var site = call.headers().get("sec-fetch-site");
        if (session == null && origin == null && site == null) {
            return;
        }
        var kind = session == null ? Session.Kind.COOKIE : session.kind();
        if (CrossSite.forbids(kind, call.method(), call.headers().get("host"), origin, site)) {
            throw new Refusal(Reason.CROSS_SITE);
        }
    }

    private static Refusal notSignedIn() {
        return new Refusal(Reason.NOT_SIGNED_IN, null, Map.of("WWW-Authenticate", "Bearer"));
    }

    private static Refusal wrongMethod(List<Found> fitting) {
        var allowed = fitting.stream()
                .map(found -> found.route().method())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return new Refusal(Reason.METHOD, null, Map.of("Allow", allowed));
    }
}
