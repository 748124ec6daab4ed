package org.sekisho.gateway.ingress;

import java.nio.file.Path;

/** Looks for known malware. Answers always, and never {@code CLEAN} for what was not wholly looked at. */
@FunctionalInterface
public interface Scanner {
    Scan scan(Path file);
}
