package org.sekisho.gateway.audit.tlog;

import java.util.List;

/**
 * The keys of one log, one a line: the first signs every checkpoint; a second one, beside it, every checkpoint from its
 * first on, the newest in any case. Their common name is the log's origin.
 */
public record VerifierKeys(List<VerifierKey> keys) {
    public VerifierKeys {
        keys = List.copyOf(keys);
        if (keys.isEmpty()
                || keys.stream().anyMatch(key -> key.type() == SignatureType.ED25519_COSIGNATURE)
                || keys.stream().map(VerifierKey::name).distinct().count() != 1
                || keys.stream().map(VerifierKey::type).distinct().count() != keys.size()) {
            throw new IllegalArgumentException("the keys of one log are of one name and of different kinds");
        }
    }

    /** @throws IllegalArgumentException unless each line is a verifier key of the same log */
    public static VerifierKeys parse(String lines) {
        return new VerifierKeys(lines.strip().lines().map(VerifierKey::parse).toList());
    }

    public String origin() {
        return keys.getFirst().name();
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return String.join("\n", keys.stream().map(VerifierKey::text).toList()) + "\n";
    }
}
