package org.sekisho.gateway.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.LogVerifier;
import org.sekisho.gateway.backup.Manifest.Kind;
import org.sekisho.gateway.backup.Manifest.Piece;

/**
 * Puts a backup into a home that is empty or not there yet: whole, with every hash and the log verified, or not at all.
 * It is made beside its place, {@code HOME.restoring}, and then moved there; what has that name already is somebody's.
 */
final class Restore {
    /** Tells the gateway that starts here where its state comes from. */
    static final String MARK = "restored";

    private static final int MOST_NAMED = 20;

    private final Path from;
    private final Path home;
    private final @Nullable VerifierKeys known;

    /** @param known keys of the log from elsewhere; null to believe those of the backup itself */
    Restore(Path from, Path home, @Nullable VerifierKeys known) {
        this.from = from;
        this.home = home;
        this.known = known;
    }

    record Restored(String backup, String made, long files, long bytes, long logSize, String logRoot) {}

    /** What keeps a backup from being restored. */
    static final class Damaged extends RuntimeException {
        private static final long serialVersionUID = 1;

        Damaged(String what) {
            super(what);
        }
    }

    /**
     * @throws IllegalArgumentException for a home that has something in it, or has something of that name beside it
     * @throws Damaged naming each file that is missing or not what was sealed
     */
    Restored run() {
        try {
            mustBeEmpty();
            var manifest = manifest();
            var beside = make(home.resolveSibling(home.getFileName() + ".restoring"));
            try {
                fill(beside, manifest);
                verifyLog(beside, manifest.head());
                var mark = beside.resolve(MARK);
                Files.deleteIfExists(mark); // of a home that was restored and never started, or a link
                Files.writeString(mark, manifest.head().id() + "\n", StandardOpenOption.CREATE_NEW);
                sync(beside);
                Files.move(beside, home, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Modes.delete(beside);
            }
            sync(home.resolveSibling(""));
            var head = manifest.head();
            return new Restored(
                    head.id(),
                    head.made().toString(),
                    manifest.files(),
                    manifest.bytes(),
                    head.logSize(),
                    head.logRoot());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void mustBeEmpty() throws IOException {
        if (Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            try (var there = Files.list(home)) {
                if (there.findAny().isPresent()) {
                    throw new IllegalArgumentException(home + " is not empty: nothing is restored over it");
                }
            }
        }
    }

    private static Path make(Path beside) throws IOException {
        var mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(beside.resolveSibling(""), mine);
        try {
            return Files.createDirectory(beside, mine);
        } catch (FileAlreadyExistsException there) {
            throw new IllegalArgumentException(
                    beside + " is there already: a restore that was killed leaves it; look into it and take it away",
                    there);
        }
    }

    private Manifest manifest() throws IOException {
        for (var needed : List.of(Backup.MANIFEST, Backup.SEAL)) {
            if (!Files.isRegularFile(from.resolve(needed))) {
                throw new Damaged(needed + " is missing: the backup was not finished, or is not one");
            }
        }
        var text = Files.readAllBytes(from.resolve(Backup.MANIFEST));
        try {
            Seal.check(Files.readString(from.resolve(Backup.SEAL)), text, keys());
            return Manifest.parse(text);
        } catch (IllegalArgumentException unsealed) {
            throw new Damaged(String.valueOf(unsealed.getMessage()));
        }
    }

    private VerifierKeys keys() throws IOException {
        var own = from.resolve(Backup.FILES).resolve("log/key.pub");
        if (known != null) {
            return known;
        }
        if (!Files.isRegularFile(own)) {
            throw new Damaged("log/key.pub is missing");
        }
        return VerifierKeys.parse(Files.readString(own));
    }

    private void fill(Path beside, Manifest manifest) throws IOException {
        var wrong = new ArrayList<String>();
        var files = from.resolve(Backup.FILES);
        for (var piece : manifest.pieces()) {
            switch (piece.kind()) {
                case FOLDER -> Files.createDirectory(piece.below(beside));
                case LINK -> {} // when everything else is there
                case FILE -> put(piece, piece.below(files), piece.below(beside), wrong);
            }
        }
        if (!wrong.isEmpty()) {
            var more = wrong.size() > MOST_NAMED ? " and " + (wrong.size() - MOST_NAMED) + " more" : "";
            throw new Damaged(String.join("; ", wrong.subList(0, Math.min(MOST_NAMED, wrong.size()))) + more);
        }
        for (var piece : manifest.pieces()) {
            if (piece.kind() == Kind.LINK) {
                Files.createSymbolicLink(piece.below(beside), Path.of(Objects.requireNonNull(piece.to())));
            }
        }
        // Folders last and from within, as what is put into them changes their times and may need their modes.
        for (var piece : manifest.pieces().reversed()) {
            dress(piece, piece.below(beside));
        }
    }

    private static void put(Piece piece, Path source, Path target, List<String> wrong) throws IOException {
        if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            wrong.add(piece.path() + " is missing");
            return;
        }
        var copied = Copied.of(source, target);
        if (!copied.sha256().equals(piece.sha256()) || !Objects.equals(copied.bytes(), piece.bytes())) {
            wrong.add(piece.path() + " is damaged");
        }
    }

    /** Owners can be given by root alone; whoever else restores owns everything. */
    private static void dress(Piece piece, Path place) throws IOException {
        if (Modes.root()) {
            Files.setAttribute(place, "unix:uid", piece.user(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(place, "unix:gid", piece.group(), LinkOption.NOFOLLOW_LINKS);
        }
        if (piece.kind() == Kind.LINK) {
            return;
        }
        Files.setAttribute(place, "unix:mode", Integer.parseInt(piece.mode(), 8));
        if (piece.modified() != null) {
            Files.setLastModifiedTime(place, FileTime.from(piece.modified()));
        } else {
            sync(place);
        }
    }

    private static void verifyLog(Path beside, Manifest.Head head) throws IOException {
        var log = beside.resolve("log");
        var keys = VerifierKeys.parse(Files.readString(log.resolve("key.pub")));
        switch (new LogVerifier(log, keys).verify()) {
            case LogVerifier.Broken broken -> throw new Damaged(broken.said());
            case LogVerifier.Holds holds -> {
                if (holds.size() != head.logSize()) {
                    throw new Damaged("the log has not the size that the manifest says");
                }
            }
        }
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
