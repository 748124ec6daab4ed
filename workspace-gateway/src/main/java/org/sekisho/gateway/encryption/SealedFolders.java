package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.engine.vault.Durable;
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
        var folders = new SealedFolders(absolute, master);
        mustBeTheOne(master, folders.keys, absolute.resolve("keys/rest.check"));
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
        if (new Ciphertext(home).isThere() || Files.exists(home.resolve("keys/rest.check"))) {
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

    /** Where what it was checked by is missing, no other key may take that place: the keys of projects are asked. */
    private static void mustBeTheOne(MasterKey master, ProjectKeys keys, Path check) {
        try {
            if (Files.exists(check)) {
                master.unwrap(Files.readAllBytes(check), CHECKED);
            } else {
                keys.mustOpen();
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
        if (ciphertext.state(project) != MountState.ALIVE) {
            return mounted(project, at);
        }
        mustNotBeDestroyed(project);
        return at;
    }

    private void mustNotBeDestroyed(String project) {
        if (keys.state(project) == ProjectKeys.State.DESTROYED) {
            throw new IllegalStateException("the key of project " + project + " was destroyed with its files");
        }
    }

    @Override
    public List<String> projects() {
        return keys.projects();
    }

    private synchronized Path mounted(String project, Path at) {
        try {
            switch (ciphertext.state(project)) {
                case ALIVE -> {
                    return at;
                }
                case NONE -> {}
                case OTHER -> throw somethingElse(project);
                case DEAD -> {
                    LOG.error("what had the folder of {} mounted has ended; it is mounted again", project);
                    Gocryptfs.clear(at);
                }
            }
            mount(project, at);
            return at;
        } catch (MasterKey.WrongKey e) {
            throw new IllegalStateException("the key of project " + project + " is damaged", e);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the folder of project " + project + " cannot be mounted: " + e.getMessage(), e);
        }
    }

    private static IllegalStateException somethingElse(String project) {
        return new IllegalStateException("in the place of the folder of project " + project
                + " lies something else, a link or another mount: take it away from HOME/projects");
    }

    private void mount(String project, Path at) throws IOException, MasterKey.WrongKey {
        mustNotBeDestroyed(project);
        var key = keys.state(project) == ProjectKeys.State.THERE ? keys.of(project) : ProjectKeys.fresh();
        try {
            if (keys.state(project) == ProjectKeys.State.NONE_YET) {
                begin(project, key);
            }
            finish(project);
            Gocryptfs.mount(ciphertext.of(project), MountPoint.make(at), ciphertext.socket(project), key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** The ciphertext under another name, then its key: what a kill leaves of it is begun anew, or finished. */
    private void begin(String project, byte[] key) throws IOException {
        if (Files.exists(ciphertext.of(project))) {
            throw new IllegalStateException(
                    "the key of project " + project + " is missing from HOME/keys/rest: bring it back from a backup");
        }
        var draft = ciphertext.draft(project);
        Durable.delete(draft);
        Gocryptfs.init(make(draft), key);
        keys.keep(project, key);
    }

    private void finish(String project) throws IOException {
        var whole = ciphertext.of(project);
        var draft = ciphertext.draft(project);
        if (Files.notExists(whole) && Files.exists(draft)) {
            Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
            Durable.force(ciphertext.root());
        }
        if (!Gocryptfs.isMade(whole)) {
            throw new IllegalStateException("the files of project " + project
                    + " are missing from HOME/rest: mount the disk that has them, or bring them back from a backup");
        }
    }

    /** Whether anything of a project that is closed is still there, or it could get a new key. */
    public boolean isLeft(String project) {
        return keys.state(project) != ProjectKeys.State.DESTROYED
                || Files.exists(ciphertext.of(project))
                || Files.exists(ciphertext.draft(project))
                || ciphertext.state(project) != MountState.NONE
                || Files.exists(ciphertext.mountPoint(project));
    }

    /** The place of a folder in which something lies in the clear, as nothing is mounted there. */
    public Optional<Path> inTheClear(String project) {
        var at = ciphertext.mountPoint(project);
        try {
            return ciphertext.state(project) == MountState.NONE && Files.exists(at) && !MountPoint.isEmpty(at)
                    ? Optional.of(at)
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the place of a folder cannot be looked into", e);
        }
    }

    /**
     * The key first: from then on what is left is noise, whatever happens to the rest. May be called again. What lies
     * {@linkplain #inTheClear in the clear} stays.
     *
     * @return how many files of ciphertext were removed
     * @throws IllegalStateException when somebody still has a file of it open
     */
    public synchronized long destroy(String project) {
        keys.destroy(project);
        var at = ciphertext.mountPoint(project);
        try {
            switch (ciphertext.state(project)) {
                case NONE, ALIVE -> {}
                case OTHER -> throw somethingElse(project);
                case DEAD -> Gocryptfs.clear(at);
            }
            if (!Gocryptfs.unmount(at, ciphertext.of(project))) {
                throw new IllegalStateException("somebody still works in the folder of project " + project);
            }
            Files.deleteIfExists(ciphertext.socket(project));
            MountPoint.remove(at);
            return remove(ciphertext.of(project)) + remove(ciphertext.draft(project));
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
                var at = ciphertext.mountPoint(project);
                if (ciphertext.state(project) == MountState.DEAD) {
                    Gocryptfs.clear(at);
                }
                if (!Gocryptfs.unmount(at, ciphertext.of(project))) {
                    LOG.warn("the folder of {} stays mounted, as somebody still works in it", project);
                } else if (ciphertext.state(project) == MountState.NONE) {
                    MountPoint.remove(at);
                }
            } catch (IOException e) {
                LOG.error("the folder of {} is not unmounted", project, e);
            }
        }
    }
}
