package org.sekisho.gateway.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.backup.Manifest.Kind;
import org.sekisho.gateway.backup.Manifest.Piece;
import org.sekisho.gateway.backup.ProjectParts.Part;
import org.sekisho.gateway.store.Ids;
import org.sekisho.gateway.store.Picture;
import org.sekisho.gateway.store.Store;

/**
 * Makes a backup while the gateway works. No write reaches the store for the moment in which the log signs a checkpoint,
 * a picture of the store is taken and every file gets a second name; so the log has an entry before every act of the
 * store, and no outcome of an act that the store has not. Then everything is copied in peace. Homes are copied one by one
 * after that, each as it is at a moment of its own. What lies as ciphertext is copied as ciphertext, with the wrapped keys.
 */
final class Backup {
    static final String FILES = "files";
    static final String MANIFEST = "manifest";
    static final String SEAL = "seal";

    private static final String STORE = "sekisho.db";
    /** Sockets, mounts and programs of a running gateway; what the log makes anew from its entries. */
    private static final List<String> LEFT_OUT = List.of("run", "lib", "log/index", "log/tiles", "log/lock");
    /** Too large: copied from where they are. */
    private static final String IMAGES = "images";
    /** In the folder of each project, for the time of one request. */
    private static final String SCRATCH = "scratch";
    /** Copied by what they mean. */
    private static final List<String> ALONE = List.of(STORE, STORE + "-wal", STORE + "-shm", "log");

    private final Path home;
    private final Layout layout;
    private final Store store;
    private final AuditLog log;
    private final Clock clock;
    private final ProjectParts projects;

    Backup(Path home, Store store, AuditLog log, Clock clock) {
        this.home = home.toAbsolutePath().normalize();
        this.layout = new Layout(this.home.resolve("log"));
        this.store = store;
        this.log = log;
        this.clock = clock;
        this.projects = new ProjectParts(this.home);
    }

    /** @param pausedMillis how long writes of the store waited */
    record Made(String backup, String to, long files, long bytes, long logSize, String logRoot, long pausedMillis) {}

    private record Moment(Entry intent, LogAt log, Picture picture, List<Part> homes, long pausedMillis) {}

    /**
     * @param to a folder that is not there yet or is empty, outside the home
     * @param by who asked, as the operating system calls them
     * @throws IllegalArgumentException for another folder, or when a part of the home lies elsewhere
     */
    Made into(Path to, String by) {
        var id = Ids.fresh("b");
        try {
            mustLieHere();
            var files = emptied(to).resolve(FILES);
            try (var stage = Stage.in(home)) {
                var moment = store.write(handle -> freeze(stage, id, by));
                try (var picture = moment.picture()) {
                    var manifest = copy(id, stage, moment, picture, files);
                    return sealed(manifest, to, moment);
                } catch (IOException | RuntimeException failed) {
                    log.outcome(moment.intent(), Result.FAILED, Map.of());
                    throw failed;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the backup cannot be made: " + e.getMessage(), e);
        }
    }

    /** Behind a link a whole part of the home would be left out, and nobody would know before it is needed. */
    private void mustLieHere() throws IOException {
        var left = places(LEFT_OUT.stream());
        try (var parts = Files.list(home)) {
            parts.filter(part -> Files.isSymbolicLink(part) && !left.contains(part))
                    .findFirst()
                    .ifPresent(part -> {
                        throw new IllegalArgumentException(
                                part + " is a link: mount there what it leads to, as a backup follows none");
                    });
        }
    }

    private Path emptied(Path to) throws IOException {
        var folder = withoutLinks(to.toAbsolutePath().normalize());
        var real = withoutLinks(home);
        if (folder.startsWith(real) || real.startsWith(folder)) {
            throw new IllegalArgumentException("a backup lies outside the home, and the home outside it");
        }
        var mine = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(mine));
        try (var there = Files.list(folder)) {
            if (there.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " is not empty: give another folder");
            }
        }
        Files.setPosixFilePermissions(folder, mine);
        Files.createDirectory(folder.resolve(FILES), PosixFilePermissions.asFileAttribute(mine));
        return folder;
    }

    /** As far as it is there; the rest as it was named. */
    private static Path withoutLinks(Path place) throws IOException {
        var above = place.getParent();
        if (above == null || Files.exists(place)) {
            return place.toRealPath();
        }
        return withoutLinks(above).resolve(above.relativize(place));
    }

