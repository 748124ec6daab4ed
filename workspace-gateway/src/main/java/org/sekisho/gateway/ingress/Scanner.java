package org.sekisho.gateway.ingress;

import java.nio.file.Path;

/** Looks for known malware. Answers always, and never {@code CLEAN} for what was not wholly looked at. */
@FunctionalInterface
public interface Scanner {
    /** @param file or a folder, of which every file is looked at */
    Scan scan(Path file);

    /** Whether there is one at all. */
    default boolean isPresent() {
        return true;
    }
}
