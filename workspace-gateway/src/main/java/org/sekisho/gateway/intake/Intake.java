package org.sekisho.gateway.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sekisho.gateway.intake.Taking.NotTaken;
import org.sekisho.gateway.intake.Taking.Taken;
import org.sekisho.gateway.intake.Taking.Why;

/** Copies files that visitors made. The copy, never the original, is what is judged and may leave. */
public final class Intake {
    private static final int MOST_ENTRIES = 2_000;
    private static final int DEEPEST = 8;
    private static final int CHUNK = 1 << 16;

    private final int mostFiles;
    private final long mostBytes;

    /** @param mostBytes of all files together */
    public Intake(int mostFiles, long mostBytes) {
        this.mostFiles = mostFiles;
        this.mostBytes = mostBytes;
    }

    /**
     * Copies files into one flat directory; on {@link NotTaken} it may hold some of them, for the caller to remove.
     *
     * @param home that the visitor controls
     * @param below name of the directory in it that files are taken from
     * @param paths relative to the home
     */
    public Taking take(Path home, String below, List<String> paths, Path target) {
        if (paths.isEmpty()) {
            return new NotTaken(Why.NONE, "");
        }
        if (paths.size() > mostFiles) {
            return new NotTaken(Why.TOO_MANY, "");
        }
        var copied = new Copied(target);
        for (var path : paths) {
            var obstacle = take(home, below, path, copied);
            if (obstacle.isPresent()) {
                return new NotTaken(obstacle.get(), FileName.visible(path));
            }
        }
        return new Taken(List.copyOf(copied.files));
    }

    /**
     * The paths of everything in that directory that is not hidden, relative to the home, in the order of their names;
     * what is not a regular file is listed too, so that {@link #take} refuses it by name. Absent when there is too much.
     */
    public Optional<List<String>> list(Path home, String below) {
        try (var top = Descriptor.of(home).orElseThrow(() -> new IOException("the home is gone"))) {
            var found = new ArrayList<String>();
            try (var directory = top.child(below).orElse(null)) {
                if (directory != null && directory.isDirectory() && !list(directory, below, 0, found)) {
                    return Optional.empty();
                }
            }
            found.sort(null);
            return Optional.of(found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean list(Descriptor directory, String path, int depth, List<String> found) throws IOException {
        for (var name : names(directory)) {
            try (var child = directory.child(name).orElse(null)) {
                var here = path + "/" + name;
                if (child != null && child.isDirectory()) {
                    if (depth == DEEPEST || !list(child, here, depth + 1, found)) {
                        return false;
                    }
                } else {
                    found.add(here);
                }
            }
            if (found.size() > MOST_ENTRIES) {
                return false;
            }
        }
        return true;
    }

    private static List<String> names(Descriptor directory) throws IOException {
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(directory.path())) {
            for (var entry : entries) {
                var name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) {
                    names.add(name);
                }
                if (names.size() > MOST_ENTRIES) {
                    break;
                }
            }
        }
        return names;
    }

    /** What was copied so far. */
    private static final class Copied {
        private final Path target;
        private final List<TakenFile> files = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private long bytes;

        private Copied(Path target) {
            this.target = target;
        }
    }

    private Optional<Why> take(Path home, String below, String path, Copied copied) {
        var steps = List.of(path.split("/", -1));
        if (steps.size() < 2 || steps.size() > DEEPEST + 2 || !steps.getFirst().equals(below)) {
            return Optional.of(Why.OUTSIDE);
        }
        var name = FileName.parse(steps.getLast());
        if (name.isEmpty()) {
            return Optional.of(Why.NAME);
        }
        // Two names that some system takes for one are one.
        if (!copied.names.add(name.get().toLowerCase(Locale.ROOT))) {
            return Optional.of(Why.SAME_NAME);
        }
        try (var top = Descriptor.of(home).orElseThrow(() -> new IOException("the home is gone"))) {
            return descend(top, steps, name.get(), copied);
        } catch (IOException e) {
            throw new UncheckedIOException("a file of a visitor cannot be copied", e);
        }
    }

    private Optional<Why> descend(Descriptor directory, List<String> steps, String name, Copied copied)
            throws IOException {
        try (var next = directory.child(steps.getFirst()).orElse(null)) {
            if (next == null) {
                return Optional.of(Why.ABSENT);
            }
            if (steps.size() == 1) {
                return copy(next, name, copied);
            }
            return next.isDirectory()
                    ? descend(next, steps.subList(1, steps.size()), name, copied)
                    : Optional.of(Why.NOT_A_FILE);
        }
    }

    private Optional<Why> copy(Descriptor file, String name, Copied copied) throws IOException {
        if (!file.isFile()) {
            return Optional.of(Why.NOT_A_FILE);
        }
        if (file.names() != 1) {
            return Optional.of(Why.SEVERAL_NAMES);
        }
        try (var held = file.reading().orElse(null)) {
            return held == null ? Optional.of(Why.LEASED) : copyHeld(held, name, copied);
        }
    }

    private Optional<Why> copyHeld(Descriptor file, String name, Copied copied) throws IOException {
        var hash = sha256();
        long bytes = 0;
        var target = copied.target.resolve(name);
        try (var in = FileChannel.open(file.path(), StandardOpenOption.READ);
                var out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var buffer = ByteBuffer.allocate(CHUNK);
            while (in.read(buffer) >= 0) {
                buffer.flip();
                bytes += buffer.remaining();
                if (copied.bytes + bytes > mostBytes) {
                    return Optional.of(Why.TOO_LARGE);
                }
                hash.update(buffer.duplicate());
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
                buffer.clear();
            }
            out.force(true);
        }
        copied.bytes += bytes;
        copied.files.add(new TakenFile(name, bytes, HexFormat.of().formatHex(hash.digest())));
        return Optional.empty();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
