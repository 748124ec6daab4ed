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

    /** A key from before there were two gets its second one. */
    static LogKey read(Path file) {
        try {
            var key = parse(Files.readString(file));
            if (key.keys.size() > 1) {
                return key;
            }
            var both = new LogKey(
                    List.of(key.keys.getFirst(), SigningKey.create(key.verifiers.origin(), SignatureType.ML_DSA_44)));
            both.write(file);
            return both;
        } catch (IOException e) {
            throw new UncheckedIOException("the log's key cannot be read", e);
        }
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
            key.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the log's key cannot be written", e);
        }
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

    private void write(Path file) throws IOException {
        var text = new StringBuilder();
        keys.forEach(key -> text.append(key.text()).append('\n'));
        PrivateFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
