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

/** Submitted notebooks, {@code HOME/notebooks/<job>.ipynb}, as they came. Readable by us alone. */
public final class NotebookFiles {
    private static final Pattern JOB = Pattern.compile("j-[a-z0-9]{8,40}");

    private final Path root;

    public NotebookFiles(Path home) {
        root = home.resolve("notebooks");
        try {
            Files.createDirectories(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of notebooks cannot be made", e);
        }
    }

    Path of(String job) {
        if (!JOB.matcher(job).matches()) {
            throw new IllegalArgumentException("not the id of a job");
        }
        return root.resolve(job + ".ipynb");
    }

    /** Whole and durable when it returns. */
    public void keep(String job, byte[] notebook) {
        var part = root.resolve(job + ".part");
        try {
            Files.write(part, notebook);
            sync(part);
            Files.move(part, of(job), StandardCopyOption.ATOMIC_MOVE);
            sync(root);
        } catch (IOException e) {
            throw new UncheckedIOException("a notebook cannot be kept", e);
        }
    }

    public void remove(String job) {
        try {
            Files.deleteIfExists(of(job));
        } catch (IOException e) {
            throw new UncheckedIOException("a notebook cannot be removed", e);
        }
    }

    private static void sync(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
