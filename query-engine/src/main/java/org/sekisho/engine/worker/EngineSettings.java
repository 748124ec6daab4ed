package org.sekisho.engine.worker;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param home the directory that holds {@code projects/}, {@code run/} and {@code lib/}; short, since the paths of
 *     sockets below it may have at most 100 bytes
 * @param idle a worker without a statement for this long is stopped
 */
public record EngineSettings(Path home, Limits limits, Duration idle, SandboxChoice sandbox) {

    public EngineSettings {
        home = home.toAbsolutePath().normalize();
    }

    /** The usual limits, ten minutes of idling, a sandbox where there is one. */
    public static EngineSettings of(Path home) {
        return new EngineSettings(home, Limits.usual(), Duration.ofMinutes(10), SandboxChoice.PREFERRED);
    }
}
