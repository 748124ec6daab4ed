package org.sekisho.gateway.desktop;

import java.io.IOException;

/** The recording cannot be written, so nothing may be shown. */
public final class RecordingUnwritable extends RuntimeException {
    RecordingUnwritable(IOException cause) {
        super("a recording cannot be written", cause);
    }
}
