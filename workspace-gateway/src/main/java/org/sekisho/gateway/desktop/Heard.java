package org.sekisho.gateway.desktop;

/** What a viewer's instruction asks for. */
sealed interface Heard {
    /** Hand on to guacd: a key, a move of the mouse. Somebody is there. */
    record Act(Instruction instruction) implements Heard {}

    /** Hand on to guacd; it says nothing about anybody being there. */
    record Technical(Instruction instruction) implements Heard {}

    /** Answer the viewer with this. */
    record Ping(Instruction answer) implements Heard {}

    record Resize(int width, int height) implements Heard {}

    /** A whole text for the clipboard inside. */
    record Paste(String text) implements Heard {}

    record Nothing() implements Heard {}

    record Leave() implements Heard {}
}
