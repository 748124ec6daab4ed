package org.sekisho.gateway.audit.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the log needs of a file system for writing; tests put failing ones in its place. */
public interface Disk {
    /** A file that only grows, but for {@link #truncate}. Used by one thread. */
    interface AppendFile extends AutoCloseable {
        long size() throws IOException;

        /** Writes all of the buffer or throws. */
        void append(ByteBuffer bytes) throws IOException;

        void truncate(long size) throws IOException;

        /** Returns when everything appended survives a loss of power. */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    AppendFile open(Path file) throws IOException;

    Disk REAL = file -> {
        var created = !file.toFile().exists();
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.position(channel.size());
        if (created) {
            forceDirectoryOf(file);
        }
        return new RealFile(channel);
    };

    /** Makes the name of a new file durable. */
    static void forceDirectoryOf(Path file) throws IOException {
        try (var channel = FileChannel.open(file.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    record RealFile(FileChannel channel) implements AppendFile {
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
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
