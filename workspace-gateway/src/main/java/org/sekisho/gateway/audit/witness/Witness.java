package org.sekisho.gateway.audit.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.Proofs;
import org.sekisho.gateway.audit.tlog.SigningKey;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.witness.Answer.Conflict;
import org.sekisho.gateway.audit.witness.Answer.Cosigned;
import org.sekisho.gateway.audit.witness.Answer.Reason;
import org.sekisho.gateway.audit.witness.Answer.Refused;

/**
 * Remembers the newest checkpoint of each log and cosigns only what continues it: a log that goes back to yesterday's
 * copy, or shows two people two different logs, finds no cosignature. What was cosigned is on the disk before anybody
 * is told; a checkpoint on the disk that this witness did not sign stops it.
 */
final class Witness {
    private final Path state;
    private final List<SigningKey> keys;
    private final Map<String, VerifierKeys> logs = new HashMap<>();
    private final Map<String, Checkpoint> newest = new HashMap<>();
    private final Clock clock;

    /** @throws IllegalStateException when what was kept is not what this witness signed */
    Witness(Path state, List<SigningKey> keys, List<VerifierKeys> logs, Clock clock) {
        this.state = state;
        this.keys = List.copyOf(keys);
        this.clock = clock;
        for (var log : logs) {
            this.logs.put(log.origin(), log);
            kept(log).ifPresent(checkpoint -> newest.put(log.origin(), checkpoint));
        }
    }

    private Optional<Checkpoint> kept(VerifierKeys log) {
        var file = file(log.origin());
        try {
            if (Files.notExists(file)) {
                return Optional.empty();
            }
            var checkpoint = Checkpoint.parse(Files.readString(file), log, 1);
            if (!keys.stream().allMatch(key -> checkpoint.signed(key.verifier()).isPresent())) {
                throw new IllegalArgumentException("it is not cosigned by this witness");
            }
            return Optional.of(checkpoint);
        } catch (IOException e) {
            throw new UncheckedIOException("what was kept of " + log.origin() + " cannot be read", e);
        } catch (IllegalArgumentException changed) {
            throw new IllegalStateException(
                    "what was kept of " + log.origin() + " does not hold: " + changed.getMessage(), changed);
        }
    }

    /** C2SP tlog-witness, {@code add-checkpoint}. */
    synchronized Answer add(String body) {
        Submission shown;
        Checkpoint claimed;
        try {
            shown = Submission.parse(body);
            claimed = Checkpoint.unverified(shown.note());
        } catch (IllegalArgumentException malformed) {
            return new Refused(Reason.MALFORMED);
        }
        var log = logs.get(claimed.origin());
        if (log == null) {
            return new Refused(Reason.UNKNOWN_LOG);
        }
        if (!signed(shown.note(), log)) {
            return new Refused(Reason.NOT_SIGNED);
        }
        if (shown.old() > claimed.size()) {
            return new Refused(Reason.MALFORMED);
        }
        var before = newest.get(claimed.origin());
        long known = before == null ? 0 : before.size();
        if (shown.old() != known) {
            return new Conflict(known);
        }
        return continues(before, claimed, shown) ? cosign(claimed, log) : new Refused(Reason.INCONSISTENT);
    }

    private static boolean signed(String note, VerifierKeys log) {
        try {
            var _ = Checkpoint.parse(note, log);
            return true;
        } catch (IllegalArgumentException notSigned) {
            return false;
        }
    }

    private static boolean continues(@Nullable Checkpoint before, Checkpoint next, Submission shown) {
        var root = Hashes.bytes(next.root());
        if (next.size() == 0) {
            return shown.proof().isEmpty()
                    && Arrays.equals(root, Hashes.sha256().digest());
        }
        if (before == null || before.size() == 0) {
            return shown.proof().isEmpty();
        }
        return Proofs.consistent(before.size(), Hashes.bytes(before.root()), next.size(), root, shown.proof());
    }

    /** Keeps the signatures of the log that were verified, and none of somebody else. */
    private Answer cosign(Checkpoint shown, VerifierKeys log) {
        long now = clock.instant().getEpochSecond();
        var lines = new StringBuilder();
        keys.forEach(key -> lines.append(key.sign(shown, now)));
        var kept = shown.only(log.keys()).with(lines.toString());
        try {
            PrivateFiles.replace(file(shown.origin()), kept.note().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("a checkpoint cannot be kept", e);
        }
        newest.put(shown.origin(), kept);
        return new Cosigned(lines.toString());
    }

    /** The newest cosigned checkpoint of the log whose origin has this SHA-256, hexadecimal. */
    synchronized Optional<Checkpoint> newest(String originHash) {
        return newest.values().stream()
                .filter(checkpoint -> hash(checkpoint.origin()).equals(originHash))
                .findFirst();
    }

    private Path file(String origin) {
        return state.resolve(hash(origin));
    }

    static String hash(String origin) {
        return Hashes.hex(Hashes.sha256().digest(origin.getBytes(StandardCharsets.UTF_8)));
    }
}
