package org.sekisho.gateway.http;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.access.Stage;
import org.sekisho.gateway.desktop.Connecting.Connected;
import org.sekisho.gateway.desktop.Connecting.NotNow;
import org.sekisho.gateway.desktop.Desktops;
import org.sekisho.gateway.desktop.Screen;
import org.sekisho.gateway.desktop.Seat;
import org.sekisho.gateway.desktop.Seats;
import org.sekisho.gateway.desktop.ViewerLine;
import org.sekisho.gateway.desktop.Viewing;
import org.sekisho.gateway.desktop.Visitor;
import org.sekisho.gateway.http.Route.Caller;
import org.sekisho.gateway.http.Route.Trace;
import org.sekisho.gateway.identity.CrossSite;
import org.sekisho.gateway.identity.Session;
import org.sekisho.gateway.identity.Sessions;
import org.sekisho.gateway.project.Projects;

/** {@code /api/workspaces/{workspace}/desktop}: a WebSocket for the owner; anything else is told to upgrade. */
final class DesktopSocket {
    static final String PROTOCOL = "guacamole";
    static final String PATH = "/api/workspaces/{workspace}/desktop";
    private static final Pattern WINDOW = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Duration USED_EVERY = Duration.ofSeconds(30);

    private final Desktops desktops;
    private final Seats seats;
    private final Sessions sessions;
    private final Projects projects;
    private final Gate gate;

    DesktopSocket(Desktops desktops, Seats seats, Sessions sessions, Projects projects, Gate gate) {
        this.desktops = desktops;
        this.seats = seats;
        this.sessions = sessions;
        this.projects = projects;
        this.gate = gate;
    }

    Route route() {
        return new Route("GET", PATH, Caller.SIGNED_IN, Trace.EFFECT, call -> {
            throw new Refusal(Reason.UPGRADE, null, Map.of("Upgrade", "websocket"));
        });
    }

    /** Of a caller who is signed in. */
    Upgrade upgrade(Call call) {
        var session = call.signedIn();
        var origin = call.header("origin").orElse(null);
        var cookie = session.kind() == Session.Kind.COOKIE;
        if ((cookie || origin != null)
                && CrossSite.forbidsSocket(call.header("host").orElse(null), origin)) {
            throw gate.refuse(call, Operation.USE_DESKTOP, Reason.CROSS_SITE.code(), null, call.path("workspace"));
        }
        if (!offersProtocol(call.header("sec-websocket-protocol").orElse(""))) {
            throw Refusal.invalid("サブプロトコル guacamole が必要です", "the subprotocol guacamole is needed");
        }
        var seat = admitted(call);
        return new Upgrade.Let(line -> open(call, session, seat, line));
    }

    private Seat admitted(Call call) {
        var workspace = call.path("workspace");
        var seat = seats.seat(workspace).orElse(null);
        var permit = seat == null ? null : projects.permit(seat.project()).orElse(null);
        if (seat == null || permit == null) {
            throw gate.refuse(call, Operation.USE_DESKTOP, Reason.NOT_FOUND.code(), null, null);
        }
        gate.admit(
                call,
                Operation.USE_DESKTOP,
                permit,
                Stage.NONE,
                seat.owner().equals(call.user().id()),
                workspace);
        return seat;
    }

    private @Nullable Viewing open(Call call, Session session, Seat seat, ViewerLine line) {
        var screen = Screen.parse(
                call.query("width").orElse(null),
                call.query("height").orElse(null),
                call.query("dpi").orElse(null),
                call.query("timezone").orElse(null));
        var window = call.query("window")
                .filter(name -> WINDOW.matcher(name).matches())
                .orElse("");
        var takeover = call.query("takeover").filter("1"::equals).isPresent();
        return switch (desktops.connect(seat, visitor(session), line, screen, window, takeover)) {
            case Connected(var viewing) -> viewing;
            case NotNow(var why) -> {
                line.close(why);
                yield null;
            }
        };
    }

    private Visitor visitor(Session session) {
        return new Visitor() {
            private volatile long used = System.nanoTime();

            @Override
            public String id() {
                return session.user().id();
            }

            @Override
            public String name() {
                return session.user().name();
            }

            @Override
            public boolean signedIn() {
                return sessions.stands(session.id());
            }

            @Override
            public void active() {
                if (System.nanoTime() - used > USED_EVERY.toNanos()) {
                    used = System.nanoTime();
                    sessions.used(session.id());
                }
            }
        };
    }

    private static boolean offersProtocol(String header) {
        for (var offered : header.split(",", -1)) {
            if (offered.strip().equals(PROTOCOL)) {
                return true;
            }
        }
        return false;
    }
}
