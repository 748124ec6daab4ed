package org.sekisho.gateway.desktop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key of all recordings, in a file of mode 0600; each recording is sealed under one derived from it. */
final class RecordingKey {
    private static final int BYTES = 32;
    private final SecretKey root;

    private RecordingKey(byte[] root) {
        this.root = new SecretKeySpec(root, "HmacSHA256");
    }

    /** Made when it is not there. */
    static RecordingKey open(Path file) {
        try {
            if (Files.notExists(file)) {
                make(file);
            }
            var root = Base64.getDecoder().decode(Files.readString(file).strip());
            if (root.length != BYTES) {
                throw new IllegalStateException("the key of recordings has another length");
            }
            return new RecordingKey(root);
        } catch (IOException e) {
            throw new UncheckedIOException("the key of recordings cannot be read", e);
        }
    }

    SecretKey of(String recording) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(root);
            return new SecretKeySpec(mac.doFinal(("recording " + recording).getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }

    private static void make(Path file) throws IOException {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        var folder = file.resolveSibling("");
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var part = Files.createTempFile(
                folder,
                "new-",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(part, Base64.getEncoder().encodeToString(secret) + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
