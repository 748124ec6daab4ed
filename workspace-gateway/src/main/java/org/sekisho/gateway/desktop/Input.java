package org.sekisho.gateway.desktop;

import static java.util.Map.entry;
import static org.sekisho.gateway.desktop.Shape.BASE64;
import static org.sekisho.gateway.desktop.Shape.BUTTONS;
import static org.sekisho.gateway.desktop.Shape.COORDINATE;
import static org.sekisho.gateway.desktop.Shape.DROPPED;
import static org.sekisho.gateway.desktop.Shape.FLAG;
import static org.sekisho.gateway.desktop.Shape.KEYSYM;
import static org.sekisho.gateway.desktop.Shape.SIDE;
import static org.sekisho.gateway.desktop.Shape.STATUS;
import static org.sekisho.gateway.desktop.Shape.STREAM;
import static org.sekisho.gateway.desktop.Shape.TEXT_TYPE;
import static org.sekisho.gateway.desktop.Shape.TIME;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.desktop.Violation.Side;

/**
 * What a viewer may say: mouse, keys, the size of its window, that it has drawn a frame; and a text for the clipboard
 * where the permit allows it, one at a time, whole, at most {@value #MOST_CLIPBOARD} bytes. Not thread-safe.
 */
final class Input {
    static final int MOST_CLIPBOARD = 256 << 10;
    private static final String PING = "ping";

    private static final Form FORM = new Form(
            Side.VIEWER,
            Map.ofEntries(
                    entry("mouse", List.of(COORDINATE, COORDINATE, BUTTONS)),
                    entry("key", List.of(KEYSYM, FLAG)),
                    entry("size", List.of(SIDE, SIDE)),
                    entry("sync", List.of(TIME)),
                    entry("ack", List.of(STREAM, DROPPED, STATUS)),
                    entry("nop", List.of()),
                    entry("", List.of(DROPPED, TIME)),
                    entry("clipboard", List.of(STREAM, TEXT_TYPE)),
                    entry("blob", List.of(STREAM, BASE64)),
                    entry("end", List.of(STREAM)),
                    entry("disconnect", List.of())));

    private final boolean clipboardIn;
    private @Nullable String clipboard;
    private ByteArrayOutputStream pasted = new ByteArrayOutputStream();

    Input(boolean clipboardIn) {
        this.clipboardIn = clipboardIn;
    }

    /** @throws Violation when the instruction is not one that a viewer may send now */
    Heard hear(Instruction instruction) {
        FORM.check(instruction);
        var arguments = instruction.arguments();
        return switch (instruction.opcode()) {
            case "mouse", "key" -> new Heard.Act(instruction);
            case "sync" -> new Heard.Technical(instruction);
            case "size" ->
                new Heard.Resize(Integer.parseInt(arguments.getFirst()), Integer.parseInt(arguments.getLast()));
            case "" -> ping(instruction);
            case "clipboard" -> open(arguments.getFirst());
            case "blob" -> part(arguments);
            case "end" -> paste(arguments.getFirst());
            case "disconnect" -> new Heard.Leave();
            default -> new Heard.Nothing();
        };
    }

    private static Heard ping(Instruction instruction) {
        if (!instruction.arguments().getFirst().equals(PING)) {
            throw violation("");
        }
        return new Heard.Ping(instruction);
    }

    private Heard open(String stream) {
        if (!clipboardIn) {
            throw new Violation(Side.VIEWER, "clipboard", "permit");
        }
        if (clipboard != null) {
            throw violation("clipboard");
        }
        clipboard = stream;
        pasted = new ByteArrayOutputStream();
        return new Heard.Nothing();
    }

    private Heard part(List<String> arguments) {
        if (!arguments.getFirst().equals(clipboard)) {
            throw violation("blob");
        }
        try {
            pasted.writeBytes(Base64.getDecoder().decode(arguments.getLast()));
        } catch (IllegalArgumentException e) {
            throw new Violation(Side.VIEWER, "blob", "argument-2");
        }
        if (pasted.size() > MOST_CLIPBOARD) {
            throw new Violation(Side.VIEWER, "blob", "size");
        }
        return new Heard.Nothing();
    }

    private Heard paste(String stream) {
        if (!stream.equals(clipboard)) {
            throw violation("end");
        }
        clipboard = null;
        try {
            return new Heard.Paste(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(pasted.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new Violation(Side.VIEWER, "end", "text");
        }
    }

    private static Violation violation(String opcode) {
        return new Violation(Side.VIEWER, opcode, "stream");
    }
}
