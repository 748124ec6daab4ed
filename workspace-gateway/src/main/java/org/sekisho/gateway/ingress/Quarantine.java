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
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.sekisho.engine.provision.ProjectFolders;

/** The folders {@code inputs/<id>} of a project with what was uploaded. Readable by us alone. */
final class Quarantine {
    private static final Pattern ID = Pattern.compile("i-[a-z0-9]{8,40}");

    private final Path home;
    private final ProjectFolders folders;

    /** @param home whose disk must not become full */
    Quarantine(Path home, ProjectFolders folders) {
        this.home = home;
        this.folders = folders;
    }

    private Path root(String project) {
        return folders.of(project).resolve("inputs");
    }

    private Path of(String project, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of an input");
        }
        return root(project).resolve(id);
    }

    /** The bytes as far as they came. */
    Path content(Input input) {
        return of(input.project(), input.id()).resolve("content");
    }

    /** What the looking through leaves for the delivery. */
    Path listing(Input input) {
        return content(input).resolveSibling("files");
    }

    /** Removes the folder of every input that has no bytes any more. */
    void sweep(Predicate<String> hasBytes) throws IOException {
        for (var project : folders.projects()) {
            for (var id : ids(root(project))) {
                if (!hasBytes.test(id)) {
                    remove(project, id);
                }
            }
        }
    }

    private static List<String> ids(Path root) throws IOException {
        if (Files.notExists(root)) {
            return List.of();
        }
        try (var folders = Files.list(root)) {
            return folders.map(folder -> String.valueOf(folder.getFileName()))
                    .filter(name -> ID.matcher(name).matches())
                    .toList();
        }
    }

    void make(Input input) throws IOException {
        Files.createDirectories(
                of(input.project(), input.id()),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    long spareBytes() throws IOException {
        return Files.getFileStore(home).getUsableSpace();
    }

    /** Puts a piece at its place, on the disk when this returns; what was there beyond it is cut off. */
    void write(Input input, long offset, byte[] piece) throws IOException {
        try (var file = FileChannel.open(
                content(input),
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

    void remove(Input input) {
        remove(input.project(), input.id());
    }

    private void remove(String project, String id) {
        var folder = of(project, id);
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
