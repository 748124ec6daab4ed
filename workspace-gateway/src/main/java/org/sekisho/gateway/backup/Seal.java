package org.sekisho.gateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.SigningKey;
import org.sekisho.gateway.audit.tlog.VerifierKey;
import org.sekisho.gateway.audit.tlog.VerifierKeys;

/**
 * A signed note in the form of a checkpoint: {@code ORIGIN/backup}, the number of lines of the manifest, its SHA-256,
 * signed by every key of the log. The name keeps it from being taken for a checkpoint of the log.
 */
final class Seal {
    private static final String SUFFIX = "/backup";

    private Seal() {}

    /** @param keys file of the log's signing keys */
    static String over(byte[] manifest, Path keys, Instant now) throws IOException {
        var signers =
                Files.readString(keys).strip().lines().map(SigningKey::parse).toList();
        var origin = signers.getFirst().verifier().name() + SUFFIX;
        var unsigned =
                Checkpoint.unsigned(origin, lines(manifest), Hashes.sha256().digest(manifest));
        var signatures = new StringBuilder();
        signers.forEach(key -> signatures.append(key.sign(unsigned, now.getEpochSecond())));
        return unsigned.with(signatures.toString()).note();
    }

    /** @throws IllegalArgumentException unless every one of the keys has sealed exactly this manifest */
    static void check(String seal, byte[] manifest, VerifierKeys keys) {
        var note = Checkpoint.unverified(seal);
        if (!note.origin().equals(keys.origin() + SUFFIX) || !isSigned(note, keys.keys())) {
            throw new IllegalArgumentException("seal is not by the keys of this log");
        }
        var hash = Hashes.hex(Hashes.sha256().digest(manifest));
        if (!note.root().equals(hash) || note.size() != lines(manifest)) {
            throw new IllegalArgumentException("manifest is not what was sealed");
        }
    }

    private static boolean isSigned(Checkpoint note, List<VerifierKey> keys) {
        return keys.stream().allMatch(key -> note.signed(key).isPresent());
    }

    private static long lines(byte[] manifest) {
        long lines = 0;
        for (byte each : manifest) {
            lines += each == '\n' ? 1 : 0;
        }
        return lines;
    }
}
