package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.gateway.ingress.ImageListing.Again;
import org.sekisho.gateway.ingress.ImageListing.Bytes;
import org.sekisho.gateway.ingress.ImageListing.Folder;
import org.sekisho.gateway.ingress.ImageListing.Line;
import org.sekisho.gateway.ingress.ImageListing.Link;

/**
 * The roots of delivered images, {@code HOME/images/<digest>/root} with the list of their files beside it. One root for
 * each manifest, whoever brought it; it is there whole or not at all, and nothing writes to it. Nobody but the gateway's
 * user reaches what lies below {@code HOME/images}.
 */
final class ImageRoots {
    private static final String ROOT = "root";
    private static final String FILES = "files";
    private static final String UNFINISHED = ".new-";
    private static final int MOST_NAMED = 20;

    private final Path place;

    ImageRoots(Path home) {
        place = home.toAbsolutePath().normalize().resolve("images");
        try {
            Modes.set(Files.createDirectories(place), "rwx------");
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of images cannot be made", e);
        }
    }

    Path root(ImageReport image) {
        return of(image).resolve(ROOT);
    }

    private Path of(ImageReport image) {
        return place.resolve(image.digest().replaceFirst("^sha256:", ""));
    }

    long spareBytes() throws IOException {
        return Files.getFileStore(place).getUsableSpace();
    }

    /**
     * Unpacks an image, unless it is there as it was accepted.
     *
     * @param id of the input
     * @param listing the list that was accepted with it
     */
    void put(String id, ImageReport image, Path content, Path listing, Bounds bounds) throws IOException {
        var lines = ImageListing.read(listing, image.files());
        if (Files.isDirectory(of(image)) && look(image).isEmpty()) {
            return;
        }
        var beside = place.resolve(UNFINISHED + id);
        Modes.delete(beside);
        try {
            Modes.set(Files.createDirectory(beside), "rwx------");
            ImageUnpacking.unpack(content, lines, bounds, beside.resolve(ROOT));
            Files.copy(listing, beside.resolve(FILES));
            flush(beside);
            Modes.delete(of(image));
            Files.move(beside, of(image), StandardCopyOption.ATOMIC_MOVE);
            try (var folder = FileChannel.open(place, StandardOpenOption.READ)) {
                folder.force(true);
            }
        } finally {
            Modes.delete(beside);
        }
    }

    /** One call for the file system: a sync of each of very many files takes minutes. */
    private static void flush(Path below) throws IOException {
        try {
            var sync = new ProcessBuilder("sync", "--file-system", below.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!sync.waitFor(10, TimeUnit.MINUTES) || sync.exitValue() != 0) {
                sync.destroyForcibly();
                throw new IOException("the files of an image are not durable");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Compares kinds, sizes and times of all files with the list: what differs, 20 names at most. Takes milliseconds. */
    List<String> look(ImageReport image) {
        return compare(image, false);
    }

    /** As {@link #look}, and every byte by its SHA-256. */
    List<String> verify(ImageReport image) {
        return compare(image, true);
    }

    private List<String> compare(ImageReport image, boolean whole) {
        try {
            var wanted = new HashMap<Path, Line>();
            var firsts = new HashMap<String, Bytes>();
            for (var line : ImageListing.read(of(image).resolve(FILES), image.files())) {
                wanted.put(root(image).resolve(line.path()), line);
                if (line instanceof Bytes file) {
                    firsts.put(file.path(), file);
                }
            }
            var look = new Comparison(root(image), wanted, firsts, whole);
            Files.walkFileTree(root(image), look);
            return look.differences();
        } catch (ImageListing.Changed | NoSuchFileException gone) {
            return List.of(FILES);
        } catch (IOException e) {
            throw new UncheckedIOException("the files of an image cannot be read", e);
        }
    }

    private static final class Comparison extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Map<Path, Line> wanted;
        private final Map<String, Bytes> firsts;
        private final boolean whole;
        private final List<String> differ = new ArrayList<>();

        Comparison(Path root, Map<Path, Line> wanted, Map<String, Bytes> firsts, boolean whole) {
            this.root = root;
            this.wanted = wanted;
            this.firsts = firsts;
            this.whole = whole;
        }

        /** Where something is else than listed; then what is missing. */
        List<String> differences() {
            wanted.keySet().stream().sorted().limit(MOST_NAMED).forEach(this::differs);
            return List.copyOf(differ);
        }

        private void differs(Path path) {
            if (differ.size() < MOST_NAMED) {
                differ.add(Names.visible(root.relativize(path).toString()));
            }
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes found) {
            if (!folder.equals(root) && !(wanted.remove(folder) instanceof Folder)) {
                differs(folder);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes found) throws IOException {
            var same = switch (wanted.remove(file)) {
                case null -> false;
                case Folder folder -> false;
                case Link(var path, var target) ->
                    found.isSymbolicLink() && Files.readSymbolicLink(file).equals(Path.of(target));
                case Bytes bytes -> isSame(file, bytes, found);
                case Again(var path, var first) -> isSame(file, firsts.get(first), found);
            };
            if (!same) {
                differs(file);
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean isSame(Path file, @Nullable Bytes listed, BasicFileAttributes found) throws IOException {
            return listed != null
                    && found.isRegularFile()
                    && found.size() == listed.size()
                    && found.lastModifiedTime().to(TimeUnit.SECONDS) == listed.seconds()
                    && (!whole || Quarantine.sha256(file).equals(listed.sha256()));
        }
    }

    /** Removes what a kill left half unpacked, and every root that none of these images has. */
    void sweep(Set<String> digests) {
        try (var all = Files.list(place)) {
            for (var each : all.toList()) {
                if (!digests.contains("sha256:" + each.getFileName())) {
                    Modes.delete(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of images cannot be swept", e);
        }
    }
}
