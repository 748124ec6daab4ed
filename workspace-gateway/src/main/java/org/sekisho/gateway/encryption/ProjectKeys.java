package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.disk.PrivateFiles;

/**
 * The keys of projects, {@code HOME/keys/rest/<project>}: 256 random bits each, on the disk only under the master key. An
 * empty file says that there was one and is none for good.
 */
final class ProjectKeys {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final MasterKey master;

    ProjectKeys(Path home, MasterKey master) {
        this.folder = home.resolve("keys/rest");
        this.master = master;
    }

    enum State {
        NONE_YET,
        THERE,
        DESTROYED
    }

    State state(String project) {
        try {
            return Files.size(file(project)) == 0 ? State.DESTROYED : State.THERE;
        } catch (NoSuchFileException none) {
            return State.NONE_YET;
        } catch (IOException e) {
            throw new UncheckedIOException("the key of a project cannot be read", e);
        }
    }

    /** Those that have a key. */
    List<String> projects() {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> ProjectFolders.isProject(name) && state(name) == State.THERE)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the keys of projects cannot be listed", e);
        }
    }

    /** Wipe it after use. */
    byte[] of(String project) throws MasterKey.WrongKey {
        try {
            return master.unwrap(Files.readAllBytes(file(project)), name(project));
        } catch (IOException e) {
            throw new UncheckedIOException("the key of a project cannot be read", e);
        }
    }

    /** Of a project that has none yet; durable when it returns. */
    void keep(String project, byte[] key) {
        try {
            PrivateFiles.makeFolder(folder);
            PrivateFiles.replace(file(project), master.wrap(key, name(project)));
        } catch (IOException e) {
            throw new UncheckedIOException("the key of a project cannot be kept", e);
        }
    }

    static byte[] fresh() {
        var key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    /** @throws MasterKey.WrongKey when there are some, and they are under another master key */
    void mustOpen() throws MasterKey.WrongKey {
        for (var project : projects()) {
            Arrays.fill(of(project), (byte) 0);
        }
    }

    /** For good: what lies under it is noise from now on, and the project gets no other one. */
    void destroy(String project) {
        try {
            PrivateFiles.makeFolder(folder);
            PrivateFiles.erase(file(project));
            PrivateFiles.replace(file(project), new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("the key of a project cannot be destroyed", e);
        }
    }

    private Path file(String project) {
        return folder.resolve(ProjectFolders.checked(project));
    }

    private static String name(String project) {
        return "sekisho project " + project;
    }
}
