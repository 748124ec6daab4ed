package org.sekisho.gateway.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Pattern;
import org.sekisho.engine.provision.ProjectFolders;

/** Submitted notebooks, {@code notebooks/<job>.ipynb} in their project's folder, as they came. Readable by us alone. */
public final class NotebookFiles {
    private static final Pattern JOB = Pattern.compile("j-[a-z0-9]{8,40}");

    private final ProjectFolders folders;

    public NotebookFiles(ProjectFolders folders) {
        this.folders = folders;
    }

    Path of(String project, String job) {
        if (!JOB.matcher(job).matches()) {
            throw new IllegalArgumentException("not the id of a job");
        }
        return folders.of(project).resolve("notebooks").resolve(job + ".ipynb");
    }

    /** Whole and durable when it returns. */
    public void keep(String project, String job, byte[] notebook) {
        var whole = of(project, job);
        var root = whole.resolveSibling("");
        var part = whole.resolveSibling(job + ".part");
        try {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.write(part, notebook);
            sync(part);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            sync(root);
        } catch (IOException e) {
            throw new UncheckedIOException("a notebook cannot be kept", e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
