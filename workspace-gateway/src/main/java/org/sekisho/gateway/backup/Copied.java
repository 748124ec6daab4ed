package org.sekisho.gateway.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.sekisho.gateway.audit.tlog.Hashes;

/**
 * A file that was copied.
 *
 * @param bytes holes included
 */
record Copied(long bytes, String sha256) {
    private static final int PIECE = 1 << 20;
    private static final int HOLE = 1 << 16;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(HOLE).asReadOnlyBuffer();

    /** On the disk when this returns, readable by its owner alone. Runs of zeros become holes. */
    static Copied of(Path from, Path to) throws IOException {
        return of(from, to, Long.MAX_VALUE);
    }

    /** @param most bytes to take from the beginning; an error when there are fewer, unless it is Long.MAX_VALUE */
    static Copied of(Path from, Path to, long most) throws IOException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var in = FileChannel.open(from, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                var out = FileChannel.open(to, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mine)) {
            var copied = read(in, most, (piece, at) -> writeUnlessZero(out, piece, at));
            if (copied.bytes > out.size()) {
                out.write(ByteBuffer.allocate(1), copied.bytes - 1);
            }
            out.force(true);
            return copied;
        }
    }

    /** What a copy of this file would be. */
    static Copied asIs(Path file) throws IOException {
        try (var in = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return read(in, Long.MAX_VALUE, (piece, at) -> {});
        }
    }

    private interface Sink {
        void take(ByteBuffer piece, long at) throws IOException;
    }

    private static Copied read(FileChannel in, long most, Sink sink) throws IOException {
        var sha = Hashes.sha256();
        var piece = ByteBuffer.allocateDirect(PIECE);
        long at = 0;
        while (at < most) {
            piece.clear().limit((int) Math.min(PIECE, most - at));
            while (piece.hasRemaining() && in.read(piece, at + piece.position()) >= 0) {
                // until it is full or the file ends
            }
            piece.flip();
            if (!piece.hasRemaining()) {
                break;
            }
            sha.update(piece.duplicate());
            int got = piece.remaining();
            sink.take(piece, at);
            at += got;
        }
        if (most != Long.MAX_VALUE && at < most) {
            throw new IOException("a file has become shorter while it was copied");
        }
        return new Copied(at, Hashes.hex(sha.digest()));
    }

    private static void writeUnlessZero(FileChannel out, ByteBuffer piece, long at) throws IOException {
        for (int from = 0; from < piece.limit(); from += HOLE) {
            var part = piece.slice(from, Math.min(HOLE, piece.limit() - from));
            if (part.mismatch(ZEROS.slice(0, part.remaining())) >= 0) {
                for (long place = at + from; part.hasRemaining(); ) {
                    place += out.write(part, place);
                }
            }
        }
    }
}
