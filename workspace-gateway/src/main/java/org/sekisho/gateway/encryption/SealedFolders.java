package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.disk.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders of projects, {@code HOME/projects/<project>}, whose files lie as ciphertext in {@code HOME/rest/<project>}
 * under a key of the project's own. A folder is given only while it is mounted, so that nothing is written in the clear.
 * Mounts outlive a gateway that is killed; the next one takes them up.
 */
public final class SealedFolders implements ProjectFolders, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SealedFolders.class);
    private static final String CHECKED = "sekisho rest";

    private final Ciphertext ciphertext;
    private final ProjectKeys keys;

    private SealedFolders(Path home, MasterKey master) {
        ciphertext = new Ciphertext(home);
        keys = new ProjectKeys(home, master);
    }

    /**
     * All of them mounted.
     *
     * @throws IllegalArgumentException when they cannot be: in one line what is in the way, and what to do
     */
    public static SealedFolders open(Path home, MasterKeySource source) {
        var absolute = home.toAbsolutePath().normalize();
        Gocryptfs.obstacle().ifPresent(why -> {
            throw new IllegalArgumentException("encryption at rest is wanted (rest), and " + why);
        });
        mustHaveNoPlainProjects(absolute);
        var master = source.open(absolute);
        mustBeTheOne(master, absolute.resolve("keys/rest.check"));
        var folders = new SealedFolders(absolute, master);
        try {
            make(folders.ciphertext.root());
            make(folders.ciphertext.socket("any").resolveSibling(""));
            folders.keys.projects().forEach(folders::of);
            return folders;
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of ciphertext cannot be made", e);
        } catch (RuntimeException e) {
            folders.close();
            throw e;
        }
    }

    /** @throws IllegalArgumentException when projects of this home lie as ciphertext and nobody says under which key */
    public static void mustBePlain(Path home) {
        if (new Ciphertext(home).isThere()) {
            throw new IllegalArgumentException(
                    "the projects of " + home + " are encrypted at rest: name the master key (rest in --config FILE)");
        }
    }

    private static void mustHaveNoPlainProjects(Path home) {
        if (!new Ciphertext(home).isThere()
                && !ProjectFolders.in(home).projects().isEmpty()) {
            throw new IllegalArgumentException("encryption at rest is wanted (rest), and the projects of " + home
                    + " lie there in the clear: begin with a home that has none yet, or leave rest out");
        }
    }

    private static void mustBeTheOne(MasterKey master, Path check) {
        try {
            if (Files.exists(check)) {
                master.unwrap(Files.readAllBytes(check), CHECKED);
            } else {
                PrivateFiles.makeFolder(check.getParent());
                PrivateFiles.replace(check, master.wrap(CHECKED.getBytes(StandardCharsets.US_ASCII), CHECKED));
            }
        } catch (MasterKey.WrongKey e) {
            throw new IllegalArgumentException(
                    "the master key (rest) is not the one that this home was made with: give that one", e);
        } catch (IOException e) {
            throw new UncheckedIOException("whether this is the master key cannot be known", e);
        }
    }

    /** @throws IllegalStateException when its key was destroyed, or is missing, or the folder cannot be mounted */
    @Override
    public Path of(String project) {
        var at = ciphertext.mountPoint(project);
        return MountState.of(at) == MountState.ALIVE ? at : mounted(project, at);
    }

    @Override
    public List<String> projects() {
        return keys.projects();
    }

    private synchronized Path mounted(String project, Path at) {
        try {
            var state = MountState.of(at);
            if (state == MountState.ALIVE) {
                return at;
            }
            if (state == MountState.DEAD) {
                LOG.error("what had the folder of {} mounted has ended; it is mounted again", project);
                Gocryptfs.clear(at);
            }
            mount(project, at);
            return at;
        } catch (MasterKey.WrongKey e) {
            throw new IllegalStateException("the key of project " + project + " is damaged", e);
        } catch (IOException e) {
            throw new IllegalStateException("the folder of project " + project + " cannot be mounted", e);
        }
    }

    private void mount(String project, Path at) throws IOException, MasterKey.WrongKey {
        var sealed = ciphertext.of(project);
        var key = switch (keys.state(project)) {
            case THERE -> keys.of(project);
            case DESTROYED ->
                throw new IllegalStateException("the key of project " + project + " was destroyed with its files");
            case NONE_YET -> {
                if (Files.exists(sealed)) {
                    throw new IllegalStateException("the key of project " + project + " is missing from keys/rest");
                }
                yield keys.make(project);
            }
        };
        Gocryptfs.init(make(sealed), key);
        Gocryptfs.mount(sealed, make(at), ciphertext.socket(project), key);
    }

    /** Whether anything of a project that is closed is still there, or it could get a new key. */
    public boolean isLeft(String project) {
        return keys.state(project) != ProjectKeys.State.DESTROYED
                || Files.exists(ciphertext.of(project))
                || MountState.of(ciphertext.mountPoint(project)) != MountState.NONE
                || Files.exists(ciphertext.mountPoint(project));
    }

    /**
     * The key first: from then on what is left is noise, whatever happens to the rest. May be called again.
     *
     * @return how many files of ciphertext were removed
     * @throws IllegalStateException when somebody still has a file of it open
     */
    public synchronized long destroy(String project) {
        keys.destroy(project);
        var at = ciphertext.mountPoint(project);
        try {
            if (MountState.of(at) == MountState.DEAD) {
                Gocryptfs.clear(at);
            }
            if (!Gocryptfs.unmount(at)) {
                throw new IllegalStateException("somebody still works in the folder of project " + project);
            }
            Files.deleteIfExists(ciphertext.socket(project));
            Files.deleteIfExists(at);
            return remove(ciphertext.of(project));
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of a project cannot be removed", e);
        }
    }

    private static long remove(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return 0;
        }
        try (var below = Files.walk(folder)) {
            var places = below.sorted(Comparator.reverseOrder()).toList();
            var files = places.stream().filter(Files::isRegularFile).count();
            for (var place : places) {
                Files.delete(place);
            }
            return files;
        }
    }

    private static Path make(Path folder) throws IOException {
        return Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Unmounts them, except where a desktop goes on without us. */
    @Override
    public synchronized void close() {
        for (var project : keys.projects()) {
            try {
                if (!Gocryptfs.unmount(ciphertext.mountPoint(project))) {
                    LOG.warn("the folder of {} stays mounted, as somebody still works in it", project);
                }
            } catch (IOException e) {
                LOG.error("the folder of {} is not unmounted", project, e);
            }
        }
    }
}
