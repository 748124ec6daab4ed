package org.sekisho.gateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.encryption.Ciphertext;

/** Where parts of the folders of projects lie on the disk: in the clear, or as ciphertext that is copied as it is. */
final class ProjectParts {
    private final ProjectFolders folders;
    private final Ciphertext ciphertext;

    ProjectParts(Path home) {
        folders = ProjectFolders.in(home);
        ciphertext = new Ciphertext(home);
    }

    /** @param place on the disk */
    record Part(String project, Path place) {}

    /** What is not copied at all: where ciphertext is, the folders are mounts. */
    List<String> leftOut() {
        return ciphertext.isThere() ? List.of("projects") : List.of();
    }

    /** A part of this name of each project, where it lies or would; where nobody can write there it is like any other. */
    List<Part> named(String name) throws IOException {
        var parts = new ArrayList<Part>();
        for (var project : ciphertext.isThere() ? ciphertext.projects() : folders.projects()) {
            place(project, name).ifPresent(place -> parts.add(new Part(project, place)));
        }
        return parts;
    }

    Homes homes(Part part) throws IOException {
        return Homes.in(
                part.place(),
                folders.of(part.project()).resolve(Homes.NAME),
                name -> place(part.project(), Homes.NAME + "/" + name)
                        .orElseThrow(() -> new IOException("a project was unmounted while it was copied")));
    }

    /** A project that began at that moment may have its key there and not yet its ciphertext: it begins after a restore. */
    void leaveOutUnborn(Path stage) throws IOException {
        var keys = stage.resolve("keys/rest");
        if (Files.notExists(keys)) {
            return;
        }
        try (var there = Files.list(keys)) {
            for (var key : there.filter(Files::isRegularFile).toList()) {
                var name = String.valueOf(key.getFileName());
                if (Files.size(key) > 0 && Files.notExists(stage.resolve("rest").resolve(name))) {
                    Files.delete(key);
                }
            }
        }
    }

    private Optional<Path> place(String project, String path) throws IOException {
        return ciphertext.isThere()
                ? ciphertext.of(project, path)
                : Optional.of(folders.of(project).resolve(path));
    }
}
