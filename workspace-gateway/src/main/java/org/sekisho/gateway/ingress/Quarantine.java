package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The folders {@code HOME/inputs/<id>} with what was uploaded. Readable by us alone. */
final class Quarantine {
    private static final Pattern ID = Pattern.compile("i-[a-z0-9]{8,40}");

    private final Path root;

    Quarantine(Path home) {
        root = home.resolve("inputs");
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new UncheckedIOException("the quarantine cannot be made", e);
        }
    }

    /** The bytes as far as they came. */
    Path content(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of an input");
        }
        return root.resolve(id).resolve("content");
    }

    /** What the looking through leaves for the delivery. */
    Path listing(String id) {
        return content(id).resolveSibling("files");
    }

    /** Of all inputs that have a folder here. */
    List<String> ids() throws IOException {
        try (var folders = Files.list(root)) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> ID.matcher(name).matches())
                    .toList();
        }
    }

    void make(String id) throws IOException {
        Files.createDirectories(
                content(id).getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    long spareBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** Puts a piece at its place, on the disk when this returns; what was there beyond it is cut off. */
    void write(String id, long offset, byte[] piece) throws IOException {
        try (var file = FileChannel.open(
                content(id),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var bytes = ByteBuffer.wrap(piece);
            while (bytes.hasRemaining()) {
                file.write(bytes, offset + bytes.position());
            }
            file.truncate(offset + piece.length);
            file.force(true);
        }
    }

    void remove(String id) {
        var folder = content(id).getParent();
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var below = Files.walk(folder)) {
            for (var path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a folder of the quarantine cannot be removed", e);
        }
    }

    /** In lower-case hexadecimal. */
    static String sha256(Path file) throws IOException {
        var digest = sha256();
        try (var in = new DigestInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
