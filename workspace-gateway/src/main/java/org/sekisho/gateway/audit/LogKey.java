package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.SignatureType;
import org.sekisho.gateway.audit.tlog.SigningKey;
import org.sekisho.gateway.audit.tlog.VerifierKeys;

/**
 * The keys that sign checkpoints, one a line of one file: Ed25519, which every reader of such logs knows, and ML-DSA-44
 * beside it, which still holds when the first does not. Their common name is the log's origin.
 */
final class LogKey {
    private final List<SigningKey> keys;
    private final VerifierKeys verifiers;

    private LogKey(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
        this.verifiers =
                new VerifierKeys(keys.stream().map(SigningKey::verifier).toList());
    }

    static LogKey read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the log's key cannot be read", e);
        }
    }

    /** False of keys from before there were two. */
    boolean isComplete() {
        return keys.size() > 1;
    }

    /** With the second one, which is written nowhere yet. */
    LogKey completed() {
        return new LogKey(List.of(keys.getFirst(), SigningKey.create(verifiers.origin(), SignatureType.ML_DSA_44)));
    }

    /** Makes keys for a new log and writes them, readable by their owner alone. */
    static LogKey create(Path file) {
        var random = new byte[6];
        new SecureRandom().nextBytes(random);
        var name = "sekisho/" + HexFormat.of().formatHex(random);
        var key = new LogKey(List.of(
                SigningKey.create(name, SignatureType.ED25519), SigningKey.create(name, SignatureType.ML_DSA_44)));
        try {
            PrivateFiles.makeFolder(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("the log's key cannot be written", e);
        }
        key.write(file);
        return key;
    }

    static LogKey parse(String lines) {
        return new LogKey(lines.strip().lines().map(SigningKey::parse).toList());
    }

    VerifierKeys verifiers() {
        return verifiers;
    }

    Checkpoint sign(long size, byte[] root, long seconds) {
        var unsigned = Checkpoint.unsigned(verifiers.origin(), size, root);
        var lines = new ArrayList<String>();
        keys.forEach(key -> lines.add(key.sign(unsigned, seconds)));
        return unsigned.with(String.join("", lines));
    }

    /** Readable by its owner alone. */
    void write(Path file) {
        var text = new StringBuilder();
        keys.forEach(key -> text.append(key.text()).append('\n'));
        try {
            PrivateFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the log's key cannot be written", e);
        }
    }
}
