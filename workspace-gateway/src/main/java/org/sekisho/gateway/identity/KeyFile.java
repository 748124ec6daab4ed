package org.sekisho.gateway.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

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
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine)) {
            channel.write(ByteBuffer.wrap(key));
            channel.force(true);
        }
        return key;
    }
}
