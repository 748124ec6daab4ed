package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sekisho.gateway.airlock.Hashes;

/**
 * Puts an accepted input into its place. Everything is unpacked beside the place and compared with what the steward
 * accepted before the first file moves; a move that a kill interrupted is finished by doing all of it again.
 */
final class Delivery {
    private final DeliveredFolders folders;
    private final Quarantine quarantine;
    private final SourceBuild sources;

    Delivery(DeliveredFolders folders, Quarantine quarantine, SourceBuild sources) {
        this.folders = folders;
        this.quarantine = quarantine;
        this.sources = sources;
    }

    sealed interface Result {
        /** @param manifest SHA-256 over the lines {@code sha256  path} of every file, sorted by path */
        record Delivered(int files, String manifest) implements Result {}

        /**
         * @param ending {@code bytes-changed}; {@code taken} when another input has put such a file there;
         *     {@code install} when a source package did not install, or into something else than it is
         */
        record Refused(String ending) implements Result {}
    }

    Result deliver(Input input) throws IOException {
        var content = quarantine.content(input);
        if (!Quarantine.sha256(content).equals(input.sha256())) {
            return new Result.Refused("bytes-changed");
        }
        if (input.kind() == InputKind.R_PACKAGE && RPackage.isSource(content)) {
            var installed = install(input, content);
            return installed.isPresent() ? put(input, installed.get()) : new Result.Refused("install");
        }
        return put(input, content);
    }

    /** What a stranger's code made is looked through like what a stranger brings. */
    private Optional<Path> install(Input input, Path content) throws IOException {
        var source = content.resolveSibling("source.tar.gz");
        var made = content.resolveSibling("made.tar.gz");
        Files.copy(content, source, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rw-r--r--"));
        Files.deleteIfExists(made);
        if (!sources.build(input.id(), source, folders.r(input.project()), made)) {
            return Optional.empty();
        }
        var named = Optional.ofNullable(input.report()).map(Report::software).orElse("");
        var permitted = List.of(named.replaceFirst(" ", "=="));
        var findings = Inspection.inspect(made, input.name(), input.kind(), permitted, false);
        return findings.refuses() ? Optional.empty() : Optional.of(made);
    }

    private Result put(Input input, Path content) throws IOException {
        var place = folders.place(input.project(), input.kind());
        var beside = folders.of(input.project()).resolve(".new-" + input.id());
        remove(beside);
        try {
            DeliveredFolders.make(beside);
            unpack(input, content, beside);
            var hashes = hashes(beside);
            if (taken(place, hashes)) {
                return new Result.Refused("taken");
            }
            move(beside, place, hashes);
            return new Result.Delivered(hashes.size(), manifest(hashes));
        } finally {
            remove(beside);
        }
    }

    private static void unpack(Input input, Path content, Path beside) throws IOException {
        var bounds = new Bounds(Files.size(content));
        switch (input.kind()) {
            case FILE -> {
                try (var bytes = Files.newInputStream(content, LinkOption.NOFOLLOW_LINKS)) {
                    write(beside, input.name(), bytes);
                }
            }
            case PYTHON_WHEEL ->
                Archives.zip(content, bounds, (path, bytes) -> {
                    var inside = Wheel.place(path);
                    if (inside.isPresent()) {
                        write(beside, inside.get(), bytes);
                    }
                });
            case R_PACKAGE -> Archives.tarGz(content, bounds, (path, bytes) -> write(beside, path, bytes));
            case CONTAINER_IMAGE -> throw new IllegalArgumentException("an image goes to no folder of a project");
        }
    }

    private static void write(Path below, String path, InputStream bytes) throws IOException {
        var file = below.resolve(path).normalize();
        if (!file.startsWith(below) || file.equals(below)) {
            throw new Unsound("外を指す名前です", "a name points outside");
        }
        folder(below, Optional.ofNullable(file.getParent()).orElse(below));
        Files.copy(bytes, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (var written = FileChannel.open(file, StandardOpenOption.READ)) {
            written.force(true);
        }
    }

    private static void folder(Path below, Path folder) {
        var at = below;
        for (var part : below.relativize(folder)) {
            if (!part.toString().isEmpty()) {
                at = DeliveredFolders.make(at.resolve(part));
            }
        }
    }

    private static Map<String, String> hashes(Path folder) throws IOException {
        var hashes = new TreeMap<String, String>();
        try (var below = Files.walk(folder)) {
            for (var file : below.filter(Files::isRegularFile).toList()) {
                hashes.put(folder.relativize(file).toString(), Quarantine.sha256(file));
            }
        }
        return hashes;
    }

    /** Whether something else stands where a file has to go. The same bytes are not something else. */
    private static boolean taken(Path place, Map<String, String> hashes) throws IOException {
        for (var each : hashes.entrySet()) {
            var there = place.resolve(each.getKey());
            if (Files.exists(there, LinkOption.NOFOLLOW_LINKS)
                    && !(Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
                            && Quarantine.sha256(there).equals(each.getValue()))) {
                return true;
            }
        }
        return false;
    }

    private static void move(Path beside, Path place, Map<String, String> hashes) throws IOException {
        for (var path : hashes.keySet()) {
            var there = place.resolve(path);
            folder(place, Optional.ofNullable(there.getParent()).orElse(place));
            Files.move(beside.resolve(path), there, StandardCopyOption.ATOMIC_MOVE);
        }
        try (var folder = FileChannel.open(place, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static String manifest(Map<String, String> hashes) {
        var lines = hashes.entrySet().stream()
                .map(each -> each.getValue() + "  " + each.getKey() + "\n")
                .collect(Collectors.joining());
        return Hashes.sha256(lines);
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (var below = Files.walk(folder)) {
                for (var path : below.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
