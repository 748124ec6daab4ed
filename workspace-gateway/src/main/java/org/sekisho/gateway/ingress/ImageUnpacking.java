package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sekisho.gateway.ingress.ImageListing.Bytes;

/**
 * Writes the files of an image by their list. All folders first, then the bytes, symbolic links last: while anything is
 * written there is no link that it could be written through. Everything belongs to this process's user, can be read by
 * all and written by nobody else, and is nothing but folders, files and links.
 */
final class ImageUnpacking {
    private static final Set<PosixFilePermission> PLAIN = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

    private final Path root;
    private final List<ImageListing.Line> lines;
    private final byte[] buffer = new byte[1 << 16];

    private ImageUnpacking(Path root, List<ImageListing.Line> lines) {
        this.root = root;
        this.lines = lines;
    }

    /**
     * The root file system, all of it.
     *
     * @param root must not exist
     * @throws ImageListing.Changed when a file is not the one of the list
     */
    static void unpack(Path content, List<ImageListing.Line> lines, Bounds bounds, Path root) throws IOException {
        var unpacking = new ImageUnpacking(root, lines);
        unpacking.folders();
        try (var archive = OciArchive.open(content)) {
            unpacking.files(archive, bounds);
        }
        unpacking.links();
        unpacking.dates();
    }

    /** The bytes of some files alone, under the numbers of their lines: for a scanner, which needs no names. */
    static void bytesOf(Path content, List<ImageListing.Line> lines, int fromLayer, Bounds bounds, Path folder)
            throws IOException {
        Files.createDirectory(folder);
        var wanted = new HashMap<Integer, Map<Integer, Path>>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof Bytes file && file.layer() >= fromLayer) {
                wanted.computeIfAbsent(file.layer(), layer -> new HashMap<>())
                        .put(file.entry(), folder.resolve(Integer.toString(i)));
            }
        }
        try (var archive = OciArchive.open(content)) {
            var layers = OciImage.of(archive).layers();
            for (var each : wanted.entrySet()) {
                read(archive, layers.get(each.getKey()), bounds, (index, bytes) -> {
                    var place = each.getValue().get(index);
                    if (place != null) {
                        Files.copy(bytes, place);
                    }
                });
            }
        }
    }

    /** Reads one entry of a layer. */
    @FunctionalInterface
    private interface EntryReader {
        void read(int index, InputStream bytes) throws IOException;
    }

    private static void read(OciArchive archive, OciImage.Layer layer, Bounds bounds, EntryReader reader)
            throws IOException {
        archive.read(layer, bounds, tar -> {
            int index = 0;
            for (var entry = tar.next(); entry != null; entry = tar.next()) {
                bounds.entry();
                reader.read(index++, tar.bytes());
            }
        });
    }

    private void folders() throws IOException {
        Files.createDirectory(root);
        Files.setPosixFilePermissions(root, OPEN);
        for (var line : lines) {
            if (line instanceof ImageListing.Folder folder) {
                var place = place(folder.path());
                Files.createDirectory(place);
                Files.setPosixFilePermissions(place, OPEN);
            }
        }
    }

    private void files(OciArchive archive, Bounds bounds) throws IOException {
        var layers = OciImage.of(archive).layers();
        for (int i = 0; i < layers.size(); i++) {
            var wanted = of(i);
            if (!wanted.isEmpty()) {
                read(archive, layers.get(i), bounds, (index, bytes) -> {
                    var file = wanted.remove(index);
                    if (file != null) {
                        write(file, bytes);
                    }
                });
                if (!wanted.isEmpty()) {
                    throw changed(wanted.values().iterator().next().path());
                }
            }
        }
    }

    private Map<Integer, Bytes> of(int layer) {
        var wanted = new HashMap<Integer, Bytes>();
        for (var line : lines) {
            if (line instanceof Bytes file && file.layer() == layer) {
                wanted.put(file.entry(), file);
            }
        }
        return wanted;
    }

    private void write(Bytes file, InputStream bytes) throws IOException {
        var digest = Quarantine.sha256();
        var place = place(file.path());
        try (var out = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int got = bytes.read(buffer); got > 0; got = bytes.read(buffer)) {
                digest.update(buffer, 0, got);
                out.write(buffer, 0, got);
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(file.sha256())) {
            throw changed(file.path());
        }
        Files.setPosixFilePermissions(place, file.executable() ? OPEN : PLAIN);
        Files.setLastModifiedTime(place, time(file.seconds()));
    }

    private void links() throws IOException {
        for (var line : lines) {
            if (line instanceof ImageListing.Again(var path, var first)) {
                Files.createLink(place(path), place(first));
            }
        }
        for (var line : lines) {
            if (line instanceof ImageListing.Link(var path, var target)) {
                Files.createSymbolicLink(place(path), Path.of(target));
            }
        }
    }

    /** Of folders, the deepest first: whatever is made in one changes its date. */
    private void dates() throws IOException {
        for (var line : lines.reversed()) {
            if (line instanceof ImageListing.Folder(var path, var seconds)) {
                Files.setLastModifiedTime(place(path), time(seconds));
            }
        }
    }

    private Path place(String path) {
        return root.resolve(path);
    }

    static FileTime time(long seconds) {
        return FileTime.from(seconds, java.util.concurrent.TimeUnit.SECONDS);
    }

    private static ImageListing.Changed changed(String path) {
        return new ImageListing.Changed("a file of an image, " + Names.visible(path) + ",");
    }
}
