package org.sekisho.gateway.airlock;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several files as one text with one hash: what {@code sha256sum} prints of them, ordered by name. */
final class Manifest {
    private Manifest() {}

    /** One file. */
    record Line(String name, String sha256) {}

    /** @return SHA-256 of the text */
    static String sha256(Stream<Line> files) {
        return Hashes.sha256(files.map(file -> file.sha256() + "  " + file.name() + "\n")
                .sorted((one, other) -> one.substring(64).compareTo(other.substring(64)))
                .collect(Collectors.joining()));
    }
}
