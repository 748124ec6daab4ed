package org.sekisho.gateway.desktop;

import java.util.regex.Pattern;

/** Something that must not cross. Ends the session; its words go into the log and quote nothing but an opcode. */
final class Violation extends RuntimeException {
    /** Who sent it. */
    enum Side {
        GUACD,
        VIEWER
    }

    private static final Pattern OPCODE = Pattern.compile("[a-z]{1,20}");
    private final Side side;
    private final String opcode;
    private final String rule;

    /** @param opcode shown only if it looks like one */
    Violation(Side side, String opcode, String rule) {
        super(rule, null, false, false);
        this.side = side;
        this.opcode = OPCODE.matcher(opcode).matches() ? opcode : "?";
        this.rule = rule;
    }

    Side side() {
        return side;
    }

    String opcode() {
        return opcode;
    }

    /** Such as {@code opcode}, {@code arity}, {@code argument-3}, {@code stream}, {@code image}, {@code malformed}. */
    String rule() {
        return rule;
    }
}
