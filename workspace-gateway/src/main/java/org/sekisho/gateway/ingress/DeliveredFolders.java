package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.sekisho.engine.provision.ProjectFolders;

/**
 * The folders {@code delivered/{files,python,R}} of a project: what its workspaces mount, read-only.
 * Anybody on the host who can reach them may read them, nobody but the gateway may write; they are there, empty, before
 * anything is delivered, so that a mount sees what comes later.
 */
public final class DeliveredFolders {
    private final ProjectFolders folders;

    public DeliveredFolders(ProjectFolders folders) {
        this.folders = folders;
    }

    /** For {@code ~/inputs}. */
    public Path files(String project) {
        return make(of(project).resolve("files"));
    }

    /** For {@code /opt/project/python}. */
    public Path python(String project) {
        return make(of(project).resolve("python"));
    }

    /** For {@code /opt/project/R}. */
    public Path r(String project) {
        return make(of(project).resolve("R"));
    }

    Path of(String project) {
        var folder = folders.of(project);
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("a folder for inputs cannot be made", e);
        }
        return make(folder.resolve("delivered"));
    }

    Path place(String project, InputKind kind) {
        return switch (kind) {
            case FILE -> files(project);
            case PYTHON_WHEEL -> python(project);
            case R_PACKAGE -> r(project);
            case CONTAINER_IMAGE -> throw new IllegalArgumentException("an image is no folder of a project");
        };
    }

    /** Folders that a workspace looks through, whatever the umask of this process. */
    static Path make(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("a folder for inputs cannot be made", e);
        }
    }
}
