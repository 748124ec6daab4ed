package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Reads at places of one file, from any thread. Not a FileChannel, which an interrupted caller would close for
 * everybody.
 */
public final class ReadFile implements AutoCloseable {
    private final RandomAccessFile file;

    public ReadFile(Path path) {
        try {
            file = new RandomAccessFile(path.toFile(), "r");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized long size() {
        try {
            return file.length();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fewer bytes than asked for at the end of the file. */
    public synchronized byte[] read(long from, int length) {
        try {
            int there = (int) Math.max(0, Math.min(length, file.length() - from));
            var bytes = new byte[there];
            file.seek(from);
            file.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
