package org.sekisho.gateway.visit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.store.Ids;

/**
 * Folders for the time of one request, {@code scratch/<id>} in the project's folder, readable by us alone; what a kill
 * left is gone with the next start.
 */
public final class Scratch {
    private final ProjectFolders folders;

    /** Empties those of all projects. */
    public Scratch(ProjectFolders folders) {
        this.folders = folders;
        folders.projects().forEach(project -> remove(root(project)));
    }

    private Path root(String project) {
        return folders.of(project).resolve("scratch");
    }

    /** One folder, gone when it is closed. */
    record Folder(Path path) implements AutoCloseable {
        @Override
        public void close() {
            remove(path);
        }
    }

    Folder of(String project) {
        var path = root(project).resolve(Ids.fresh("t"));
        make(path);
        return new Folder(path);
    }

    /** Follows no link. */
    static void remove(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var below = Files.walk(folder)) {
            for (var path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a folder cannot be removed", e);
        }
    }

    static void make(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("a folder cannot be made", e);
        }
    }
}
