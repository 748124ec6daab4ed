package org.sekisho.engine.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;

/** Files and directories that survive a power cut once these calls return. */
public final class Durable {
    private Durable() {}

    /** Forces a file, or a directory's entries, to disk. */
    public static void force(Path path) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Forces everything directly in {@code draft} to disk, then gives the directory its final name. */
    public static void publish(Path draft, Path directory) throws IOException {
        try (var files = Files.list(draft)) {
            for (var file : files.toList()) {
                force(file);
            }
        }
        force(draft);
        Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
        force(directory.resolveSibling(""));
    }

    /** Removes a directory and all in it; absent is fine. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var tree = Files.walk(directory)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
