package org.sekisho.gateway.desktop;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.gateway.desktop.Parsed.Fault;
import org.sekisho.gateway.desktop.Parsed.Malformed;
import org.sekisho.gateway.desktop.Parsed.More;
import org.sekisho.gateway.desktop.Parsed.Whole;

/**
 * Reads Guacamole instructions from bytes that may come in any pieces. Lengths count code points; whatever is not
 * exactly the protocol is refused. Holds at most one instruction of at most {@value #MOST} code points.
 */
final class InstructionParser {
    /** Code points of all elements together: what guacd itself can send at most. */
    static final int MOST = 8_192;

    static final int MOST_ARGUMENTS = 127;
    private static final int MOST_DIGITS = 4;
    private static final Parsed MORE = new More();

    private enum State {
        LENGTH,
        CONTENT,
        BROKEN
    }

    private final byte[] element = new byte[4 * MOST];
    private final List<String> elements = new ArrayList<>();
    private State state = State.LENGTH;
    private Fault fault = Fault.LENGTH;
    private int digits;
    private int length;
    private int left;
    private int used;
    private int total;
    private boolean ascii;

    /** Takes bytes until an instruction is complete or there are none left; call it again while bytes remain. */
    Parsed next(ByteBuffer bytes) {
        while (bytes.hasRemaining() && state != State.BROKEN) {
            var octet = bytes.get();
            if (state == State.LENGTH) {
                length(octet);
            } else if (left > 0 || isContinuation(octet)) {
                content(octet);
            } else if (end(octet)) {
                return whole();
            }
        }
        return state == State.BROKEN ? new Malformed(fault) : MORE;
    }

    /** Whether an instruction has begun and is not complete. */
    boolean isMidway() {
        return state != State.LENGTH || digits > 0 || !elements.isEmpty();
    }

    private void length(byte octet) {
        if (octet >= '0' && octet <= '9') {
            var leadingZero = digits == 1 && length == 0;
            if (leadingZero || digits == MOST_DIGITS) {
                refuse(leadingZero ? Fault.LENGTH : Fault.TOO_LONG);
                return;
            }
            digits++;
            length = 10 * length + octet - '0';
        } else if (octet == '.' && digits > 0) {
            begin();
        } else {
            refuse(digits > 0 ? Fault.NO_POINT : Fault.LENGTH);
        }
    }

    private void begin() {
        total += length;
        if (total > MOST) {
            refuse(Fault.TOO_LONG);
            return;
        }
        state = State.CONTENT;
        left = length;
        used = 0;
        ascii = true;
    }

    private void content(byte octet) {
        if (!isContinuation(octet)) {
            left--;
        }
        ascii &= octet >= 0;
        if (used == element.length) {
            refuse(Fault.NOT_UTF8);
            return;
        }
        element[used++] = octet;
    }

    /** @return whether the instruction is complete */
    private boolean end(byte octet) {
        if (octet != ',' && octet != ';') {
            refuse(Fault.NO_END);
            return false;
        }
        if (elements.size() > MOST_ARGUMENTS) {
            refuse(Fault.TOO_MANY_ARGUMENTS);
            return false;
        }
        try {
            elements.add(text());
        } catch (CharacterCodingException e) {
            refuse(Fault.NOT_UTF8);
            return false;
        }
        state = State.LENGTH;
        digits = 0;
        length = 0;
        return octet == ';';
    }

    private String text() throws CharacterCodingException {
        return ascii
                ? new String(element, 0, used, StandardCharsets.ISO_8859_1)
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(element, 0, used))
                        .toString();
    }

    private Parsed whole() {
        var instruction = new Instruction(elements.getFirst(), elements.subList(1, elements.size()));
        elements.clear();
        total = 0;
        return new Whole(instruction);
    }

    private void refuse(Fault why) {
        state = State.BROKEN;
        fault = why;
    }

    private static boolean isContinuation(byte octet) {
        return (octet & 0xC0) == 0x80;
    }
}
