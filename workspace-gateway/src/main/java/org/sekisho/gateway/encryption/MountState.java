package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Whether a file system is mounted at a place, by the device of what lies there. */
enum MountState {
    NONE,
    ALIVE,
    /** The process behind it has ended. */
    DEAD;

    static MountState of(Path at) {
        try {
            return device(at) == device(at.resolveSibling("")) ? NONE : ALIVE;
        } catch (NoSuchFileException nothing) {
            return NONE;
        } catch (IOException gone) {
            return DEAD;
        }
    }

    private static long device(Path place) throws IOException {
        return (Long) Files.getAttribute(place, "unix:dev");
    }
}
