package org.sekisho.gateway.http;

import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.desktop.ViewerLine;
import org.sekisho.gateway.desktop.Viewing;

/** The answer to a request that wants to become a WebSocket. */
sealed interface Upgrade {
    record Turned(Reply.Now away) implements Upgrade {}

    record Let(Opening in) implements Upgrade {}

    /** What happens once the line stands. */
    @FunctionalInterface
    interface Opening {
        /** Blocks. @return who hears what the line brings; null when the line has been closed */
        @Nullable
        Viewing open(ViewerLine line);
    }
}
