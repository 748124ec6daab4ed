package org.sekisho.gateway.airlock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sekisho.checker.contribution.Footprint;
import org.sekisho.checker.contribution.FootprintFile;
import org.sekisho.checker.contribution.Ledger;
import org.sekisho.engine.provision.ProjectFolders;

/**
 * Who stood behind everything that left, sealed: {@code ledger/<output>} in its project's folder, one file for each
 * release, written whole or not at all before the release counts, readable by us alone. Which releases there are, the outputs say;
 * a release without its file, or with another one than was written, is {@linkplain Ledger.Release.Damaged damaged}, never
 * nothing. What lies there without a release is not looked at.
 *
 * <p>A file: 8 bytes of mark; HMAC-SHA-256 under {@code HOME/keys/ledger.key} of all that follows; project and output, each
 * after its length (4 bytes); 1 when it is known who stands behind all of the release, else 0; then a {@link
 * FootprintFile}.
 */
public final class ReleaseLedger {
    private static final long MARK = 0x534b4c4544475231L; // SKLEDGR1
    private static final int SEAL = 32;
    private static final int HEAD = Long.BYTES + SEAL;

    private final ProjectFolders folders;
    private final SecretKeySpec key;

    /** @param home where its own key is */
    public ReleaseLedger(Path home, ProjectFolders folders) {
        this.folders = folders;
        key = new SecretKeySpec(key(home.resolve("keys").resolve("ledger.key")), "HmacSHA256");
    }

    /**
     * Keeps what a release shows. Durable when this returns; again for the same release, the later counts.
     *
     * @param footprints of every file of it, as {@link FootprintFile} has them; nothing when of one of them it is not known
     */
    void keep(Output output, Optional<List<byte[]>> footprints) {
        var body = body(output, footprints);
        var whole = ByteBuffer.allocate(HEAD + body.length)
                .putLong(MARK)
                .put(seal(ByteBuffer.wrap(body)))
                .put(body);
        try {
            write(file(output), whole.flip());
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger of releases cannot be written", e);
        }
    }

    /**
     * The ledger of a project, for a new output.
     *
     * @param releases outputs of the project that left, in that order
     * @param merged numbers of persons who turned out to be others
     */
    Ledger of(String fresh, List<Output> releases, Map<Integer, Integer> merged) {
        return new Ledger(fresh, releases.stream().map(this::release).toList(), merged);
    }

    private Ledger.Release release(Output output) {
        var file = file(output);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Ledger.Release.Damaged(output.id());
        }
        return isKnown(output, file)
                ? new Ledger.Release.Known(output.id(), () -> read(output, file))
                : new Ledger.Release.Unknown(output.id());
    }

    /** Whether it says so itself; whether that is true is seen when it is read. */
    private boolean isKnown(Output output, Path file) {
        var head = head(output);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var start = ByteBuffer.allocate(HEAD + head.length + 1);
            channel.read(start);
            boolean unknown = !start.hasRemaining() && start.get(HEAD + head.length) == 0;
            // What says that nothing is known must be as sealed as what is known.
            return !unknown || read(output, file).isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    private Optional<List<Footprint>> read(Output output, Path file) {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return open(output, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<List<Footprint>> open(Output output, ByteBuffer bytes) {
        try {
            var sealed = new byte[SEAL];
            long mark = bytes.getLong();
            bytes.get(sealed);
            var body = bytes.slice();
            var head = new byte[head(output).length];
            bytes.get(head);
            boolean holds = mark == MARK
                    && MessageDigest.isEqual(sealed, seal(body))
                    && MessageDigest.isEqual(head, head(output));
            byte known = bytes.get();
            if (!holds) {
                return Optional.empty();
            }
            return known == 1 ? FootprintFile.parse(bytes.slice()) : Optional.of(List.of());
        } catch (BufferUnderflowException cut) {
            return Optional.empty();
        }
    }

    private static byte[] body(Output output, Optional<List<byte[]>> footprints) {
        var head = head(output);
        var files = footprints.orElse(List.of());
        int size = files.stream().mapToInt(file -> file.length).reduce(0, Math::addExact);
        var body = ByteBuffer.allocate(head.length + 1 + size).put(head).put((byte) (footprints.isPresent() ? 1 : 0));
        files.forEach(body::put);
        return body.array();
    }

    private static byte[] head(Output output) {
        var project = output.project().getBytes(StandardCharsets.UTF_8);
        var id = output.id().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Integer.BYTES + project.length + id.length)
                .putInt(project.length)
                .put(project)
                .putInt(id.length)
                .put(id)
                .array();
    }

    private byte[] seal(ByteBuffer body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(body.duplicate());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file(Output output) {
        var ledger = folders.of(output.project()).resolve("ledger");
        var file = ledger.resolve(output.id()).normalize();
        if (!ledger.equals(file.getParent())) {
            throw new IllegalArgumentException("not the id of an output");
        }
        return file;
    }

    private static void write(Path file, ByteBuffer bytes) throws IOException {
        var folder = file.resolveSibling("");
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var part = Files.createTempFile(
                folder,
                ".new-",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        for (var above : List.of(folder, folder.resolveSibling(""))) {
            try (var channel = FileChannel.open(above)) {
                channel.force(true);
            }
        }
    }

    private static byte[] key(Path file) {
        try {
            if (Files.notExists(file)) {
                var secret = new byte[SEAL];
                new SecureRandom().nextBytes(secret);
                write(
                        file,
                        ByteBuffer.wrap((HexFormat.of().formatHex(secret) + "\n").getBytes(StandardCharsets.US_ASCII)));
            }
            var key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length != SEAL) {
                throw new IllegalStateException("the key of the ledger does not have 256 bits");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("the key of the ledger cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("the key of the ledger is not hexadecimal", e);
        }
    }
}
