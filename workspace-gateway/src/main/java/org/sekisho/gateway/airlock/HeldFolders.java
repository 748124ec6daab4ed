package org.sekisho.gateway.airlock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.sekisho.engine.provision.ProjectFolders;

/**
 * The folders {@code held/<output>} of a project with everything that belongs to an output. Readable by us alone. The
 * result of a statement and its table lie in the folder itself. Files that people named have folders of their own, so that no name
 * of theirs meets one of ours: {@code submitted/} has them as they were given, {@code leaving/} as they would leave.
 */
public final class HeldFolders {
    private static final Pattern ID = Pattern.compile("o-[a-z0-9]{8,40}");

    private final ProjectFolders folders;

    public HeldFolders(ProjectFolders folders) {
        this.folders = folders;
    }

    private Path root(String project) {
        return folders.of(project).resolve("held");
    }

    private Path of(String project, String output) {
        if (!ID.matcher(output).matches()) {
            throw new IllegalArgumentException("not the id of an output");
        }
        return root(project).resolve(output);
    }

    Path of(Output output) {
        return of(output.project(), output.id());
    }

    /** Where files are put as they are given. */
    Path submitted(Output output) {
        return of(output).resolve("submitted");
    }

    /** Where lies what would leave. */
    Path leaving(Output output) {
        return output.origin() == Origin.QUERY ? of(output) : of(output).resolve("leaving");
    }

    /** Makes the folder, empty, whatever was there, with an empty folder for files as they are given. */
    public Path emptyForFiles(String project, String output) {
        var submitted = empty(project, output).resolve("submitted");
        make(submitted);
        return submitted;
    }

    /** An empty folder for what would leave; what an interrupted check left there is gone. */
    Path emptyLeaving(Output output) {
        var leaving = of(output).resolve("leaving");
        remove(leaving);
        make(leaving);
        return leaving;
    }

    /** Makes the folder, empty, whatever was there. */
    Path empty(String project, String output) {
        remove(project, output);
        var folder = of(project, output);
        make(folder);
        return folder;
    }

    public void remove(String project, String output) {
        remove(of(project, output));
    }

    /** Removes every folder that no output owns: a kill came between its files and its row. */
    void sweep(Predicate<String> owned) {
        folders.projects().forEach(project -> sweep(root(project), owned));
    }

    private static void sweep(Path root, Predicate<String> owned) {
        if (Files.notExists(root)) {
            return;
        }
        try (var folders = Files.list(root)) {
            for (var folder : folders.toList()) {
                var name = String.valueOf(folder.getFileName());
                if (ID.matcher(name).matches() && !owned.test(name)) {
                    remove(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the held folders cannot be listed", e);
        }
    }

    private static void remove(Path folder) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (var below = Files.walk(folder)) {
                below.sorted(Comparator.reverseOrder()).forEach(HeldFolders::delete);
            } catch (IOException e) {
                throw new UncheckedIOException("a held folder cannot be emptied", e);
            }
        }
    }

    /** The bytes of a file that would leave. */
    public Optional<byte[]> read(Output output, String name) {
        return read(leaving(output), name);
    }

    /** The bytes of a file as it was given. */
    Optional<byte[]> readSubmitted(Output output, String name) {
        return read(submitted(output), name);
    }

    /** The bytes of a file of ours beside an output. The name is never a caller's. */
    Optional<byte[]> readOurs(Output output, String name) {
        return read(of(output), name);
    }

    private static Optional<byte[]> read(Path folder, String name) {
        var file = folder.resolve(name);
        if (!folder.equals(file.getParent()) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("a held file cannot be read", e);
        }
    }

    /** Writes a file whole or not at all, durably. */
    void write(Output output, String name, byte[] bytes) {
        var folder = of(output);
        var whole = folder.resolve(name);
        var part = folder.resolve(name + ".part");
        try {
            Files.write(part, bytes);
            sync(part);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("a held file cannot be written", e);
        }
    }

    /** Puts everything that others wrote into the folder on the disk. */
    void sync(String project, String output) {
        var folder = of(project, output);
        try (var below = Files.walk(folder)) {
            for (var path : below.toList()) {
                sync(path);
            }
            sync(root(project));
        } catch (IOException e) {
            throw new UncheckedIOException("a held folder cannot be synced", e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("a held folder cannot be made", e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException("a held file cannot be removed", e);
        }
    }
}
