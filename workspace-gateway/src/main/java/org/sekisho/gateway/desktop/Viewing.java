package org.sekisho.gateway.desktop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.LogUnavailable;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.desktop.Parsed.Malformed;
import org.sekisho.gateway.desktop.Parsed.More;
import org.sekisho.gateway.desktop.Parsed.Whole;
import org.sekisho.gateway.desktop.Violation.Side;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One viewer in front of one desktop. A thread carries drawing out, another carries input in; whichever side stalls
 * holds up the other one's sender and nothing else. Ends once, for one reason, which both sides and the log are told.
 */
public final class Viewing {
    private static final Logger LOG = LoggerFactory.getLogger(Viewing.class);
    private static final int BLOB = 6_048;
    private static final int HIGH_WATER = 256;
    private static final int LOW_WATER = 64;
    private static final String CLIPBOARD_STREAM = "0";

    private final Seat seat;
    private final Visitor visitor;
    private final ViewerLine viewer;
    private final GuacdLine guacd;
    private final Recorder recorder;
    private final AuditLog log;
    private final Seats seats;
    private final InstructionParser parser = new InstructionParser();
    private final Input input;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final String window;
    private final Consumer<Viewing> whenEnded;
    private volatile long lastHeard = System.nanoTime();
    private volatile long lastAct = System.nanoTime();
    private final AtomicLong shown = new AtomicLong();
    private volatile boolean paused;
    private volatile boolean deaf;

    Viewing(
            Seat seat,
            Visitor visitor,
            ViewerLine viewer,
            GuacdLine guacd,
            Recorder recorder,
            AuditLog log,
            Seats seats,
            String window,
            Consumer<Viewing> whenEnded) {
        this.seat = seat;
        this.visitor = visitor;
        this.viewer = viewer;
        this.guacd = guacd;
        this.recorder = recorder;
        this.log = log;
        this.seats = seats;
        this.window = window;
        this.whenEnded = whenEnded;
        this.input = new Input(seat.clipboardIn());
    }

    void start() {
        Thread.ofVirtual().name("desktop-out-" + seat.workspace()).start(() -> run(this::carryOut));
        Thread.ofVirtual().name("desktop-in-" + seat.workspace()).start(() -> run(this::carryIn));
    }

    Seat seat() {
        return seat;
    }

    Visitor visitor() {
        return visitor;
    }

    String window() {
        return window;
    }

    /** One text message of the viewer: whole instructions. Does not block. */
    public void hear(String text) {
        if (deaf) {
            return;
        }
        lastHeard = System.nanoTime();
        try {
            listen(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Violation violation) {
            refuse(violation);
        }
        if (heard.size() > HIGH_WATER && !paused) {
            paused = true;
            viewer.pause();
        }
    }

    /** The viewer sent what is no text. Does not block. */
    public void garbled() {
        refuse(new Violation(Side.VIEWER, "?", "binary"));
    }

    /** The viewer's line is gone. Does not block. */
    public void lost() {
        deaf = true;
        Thread.startVirtualThread(() -> end(Ending.LINE));
    }

    /** Ends it, unless it has ended: the first reason counts. Returns when nothing more can cross. */
    public void end(Ending why) {
        if (!ending.compareAndSet(null, why)) {
            return;
        }
        deaf = true;
        guacd.close();
        viewer.close(why);
        heard.add(new Heard.Leave());
        whenEnded.accept(this);
        try {
            recorder.close();
            log.record(
                    act("desktop.disconnect")
                            .with("reason", why.word())
                            .with("shown-bytes", Long.toString(shown.get())),
                    Result.DONE);
        } catch (LogUnavailable | RecordingUnwritable unavailable) {
            LOG.error("the end of a desktop session could not be written down", unavailable);
        }
    }

    /** How long nothing was heard of the viewer, in nanoseconds. */
    long silence() {
        return System.nanoTime() - lastHeard;
    }

    /** How long nobody moved a mouse or pressed a key, in nanoseconds. */
    long idleness() {
        return System.nanoTime() - lastAct;
    }

    private void refuse(Violation violation) {
        if (!deaf) {
            deaf = true;
            Thread.startVirtualThread(() -> violated(violation));
        }
    }

    private void listen(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            switch (parser.next(bytes)) {
                case Whole(var instruction) -> queue(input.hear(instruction));
                case More() -> {}
                case Malformed(var fault) ->
                    throw new Violation(
                            Side.VIEWER, "?", "malformed-" + fault.name().toLowerCase(Locale.ROOT));
            }
        }
        if (parser.isMidway()) {
            throw new Violation(Side.VIEWER, "?", "malformed-cut");
        }
    }