    /**
     * The order counts: persons of the log are counted before their keys are taken, its checkpoint before entries.
     * Segments that are full get second names before that, for a checkpoint that covers their entries may be the last
     * before one that says that they are dropped. What still grows gets none before: on a disk of its own it would be
     * copied too short.
     */
    private Moment freeze(Stage stage, String id, String by) {
        long begun = System.nanoTime();
        try {
            stage.link(layout.witnessed(), Set.of());
            linkFull(stage);
            var homes = projects.named(Homes.NAME);
            var later = places(Stream.of(LEFT_OUT, projects.leftOut(), List.of(IMAGES), ALONE)
                    .flatMap(List::stream));
            Stream.of(homes, projects.named(SCRATCH)).flatMap(List::stream).forEach(part -> later.add(part.place()));
            stage.link(home, later);
            var intent = log.intent(Act.of(Act.GATEWAY, "backup.create").on(id).with("by", by));
            try {
                var _ = log.proof(intent.index()); // signs
                var at = LogAt.newest(layout);
                stage.link(layout.directory(), places(LEFT_OUT.stream()));
                stage.link(home.resolve("keys"), Set.of());
                projects.leaveOutUnborn(stage.root());
                return new Moment(intent, at, store.picture(), homes, (System.nanoTime() - begun) / 1_000_000);
            } catch (IOException | RuntimeException failed) {
                log.outcome(intent, Result.FAILED, Map.of());
                throw failed;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the home cannot be held still", e);
        }
    }

    private void linkFull(Stage stage) throws IOException {
        var segments = layout.segments();
        for (int i = 0; i < segments.size() - 1; i++) {
            stage.link(layout.segment(segments.get(i)), Set.of());
        }
    }

    private Set<Path> places(Stream<String> names) {
        return names.map(home::resolve).collect(Collectors.toCollection(HashSet::new));
    }

    private Manifest copy(String id, Stage stage, Moment moment, Picture picture, Path files) throws IOException {
        var pieces = new ArrayList<Piece>();
        picture.copyTo(files.resolve(STORE));
        sync(files.resolve(STORE));
        pieces.add(Piece.of(home.resolve(STORE), STORE, Kind.FILE).with(Copied.asIs(files.resolve(STORE))));
        copyTree(stage.root(), stage.root(), moment.log(), files, pieces);
        for (var part : moment.homes()) {
            if (Files.exists(part.place())) {
                copyHomes(projects.homes(part), moment.log(), files, pieces);
            }
        }
        if (Files.exists(home.resolve(IMAGES))) {
            copyTree(home.resolve(IMAGES), home, moment.log(), files, pieces);
        }
        var root = moment.log().checkpoint();
        return new Manifest(new Manifest.Head(Manifest.FORMAT, id, clock.instant(), root.size(), root.root()), pieces);
    }

    private void copyHomes(Homes homes, LogAt at, Path files, List<Piece> pieces) throws IOException {
        walk(homes.folder(), home, homes::leavesOut, (place, attributes, path) -> {
            var mounted = homes.files().get(place);
            var disk = mounted != null && attributes.isRegularFile();
            copyOne(place, attributes, path, at, files.resolve(path), pieces, disk ? mounted : null);
        });
    }

    private void copyTree(Path from, Path root, LogAt at, Path files, List<Piece> pieces) throws IOException {
        walk(
                from,
                root,
                this::isImageInTheMaking,
                (place, attributes, path) -> copyOne(place, attributes, path, at, files.resolve(path), pieces, null));
    }

    private boolean isImageInTheMaking(Path place) {
        return home.resolve(IMAGES).equals(place.getParent())
                && String.valueOf(place.getFileName()).startsWith(".new-");
    }

    private interface Step {
        void take(Path place, BasicFileAttributes attributes, String path) throws IOException;
    }

    /** What vanishes while it is looked at was not there. */
    private static void walk(Path from, Path root, Predicate<Path> leftOut, Step step) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path place, BasicFileAttributes attributes) throws IOException {
                if (leftOut.test(place)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                var path = root.relativize(place).toString();
                if (!path.isEmpty()) {
                    step.take(place, attributes, path);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path place, IOException failure) throws IOException {
                return unlessGone(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : unlessGone(failure);
            }
        });
    }

    private static FileVisitResult unlessGone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    private void copyOne(
            Path place,
            BasicFileAttributes attributes,
            String path,
            LogAt at,
            Path target,
            List<Piece> pieces,
            @Nullable Path disk)
            throws IOException {
        if (attributes.isDirectory()) {
            Files.createDirectories(target);
            pieces.add(Piece.of(place, path, Kind.FOLDER));
        } else if (attributes.isSymbolicLink()) {
            pieces.add(Piece.of(place, path, Kind.LINK).to(target(place, path)));
        } else if (attributes.isRegularFile()) {
            var most = path.startsWith("log/") ? at.bytes(new Layout(place.resolveSibling("")), place) : Long.MAX_VALUE;
            if (most > 0) {
                copyFile(place, path, most, target, pieces, disk);
            }
        }
    }

    /** What visitors and images link to is theirs; what we link to would be missing from a backup. */
    private Path target(Path link, String path) throws IOException {
        var target = Files.readSymbolicLink(link);
        var ours = !path.matches("(images|projects/[^/]+/homes)/[^/]+/.*");
        if (ours && !home.resolve(path).resolveSibling(target).normalize().startsWith(home)) {
            throw new IOException(path + " is a link out of the home, and what it leads to would be missing");
        }
        return target;
    }

    private static void copyFile(
            Path place, String path, long most, Path target, List<Piece> pieces, @Nullable Path disk)
            throws IOException {
        try {
            var piece = Piece.of(place, path, Kind.FILE);
            pieces.add(piece.with(copied(place, path, most, target, disk)));
        } catch (NoSuchFileException gone) {
            Files.deleteIfExists(target);
        }
    }

    private static Copied copied(Path place, String path, long most, Path target, @Nullable Path disk)
            throws IOException {
        try {
            return disk == null ? Copied.of(place, target, most) : DiskFiles.copy(disk, place, target);
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (IOException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    /** The seal is written last: without it a backup is not finished. */
    private Made sealed(Manifest manifest, Path to, Moment moment) throws IOException {
        var text = manifest.text();
        write(to.resolve(MANIFEST), text);
        var seal = Seal.over(text, home.resolve("keys/log.key"), clock.instant());
        write(to.resolve(SEAL), seal.getBytes(StandardCharsets.UTF_8));
        var head = manifest.head();
        var detail = Map.of(
                "files",
                Long.toString(manifest.files()),
                "bytes",
                Long.toString(manifest.bytes()),
                "manifest",
                Hashes.hex(Hashes.sha256().digest(text)));
        log.outcome(moment.intent(), Result.DONE, detail);
        return new Made(
                head.id(),
                to.toString(),
                manifest.files(),
                manifest.bytes(),
                head.logSize(),
                head.logRoot(),
                moment.pausedMillis());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        sync(file);
        sync(file.toAbsolutePath().resolveSibling(""));
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
