package org.sekisho.gateway.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.sekisho.gateway.audit.disk.PrivateFiles;

/** A key of 256 random bits in a file of its own (0600), made when it is not there. */
final class KeyFile {
    static final int BYTES = 32;

    private KeyFile() {}

    static byte[] open(Path file) {
        try {
            return Files.exists(file) ? read(file) : create(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the key " + file.getFileName() + " cannot be read", e);
        }
    }

    private static byte[] read(Path file) throws IOException {
        var key = Files.readAllBytes(file);
        if (key.length < BYTES) {
            throw new IllegalStateException("the key " + file.getFileName() + " is cut off");
        }
        return key;
    }

    private static byte[] create(Path file) throws IOException {
        var key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        PrivateFiles.makeFolder(file.toAbsolutePath().getParent());
        PrivateFiles.replace(file, key);
        return key;
    }
}
