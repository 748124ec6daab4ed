package org.sekisho.gateway.desktop;

/** The answer to somebody who wants to look at a desktop. */
public sealed interface Connecting {
    record Connected(Viewing viewing) implements Connecting {}

    record NotNow(Ending why) implements Connecting {}
}
