package org.sekisho.gateway.desktop;

import static java.util.Map.entry;
import static org.sekisho.gateway.desktop.Shape.BASE64;
import static org.sekisho.gateway.desktop.Shape.CAP;
import static org.sekisho.gateway.desktop.Shape.COORDINATE;
import static org.sekisho.gateway.desktop.Shape.DROPPED;
import static org.sekisho.gateway.desktop.Shape.EXTENT;
import static org.sekisho.gateway.desktop.Shape.FLAG;
import static org.sekisho.gateway.desktop.Shape.FUNCTION;
import static org.sekisho.gateway.desktop.Shape.IMAGE_TYPE;
import static org.sekisho.gateway.desktop.Shape.LAYER;
import static org.sekisho.gateway.desktop.Shape.MASK;
import static org.sekisho.gateway.desktop.Shape.NUMBER;
import static org.sekisho.gateway.desktop.Shape.OCTET;
import static org.sekisho.gateway.desktop.Shape.STATUS;
import static org.sekisho.gateway.desktop.Shape.STREAM;
import static org.sekisho.gateway.desktop.Shape.TIME;

import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sekisho.gateway.desktop.Picture.NotAPicture;
import org.sekisho.gateway.desktop.Violation.Side;

/**
 * What guacd may say to a viewer: drawing, the cursor, images stream by stream, and that a frame is complete. Words of
 * guacd (names, messages, reasons) are never handed on. One per session; not thread-safe.
 */
final class Drawing implements AutoCloseable {
    /** What follows for the session. */
    enum Next {
        GO_ON,
        /** guacd has ended it. */
        OVER
    }

    private static final Form FORM = new Form(
            Side.GUACD,
            Map.ofEntries(
                    entry("arc", List.of(LAYER, COORDINATE, COORDINATE, EXTENT, NUMBER, NUMBER, FLAG)),
                    entry("cfill", List.of(MASK, LAYER, OCTET, OCTET, OCTET, OCTET)),
                    entry("clip", List.of(LAYER)),
                    entry("close", List.of(LAYER)),
                    entry(
                            "copy",
                            List.of(
                                    LAYER,
                                    COORDINATE,
                                    COORDINATE,
                                    EXTENT,
                                    EXTENT,
                                    MASK,
                                    LAYER,
                                    COORDINATE,
                                    COORDINATE)),
                    entry("cstroke", List.of(MASK, LAYER, CAP, CAP, EXTENT, OCTET, OCTET, OCTET, OCTET)),
                    entry("cursor", List.of(COORDINATE, COORDINATE, LAYER, COORDINATE, COORDINATE, EXTENT, EXTENT)),
                    entry(
                            "curve",
                            List.of(LAYER, COORDINATE, COORDINATE, COORDINATE, COORDINATE, COORDINATE, COORDINATE)),
                    entry("dispose", List.of(LAYER)),
                    entry("distort", List.of(LAYER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER)),
                    entry("identity", List.of(LAYER)),
                    entry("lfill", List.of(MASK, LAYER, LAYER)),
                    entry("line", List.of(LAYER, COORDINATE, COORDINATE)),
                    entry("lstroke", List.of(MASK, LAYER, CAP, CAP, EXTENT, LAYER)),
                    entry("move", List.of(LAYER, LAYER, COORDINATE, COORDINATE, COORDINATE)),
                    entry("pop", List.of(LAYER)),
                    entry("push", List.of(LAYER)),
                    entry("rect", List.of(LAYER, COORDINATE, COORDINATE, EXTENT, EXTENT)),
                    entry("reset", List.of(LAYER)),
                    entry("shade", List.of(LAYER, OCTET)),
                    entry("size", List.of(LAYER, EXTENT, EXTENT)),
                    entry("start", List.of(LAYER, COORDINATE, COORDINATE)),
                    entry(
                            "transfer",
                            List.of(
                                    LAYER,
                                    COORDINATE,
                                    COORDINATE,
                                    EXTENT,
                                    EXTENT,
                                    FUNCTION,
                                    LAYER,
                                    COORDINATE,
                                    COORDINATE)),
                    entry("transform", List.of(LAYER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER)),
                    entry("sync", List.of(TIME)),
                    entry("nop", List.of()),
                    entry("img", List.of(STREAM, MASK, LAYER, IMAGE_TYPE, COORDINATE, COORDINATE)),
                    entry("blob", List.of(STREAM, BASE64)),
                    entry("end", List.of(STREAM)),
                    entry("ack", List.of(STREAM, DROPPED, STATUS)),
                    entry("name", List.of(DROPPED)),
                    entry("error", List.of(DROPPED, STATUS)),
                    entry("disconnect", List.of())));

    private final Map<String, Picture> pictures = new HashMap<>();
    private final boolean clipboardIn;

    /** @param clipboardIn whether guacd may acknowledge what the clipboard gave it */
    Drawing(boolean clipboardIn) {
        this.clipboardIn = clipboardIn;
    }

    /**
     * Writes what the viewer gets of it.
     *
     * @throws Violation when the instruction must not cross; nothing is written then
     */
    Next pass(Instruction instruction, StringBuilder wire) {
        FORM.check(instruction);
        switch (instruction.opcode()) {
            case "img" -> open(instruction);
            case "blob" -> part(instruction);
            case "end" -> end(instruction);
            case "ack" -> {
                if (!clipboardIn) {
                    throw new Violation(Side.GUACD, "ack", "stream");
                }
                return Next.GO_ON;
            }
            case "name" -> {
                return Next.GO_ON;
            }
            case "error", "disconnect" -> {
                return Next.OVER;
            }
            default -> {}
        }
        instruction.appendTo(wire);
        return Next.GO_ON;
    }

    @Override
    public void close() {
        pictures.values().forEach(Picture::close);
        pictures.clear();
    }

    private void open(Instruction img) {
        if (pictures.containsKey(stream(img))) {
            throw new Violation(Side.GUACD, "img", "stream");
        }
        pictures.put(stream(img), Picture.of(img.arguments().get(3)));
    }

    private void part(Instruction blob) {
        try {
            opened(blob).take(Base64.getDecoder().decode(blob.arguments().get(1)));
        } catch (NotAPicture | IllegalArgumentException e) {
            throw new Violation(Side.GUACD, "blob", "image");
        }
    }

    private void end(Instruction end) {
        try (var picture = opened(end)) {
            picture.end();
            pictures.remove(stream(end));
        } catch (NotAPicture e) {
            throw new Violation(Side.GUACD, "end", "image");
        }
    }

    private Picture opened(Instruction instruction) {
        var picture = pictures.get(stream(instruction));
        if (picture == null) {
            throw new Violation(Side.GUACD, instruction.opcode(), "stream");
        }
        return picture;
    }

    private static String stream(Instruction instruction) {
        return instruction.arguments().getFirst();
    }
}