    private void queue(Heard what) {
        if (what instanceof Heard.Act) {
            lastAct = System.nanoTime();
            seats.seen(seat.workspace());
        }
        if (!(what instanceof Heard.Nothing)) {
            heard.add(what);
        }
    }

    private interface Carrying {
        void run() throws IOException, InterruptedException;
    }

    private void run(Carrying carrying) {
        try {
            carrying.run();
        } catch (Violation violation) {
            violated(violation);
        } catch (RecordingUnwritable unwritable) {
            end(Ending.RECORDING);
        } catch (LogUnavailable unavailable) {
            end(Ending.LOG);
        } catch (IOException gone) {
            end(Ending.DISPLAY);
        } catch (InterruptedException stopped) {
            end(Ending.GATEWAY);
        } catch (RuntimeException broken) {
            end(Ending.BROKEN);
            throw broken;
        }
    }

    /** guacd to viewer: whatever has come is filtered, recorded, and only then sent. */
    private void carryOut() throws IOException {
        try (var drawing = new Drawing(seat.clipboardIn())) {
            var wire = new StringBuilder();
            var next = Drawing.Next.GO_ON;
            while (next == Drawing.Next.GO_ON && guacd.fill()) {
                next = draw(drawing, wire);
                show(wire.toString());
                wire.setLength(0);
            }
        }
        end(Ending.DISPLAY);
    }

    private Drawing.Next draw(Drawing drawing, StringBuilder wire) {
        for (var instruction = guacd.poll(); instruction != null; instruction = guacd.poll()) {
            if (drawing.pass(instruction, wire) == Drawing.Next.OVER) {
                return Drawing.Next.OVER;
            }
        }
        return Drawing.Next.GO_ON;
    }

    private void show(String wire) {
        if (wire.isEmpty() || ending.get() != null) {
            return;
        }
        recorder.write(wire);
        shown.addAndGet(wire.length());
        say(wire);
    }

    private void say(String wire) {
        try {
            viewer.send(wire);
        } catch (IOException gone) {
            end(Ending.LINE);
        }
    }

    private void carryIn() throws IOException, InterruptedException {
        while (ending.get() == null) {
            var next = heard.take();
            if (paused && heard.size() < LOW_WATER) {
                paused = false;
                viewer.resume();
            }
            switch (next) {
                case Heard.Act(var instruction) -> act(instruction);
                case Heard.Technical(var instruction) -> guacd.write(instruction.wire());
                case Heard.Ping(var answer) -> say(answer.wire());
                case Heard.Paste(var text) -> paste(text);
                case Heard.Resize(int width, int height) -> resize(width, height);
                case Heard.Leave() -> end(Ending.LEFT);
                case Heard.Nothing() -> {}
            }
        }
    }

    private void act(Instruction instruction) throws IOException {
        guacd.write(instruction.wire());
        if (instruction.opcode().equals("mouse")) {
            recorder.pointer(instruction);
        }
        visitor.active();
    }

    private void resize(int width, int height) {
        var display = seat.display();
        if (display != null) {
            ScreenSize.ask(display, width, height);
        }
    }

    /** Into the log first, by its size alone. */
    private void paste(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        log.record(act("desktop.clipboard").with("bytes", Integer.toString(bytes.length)), Result.DONE);
        var wire = new StringBuilder();
        Instruction.of("clipboard", CLIPBOARD_STREAM, "text/plain").appendTo(wire);
        for (int from = 0; from < bytes.length; from += BLOB) {
            var part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + BLOB));
            Instruction.of("blob", CLIPBOARD_STREAM, Base64.getEncoder().encodeToString(part))
                    .appendTo(wire);
        }
        Instruction.of("end", CLIPBOARD_STREAM).appendTo(wire);
        guacd.write(wire.toString());
    }

    private void violated(Violation violation) {
        if (ending.get() != null) {
            return;
        }
        try {
            log.record(
                    act("desktop.violation")
                            .with("opcode", violation.opcode())
                            .with("rule", violation.rule())
                            .with("side", violation.side().name().toLowerCase(Locale.ROOT)),
                    Result.REFUSED);
        } catch (LogUnavailable unavailable) {
            end(Ending.LOG);
        }
        end(Ending.VIOLATION);
    }

    private Act act(String action) {
        return new Act(visitor.name(), action, seat.project(), seat.workspace(), Map.of());
    }
}
