package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;

/**
 * The folders {@code HOME/inputs/delivered/<project>/{files,python,R}}: what workspaces of a project mount, read-only.
 * Anybody on the host who can reach them may read them, nobody but the gateway may write; they are there, empty, before
 * anything is delivered, so that a mount sees what comes later.
 */
public final class DeliveredFolders {
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9][a-z0-9-]{0,80}");

    private final Path root;

    public DeliveredFolders(Path home) {
        root = home.resolve("inputs/delivered");
        make(root);
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
        if (!PROJECT.matcher(project).matches()) {
            throw new IllegalArgumentException("not the id of a project");
        }
        return make(root.resolve(project));
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
