package org.sekisho.gateway.desktop;

import java.util.List;

/** One Guacamole instruction: an opcode (empty for those between tunnel and page) and its arguments. */
record Instruction(String opcode, List<String> arguments) {
    Instruction {
        arguments = List.copyOf(arguments);
    }

    static Instruction of(String opcode, String... arguments) {
        return new Instruction(opcode, List.of(arguments));
    }

    /** As on the wire: every element with its length in code points. */
    void appendTo(StringBuilder wire) {
        element(wire, opcode);
        for (var argument : arguments) {
            element(wire.append(','), argument);
        }
        wire.append(';');
    }

    String wire() {
        var wire = new StringBuilder();
        appendTo(wire);
        return wire.toString();
    }

    private static void element(StringBuilder wire, String text) {
        wire.append(text.codePointCount(0, text.length())).append('.').append(text);
    }
}
