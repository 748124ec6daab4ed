package org.sekisho.engine.pseudonym;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.sekisho.engine.EngineException;

/**
 * The secret keys under {@code keys/} of a home directory: 256 random bits each, made at first use, mode 0600. Two
 * processes that make the same key at the same time end with one key.
 */
public final class SecretKeys {
    private final Path directory;

    public SecretKeys(Path home) {
        this.directory = home.resolve("keys");
    }

    /** Under which persons and facilities are stored. */
    public Pseudonyms vault() {
        return new Pseudonyms(key("vault"));
    }

    /** Under which one project sees persons and facilities. */
    public Pseudonyms project(String project) {
        if (!project.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,62}")) {
            throw new EngineException("project-name", "a project's name is made of letters, digits, - and _");
        }
        return new Pseudonyms(key("project-" + project));
    }

    private byte[] key(String name) {
        var file = directory.resolve(name + ".key");
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            var key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length != 32) {
                throw new EngineException("key", "a key file does not hold 256 bits: " + name);
            }
            return key;
        } catch (IOException | IllegalArgumentException e) {
            throw new EngineException("key", "cannot read the key " + name, e);
        }
    }

    private void make(Path file) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        var draft = Files.createTempFile(
                directory,
                ".key",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, HexFormat.of().formatHex(secret) + "\n");
            try (var channel = java.nio.channels.FileChannel.open(draft, java.nio.file.StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Somebody else made it in the meantime: theirs counts.
        } finally {
            Files.delete(draft);
        }
    }
}
