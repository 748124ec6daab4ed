package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads at places of one file, from any thread. Not a FileChannel, which an interrupted caller would close for
 * everybody.
 */
public final class ReadFile implements AutoCloseable {
    /** Bytes of the longest note, proof or list of keys. */
    static final int LONGEST_TEXT = 1 << 20;

    private final RandomAccessFile file;

    public ReadFile(Path path) {
        try {
            file = new RandomAccessFile(regular(path).toFile(), "r");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A note, a proof or keys; an error when it is longer than those can be. */
    public static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LONGEST_TEXT + 1);
            if (bytes.length > LONGEST_TEXT) {
                throw new IOException(file + " is longer than a note, a proof or keys can be");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Opening a pipe in a log's folder would wait for whoever writes to it. */
    public static Path regular(Path file) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is no regular file");
        }
        return file;
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
