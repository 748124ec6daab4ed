package org.sekisho.gateway.desktop;

/** What a parser found in the bytes it was given. */
sealed interface Parsed {
    record Whole(Instruction instruction) implements Parsed {}

    /** All bytes are taken, and the instruction is not complete. */
    record More() implements Parsed {}

    /** No Guacamole instruction; the parser is of no further use. */
    record Malformed(Fault fault) implements Parsed {}

    /** What is wrong with the bytes. */
    enum Fault {
        LENGTH,
        TOO_LONG,
        TOO_MANY_ARGUMENTS,
        NO_POINT,
        NO_END,
        NOT_UTF8
    }
}
