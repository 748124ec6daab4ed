package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every other writer out. A lock is held on a file, not on its name: where the name has come to mean another file,
 * or none, somebody else may hold that one, so it counts as lost.
 */
final class WriterLock implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;
    private final @Nullable Object identity;

    private WriterLock(Path file, FileChannel channel, FileLock lock) throws IOException {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
        this.identity = identity();
    }

    /** @throws LogUnavailable when somebody else holds it */
    static WriterLock take(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock();
            if (lock != null) {
                return new WriterLock(file, channel, lock);
            }
        } catch (OverlappingFileLockException sameProcess) {
            channel.close();
            throw new LogUnavailable("the log is open already", sameProcess);
        }
        channel.close();
        throw new LogUnavailable("another process writes this log");
    }

    private @Nullable Object identity() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** @throws LogUnavailable when the lock was lost */
    void check() {
        try {
            if (lock.isValid() && Objects.equals(identity, identity())) {
                return;
            }
        } catch (IOException gone) {
            throw new LogUnavailable("the log's lock is gone", gone);
        }
        throw new LogUnavailable("the log's lock was lost");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
