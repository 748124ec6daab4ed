package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every other writer out. A lock is held on a file, not on its name: where the name has come to mean another file,
 * or none, somebody else may hold that one, so it counts as lost.
 */
final class WriterLock implements AutoCloseable {
    /** A process gives up its lock of a file when it closes that file anywhere, so it never opens one that it holds. */
    private static final Set<WriterLock> HELD = new HashSet<>();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;
    private final @Nullable Object identity;

    private WriterLock(Path file, FileChannel channel, FileLock lock) throws IOException {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
        this.identity = identity(file);
    }

    /** @throws LogUnavailable when somebody else holds it */
    static synchronized WriterLock take(Path file) throws IOException {
        if (Files.exists(file)) {
            var there = identity(file);
            if (HELD.stream().anyMatch(held -> Objects.equals(held.identity, there))) {
                throw new LogUnavailable("the log is open already");
            }
        }
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new LogUnavailable("another process writes this log");
        }
        var taken = new WriterLock(file, channel, lock);
        HELD.add(taken);
        return taken;
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** @throws LogUnavailable when the lock was lost */
    void check() {
        try {
            if (lock.isValid() && Objects.equals(identity, identity(file))) {
                return;
            }
        } catch (IOException gone) {
            throw new LogUnavailable("the log's lock is gone", gone);
        }
        throw new LogUnavailable("the log's lock was lost");
    }

    @Override
    public void close() throws IOException {
        synchronized (WriterLock.class) {
            HELD.remove(this);
            channel.close();
        }
    }
}
