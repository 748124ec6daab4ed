package org.sekisho.checker.contribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The footprints of one file that left, one after another, each preceded by its length (4 bytes, big-endian). */
public final class FootprintFile {
    /** After the name of the file that they are of. */
    public static final String ENDING = ".cells";

    private FootprintFile() {}

    /** @return the SHA-256 of what was written, lower-case hexadecimal */
    public static String write(Path file, List<Footprint> footprints) {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var footprint : footprints) {
                var bytes = footprint.bytes();
                for (var part :
                        List.of(ByteBuffer.allocate(4).putInt(bytes.remaining()).flip(), bytes)) {
                    digest.update(part.duplicate());
                    while (part.hasRemaining()) {
                        channel.write(part);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return nothing when the bytes are not what {@link #write} wrote */
    public static Optional<List<Footprint>> parse(ByteBuffer bytes) {
        var footprints = new ArrayList<Footprint>();
        var rest = bytes.slice();
        while (rest.hasRemaining()) {
            int length = rest.remaining() < Integer.BYTES ? -1 : rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                return Optional.empty();
            }
            var one = Footprint.parse(rest.slice(rest.position(), length));
            if (one.isEmpty()) {
                return Optional.empty();
            }
            footprints.add(one.get());
            rest.position(rest.position() + length);
        }
        return Optional.of(List.copyOf(footprints));
    }
}
