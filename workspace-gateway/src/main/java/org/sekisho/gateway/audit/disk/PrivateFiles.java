package org.sekisho.gateway.audit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Small files that their owner alone may read, written whole or not at all. */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** With every folder above it that is not there; durable when it returns. */
    public static void makeFolder(@Nullable Path folder) throws IOException {
        var above = folder == null ? null : folder.toAbsolutePath().getParent();
        if (folder == null || above == null) {
            return;
        }
        if (Files.notExists(folder)) {
            makeFolder(above);
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Disk.forceDirectoryOf(folder);
        } else if (Files.isReadable(above)) {
            Disk.forceDirectoryOf(folder); // who made it may have been killed before this
        }
    }

    /** Durable when it returns; before that the old content stands. */
    public static void replace(Path file, byte[] content) throws IOException {
        var next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(next, how, mine)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Disk.forceDirectoryOf(file);
    }

    /**
     * Overwrites and deletes; durable when it returns, and may be tried again when it throws. What a disk keeps of
     * overwritten blocks is the disk's.
     */
    public static void erase(Path file) throws IOException {
        if (Files.exists(file)) {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate(Math.toIntExact(channel.size())));
                channel.force(true);
            }
            Files.delete(file);
        }
        Disk.forceDirectoryOf(file);
    }
}
