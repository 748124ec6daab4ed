package org.sekisho.gateway.audit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the log needs of a file system for writing; tests put failing ones in its place. */
public interface Disk {
    /** A file that only grows, but for {@link #truncate} and {@link #goBack}. Used by one thread. */
    interface AppendFile extends AutoCloseable {
        long size() throws IOException;

        /** Writes all of the buffer or throws. */
        void append(ByteBuffer bytes) throws IOException;

        void truncate(long size) throws IOException;

        /** What is appended next is written over what is there from that place on. */
        void goBack(long to) throws IOException;

        /**
         * Returns when everything appended survives a loss of power under the name that was opened: where the name has
         * come to mean another file, or none, what was written is lost to every reader, and it throws.
         */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    AppendFile open(Path file) throws IOException;

    Disk REAL = file -> {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.position(channel.size());
        forceDirectoryOf(file); // also of one that is there: who made it may have been killed before this
        return new RealFile(channel, file, identity(file));
    };

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Makes the name of a new file durable. */
    static void forceDirectoryOf(Path file) throws IOException {
        try (var channel = FileChannel.open(file.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    record RealFile(
            FileChannel channel, Path file, @Nullable Object identity) implements AppendFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
            channel.position(size);
        }

        @Override
        public void goBack(long to) throws IOException {
            channel.position(to);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
            if (!Objects.equals(identity, Disk.identity(file))) {
                throw new IOException("another file is in the place of " + file.getFileName());
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
