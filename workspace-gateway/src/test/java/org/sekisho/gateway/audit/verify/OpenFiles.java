package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that this process has open, as Linux says. */
final class OpenFiles {
    private OpenFiles() {}

    static int below(Path folder) throws IOException {
        int open = 0;
        try (var all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (var each : all) {
                open += target(each).startsWith(folder.toRealPath()) ? 1 : 0;
            }
        }
        return open;
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closedMeanwhile) {
            return Path.of("");
        }
    }
}
