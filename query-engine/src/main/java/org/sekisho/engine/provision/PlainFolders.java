package org.sekisho.engine.provision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Folders that whoever has the disk can read. */
final class PlainFolders implements ProjectFolders {
    private final Path root;

    PlainFolders(Path home) {
        root = home.toAbsolutePath().normalize().resolve("projects");
    }

    @Override
    public Path of(String project) {
        return root.resolve(ProjectFolders.checked(project));
    }

    @Override
    public List<String> projects() {
        try (var folders = Files.list(root)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .filter(ProjectFolders::isProject)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the folders of projects cannot be listed", e);
        }
    }
}
