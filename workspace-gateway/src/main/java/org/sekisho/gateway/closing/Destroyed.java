package org.sekisho.gateway.closing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much was destroyed.
 *
 * @param bytes that were overwritten, in pieces of up to 64 KiB: what held nothing but zeros is not among them
 */
record Destroyed(long files, long bytes) {
    private static final int PIECE = 1 << 20;
    private static final int HOLE = 1 << 16;

    /**
     * Overwrites every file at or below these places with zeros, on the disk, and deletes it. Holes of sparse files stay
     * holes. Follows no link. What a disk keeps of overwritten blocks is the disk's.
     */
    static Destroyed of(List<Path> places) throws IOException {
        var erasing = new Erasing();
        for (var place : places) {
            Files.walkFileTree(place, erasing);
        }
        return new Destroyed(erasing.files, erasing.bytes);
    }

    /** With so many files more, whose key is gone. */
    Destroyed and(long more) {
        return new Destroyed(files + more, bytes);
    }

    private static final class Erasing extends SimpleFileVisitor<Path> {
        private long files;
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile()) {
                bytes += overwrite(file);
                files++;
            }
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }

    /** @return how many bytes were written */
    private static long overwrite(Path file) throws IOException {
        long written = 0;
        var zeros = ByteBuffer.allocateDirect(HOLE).asReadOnlyBuffer();
        var piece = ByteBuffer.allocateDirect(PIECE);
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            for (long at = 0; channel.read(piece.clear(), at) > 0; at += piece.limit()) {
                piece.flip();
                for (int from = 0; from < piece.limit(); from += HOLE) {
                    var part = piece.slice(from, Math.min(HOLE, piece.limit() - from));
                    if (part.mismatch(zeros.slice(0, part.remaining())) >= 0) {
                        written += write(channel, zeros.slice(0, part.remaining()), at + from);
                    }
                }
            }
            channel.force(true);
        } catch (NoSuchFileException gone) {
            // removed since its folder was listed
        }
        return written;
    }

    private static int write(FileChannel channel, ByteBuffer zeros, long at) throws IOException {
        while (zeros.hasRemaining()) {
            channel.write(zeros, at + zeros.position());
        }
        return zeros.position();
    }
}
