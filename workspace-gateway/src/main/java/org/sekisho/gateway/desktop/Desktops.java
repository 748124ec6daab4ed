package org.sekisho.gateway.desktop;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.LogUnavailable;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.desktop.Connecting.Connected;
import org.sekisho.gateway.desktop.Connecting.NotNow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who looks at which desktop. A workspace has one viewer at a time; whoever comes second is told so, and may take over.
 * What ends a session elsewhere (signing out, security, the permit, nobody there) ends the view of it within a second.
 */
public final class Desktops implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Desktops.class);
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final Seats seats;
    private final Recordings recordings;
    private final AuditLog log;
    private final Clock clock;
    private final Duration idle;
    private final Map<String, Viewing> viewings = new HashMap<>();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("desktops").daemon().factory());
    private boolean closed;

    /** @param idle after which a desktop that nobody touches is locked */
    public Desktops(Seats seats, Recordings recordings, AuditLog log, Clock clock, Duration idle) {
        this.seats = seats;
        this.recordings = recordings;
        this.log = log;
        this.clock = clock;
        this.idle = idle;
        var _ = watch.scheduleWithFixedDelay(this::lookAround, 500, 500, TimeUnit.MILLISECONDS);
    }

    /**
     * Connects the owner of a workspace with its desktop; whether the visitor may is decided before. Blocks for the
     * handshake with guacd. Every viewer gets a connection of its own to guacd: there is nothing to join.
     *
     * @param window names the page that asks, so that one that comes back after a broken line need not ask; empty for
     *     one without a name, which is always another one. It is believed in nothing else
     * @param takeover whether a viewer that is there already shall go
     */
    public Connecting connect(
            Seat seat, Visitor visitor, ViewerLine line, Screen screen, String window, boolean takeover) {
        if (seat.closed() != null) {
            return new NotNow(seat.closed());
        }
        if (!vacate(seat, visitor, window, takeover)) {
            return new NotNow(Ending.OCCUPIED);
        }
        try {
            return connected(seat, visitor, line, screen, window);
        } catch (RecordingUnwritable unwritable) {
            LOG.error("a desktop is not shown", unwritable);
            return new NotNow(Ending.RECORDING);
        } catch (LogUnavailable unavailable) {
            LOG.error("a desktop is not shown", unavailable);
            return new NotNow(Ending.LOG);
        }
    }

    /** Ends the view of a workspace, if somebody has one. */
    public void end(String workspace, Ending why) {
        var viewing = find(workspace);
        if (viewing != null) {
            viewing.end(why);
        }
    }

    /** Something has become of a workspace: whoever must not see it any more does not. */
    public void lookAt(String workspace) {
        var viewing = find(workspace);
        if (viewing != null) {
            look(viewing);
        }
    }

    /** How many desktops are looked at. */
    public int watched() {
        synchronized (viewings) {
            return viewings.size();
        }
    }

    /** Tells every viewer that the gateway stops. */
    @Override
    public void close() {
        watch.shutdownNow();
        synchronized (viewings) {
            closed = true;
        }
        all().forEach(viewing -> viewing.end(Ending.GATEWAY));
    }

    private boolean vacate(Seat seat, Visitor visitor, String window, boolean takeover) {
        var there = find(seat.workspace());
        if (there == null) {
            return true;
        }
        if (!window.isEmpty() && there.window().equals(window)) {
            there.end(Ending.LINE);
            return true;
        }
        if (takeover) {
            log.record(act(seat, visitor, "desktop.takeover"), Result.DONE);
            there.end(Ending.TAKEN_OVER);
        }
        return takeover;
    }

    private Connecting connected(Seat seat, Visitor visitor, ViewerLine line, Screen screen, String window) {
        var intent = log.intent(act(seat, visitor, "desktop.connect")
                .with("width", Integer.toString(screen.width()))
                .with("height", Integer.toString(screen.height())));
        var recorder = Recorder.NONE;
        GuacdLine guacd = null;
        try {
            recorder = seat.recorded() ? recordings.begin(seat, visitor) : Recorder.NONE;
            if (seat.display() != null) {
                ScreenSize.ask(seat.display(), screen.width(), screen.height());
            }
            guacd = shakeHands(seat, screen);
            var viewing = new Viewing(seat, visitor, line, guacd, recorder, log, seats, window, this::forget);
            keep(viewing);
            log.outcome(intent, Result.DONE, Map.of());
            line.send(Instruction.of("", UUID.randomUUID().toString()).wire());
            viewing.start();
            return new Connected(viewing);
        } catch (IOException | Violation | Taken refused) {
            recorder.close();
            close(guacd);
            log.outcome(intent, Result.FAILED, Map.of());
            return new NotNow(refused instanceof Taken ? Ending.OCCUPIED : Ending.DISPLAY);
        } catch (RecordingUnwritable unwritable) {
            close(guacd);
            log.outcome(intent, Result.FAILED, Map.of("reason", "recording"));
            throw unwritable;
        }
    }

    /** A guacd that does not take us, or does not answer, in time is left. */
    private GuacdLine shakeHands(Seat seat, Screen screen) throws IOException {
        if (seat.guacd() == null) {
            throw new IOException("no guacd");
        }
        var guacd = GuacdLine.unconnected();
        var late = watch.schedule(guacd::close, HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            guacd.connect(seat.guacd());
            Handshake.perform(guacd, screen, seat.clipboardIn());
            return guacd;
        } catch (IOException | RuntimeException e) {
            guacd.close();
            throw e;
        } finally {
            late.cancel(false);
        }
    }

    /** Two came at once, and the other one was faster. */
    private static final class Taken extends RuntimeException {
        Taken() {
            super("taken", null, false, false);
        }
    }

    private void keep(Viewing viewing) {
        synchronized (viewings) {
            if (closed || viewings.putIfAbsent(viewing.seat().workspace(), viewing) != null) {
                throw new Taken();
            }
        }
    }

    private void forget(Viewing viewing) {
        synchronized (viewings) {
            viewings.remove(viewing.seat().workspace(), viewing);
        }
    }

    private @Nullable Viewing find(String workspace) {
        synchronized (viewings) {
            return viewings.get(workspace);
        }
    }

    private List<Viewing> all() {
        synchronized (viewings) {
            return List.copyOf(viewings.values());
        }
    }

    private void lookAround() {
        for (var viewing : all()) {
            try {
                look(viewing);
            } catch (RuntimeException e) {
                LOG.error("a desktop cannot be watched over, so it is ended", e);
                viewing.end(Ending.BROKEN);
            }
        }
    }

    private void look(Viewing viewing) {
        var workspace = viewing.seat().workspace();
        var seat = seats.seat(workspace).orElse(null);
        if (seat == null) {
            viewing.end(Ending.BROKEN);
        } else if (seat.closed() != null) {
            viewing.end(seat.closed());
        } else if (!clock.instant().isBefore(seat.expires())) {
            viewing.end(Ending.EXPIRED);
        } else if (!viewing.visitor().signedIn()) {
            viewing.end(Ending.SIGNED_OUT);
        } else if (viewing.silence() > SILENCE.toNanos()) {
            viewing.end(Ending.LINE);
        } else if (viewing.idleness() > idle.toNanos()) {
            viewing.end(Ending.IDLE);
            seats.lockIdle(workspace);
        }
    }

    private static void close(@Nullable GuacdLine guacd) {
        if (guacd != null) {
            guacd.close();
        }
    }

    private static Act act(Seat seat, Visitor visitor, String action) {
        return new Act(visitor.name(), action, seat.project(), seat.workspace(), Map.of());
    }
}
