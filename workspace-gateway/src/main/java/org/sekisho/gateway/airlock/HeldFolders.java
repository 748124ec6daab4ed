package org.sekisho.gateway.airlock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** The folders {@code HOME/held/<output>} with everything that belongs to an output. Readable by us alone. */
public final class HeldFolders {
    private static final Pattern ID = Pattern.compile("o-[a-z0-9]{8,40}");

    private final Path root;

    public HeldFolders(Path home) {
        root = home.resolve("held");
        make(root);
    }

    public Path of(String output) {
        if (!ID.matcher(output).matches()) {
            throw new IllegalArgumentException("not the id of an output");
        }
        return root.resolve(output);
    }

    /** Makes the folder, empty, whatever was there. */
    Path empty(String output) {
        remove(output);
        var folder = of(output);
        make(folder);
        return folder;
    }

    void remove(String output) {
        var folder = of(output);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (var below = Files.walk(folder)) {
                below.sorted(Comparator.reverseOrder()).forEach(HeldFolders::delete);
            } catch (IOException e) {
                throw new UncheckedIOException("a held folder cannot be emptied", e);
            }
        }
    }

    /** The bytes of a file of an output. The name is one of ours, never a caller's. */
    public Optional<byte[]> read(String output, String name) {
        var file = of(output).resolve(name);
        if (!of(output).equals(file.getParent()) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("a held file cannot be read", e);
        }
    }

    /** Writes a file whole or not at all, durably. */
    void write(String output, String name, byte[] bytes) {
        var folder = of(output);
        var whole = folder.resolve(name);
        var part = folder.resolve(name + ".part");
        try {
            Files.write(part, bytes);
            sync(part);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("a held file cannot be written", e);
        }
    }

    /** Puts everything that others wrote into the folder on the disk. */
    void sync(String output) {
        var folder = of(output);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                sync(file);
            }
            sync(folder);
            sync(root);
        } catch (IOException e) {
            throw new UncheckedIOException("a held folder cannot be synced", e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("a held folder cannot be made", e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("a held file cannot be removed", e);
        }
    }
}
