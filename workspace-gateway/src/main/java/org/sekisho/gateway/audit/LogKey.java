package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs checkpoints, kept in a file of one line: {@code PRIVATE+KEY+name+hash+base64(1 || seed)}, the
 * form that Go's sumdb/note reads. The name is the log's origin.
 */
final class LogKey {
    private static final String PREFIX = "PRIVATE+KEY+";

    private final Ed25519PrivateKeyParameters seed;
    private final VerifierKey verifier;

    private LogKey(String name, byte[] seed) {
        this.seed = new Ed25519PrivateKeyParameters(seed, 0);
        this.verifier = VerifierKey.of(name, this.seed.generatePublicKey().getEncoded());
    }

    static LogKey read(Path file) {
        try {
            return parse(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("the log's key cannot be read", e);
        }
    }

    /** Makes a key for a new log and writes it, readable by its owner alone. */
    static LogKey create(Path file) {
        var random = new SecureRandom();
        var seed = new byte[32];
        var name = new byte[6];
        random.nextBytes(seed);
        random.nextBytes(name);
        var key = new LogKey("sekisho/" + HexFormat.of().formatHex(name), seed);
        try {
            makeFolder(file.toAbsolutePath().getParent());
            var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = FileChannel.open(file, how, mine)) {
                channel.write(ByteBuffer.wrap((key.text() + "\n").getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Disk.forceDirectoryOf(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the log's key cannot be written", e);
        }
        return key;
    }

    private static void makeFolder(@Nullable Path folder) throws IOException {
        if (folder != null && Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    static LogKey parse(String text) {
        var parts = text.startsWith(PREFIX) ? text.substring(PREFIX.length()).split("\\+", 3) : new String[0];
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a signing key of a log");
        }
        var typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 33 || typed[0] != VerifierKey.ED25519) {
            throw new IllegalArgumentException("not an Ed25519 signing key");
        }
        return new LogKey(parts[0], Arrays.copyOfRange(typed, 1, 33));
    }

    VerifierKey verifier() {
        return verifier;
    }

    Checkpoint sign(long size, byte[] root) {
        var body = verifier.name() + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
        var text = body.getBytes(StandardCharsets.UTF_8);
        var signer = new Ed25519Signer();
        signer.init(true, seed);
        signer.update(text, 0, text.length);
        var signature = ByteBuffer.allocate(68)
                .putInt(verifier.id())
                .put(signer.generateSignature())
                .array();
        var note = body + "\n— " + verifier.name() + " " + Base64.getEncoder().encodeToString(signature) + "\n";
        return new Checkpoint(verifier.name(), size, Hashes.hex(root), note);
    }

    private String text() {
        var typed = ByteBuffer.allocate(33)
                .put(VerifierKey.ED25519)
                .put(seed.getEncoded())
                .array();
        var hash = HexFormat.of().toHexDigits(verifier.id());
        return PREFIX + verifier.name() + "+" + hash + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
