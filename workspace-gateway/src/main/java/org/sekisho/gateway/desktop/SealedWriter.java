package org.sekisho.gateway.desktop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.SecretKey;
import org.sekisho.gateway.desktop.Sealing.Kind;

/**
 * Writes one sealed file: {@link #MAGIC}, then for each part its length (4 bytes), its kind (1 byte) and its sealed
 * bytes. A part is with the operating system when its call returns, and on the disk within a second or so.
 */
final class SealedWriter implements Closeable {
    static final byte[] MAGIC = {'S', 'K', 'R', 'E', 'C', '1', '\r', '\n'};
    private static final Duration FORCE = Duration.ofSeconds(1);

    private final FileChannel channel;
    private final Sealing sealing;
    private final MessageDigest digest;
    private long bytes;
    private long parts;
    private long forced = System.nanoTime();

    SealedWriter(Path file, SecretKey key) throws IOException {
        sealing = new Sealing(key);
        digest = SealedReader.sha256();
        channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        put(ByteBuffer.wrap(MAGIC));
    }

    void add(Kind kind, byte[] plain) throws IOException {
        var sealed = sealing.seal(kind, plain);
        put(ByteBuffer.allocate(Integer.BYTES + 1 + sealed.length)
                .putInt(sealed.length)
                .put(kind.code())
                .put(sealed)
                .flip());
        parts++;
        if (System.nanoTime() - forced > FORCE.toNanos()) {
            channel.force(false);
            forced = System.nanoTime();
        }
    }

    /** Adds the last part and waits for the disk. @return SHA-256 of the file */
    String finish() throws IOException {
        add(Kind.LAST, new byte[0]);
        channel.force(true);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Written whole. */
    long parts() {
        return parts;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void put(ByteBuffer buffer) throws IOException {
        digest.update(buffer.duplicate());
        bytes += buffer.remaining();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
