package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.engine.sandbox.Modes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The homes of members, one for each person in each project: {@code homes/<person>.ext4} in the folder of the
 * project, a sparse file with a file system of its own, whose size is the limit. While somebody works in it, it is mounted below
 * {@code HOME/run/h}. Where this machine has no loop devices for us, a home is a directory without a limit, and
 * {@link #words} says so.
 */
public final class Homes {
    private static final Logger LOG = LoggerFactory.getLogger(Homes.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,80}");

    private final ProjectFolders folders;
    private final Path mounts;
    private final boolean limited;
    private final Map<Path, Integer> users = new HashMap<>();

    public Homes(Path home, ProjectFolders folders) {
        this.folders = folders;
        mounts = home.toAbsolutePath().normalize().resolve("run").resolve("h");
        try {
            Modes.set(Files.createDirectories(mounts), "rwx------");
            limited = Modes.root() && Files.exists(Path.of("/dev/loop-control")) && Programs.works("mkfs.ext4", "-V");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean limited() {
        return limited;
    }

    public Text words() {
        return limited
                ? new Text("ホームの容量には上限があります。", "Homes are limited in size.")
                : new Text("この計算機ではホームの容量を制限できません。", "Homes cannot be limited in size on this machine.");
    }

    /** Mounts the home of a person in a project, made when it is new; each opening takes one {@link #close}. */
    public Home open(String project, String person, int number, long bytes) {
        return open(
                files(project).resolve(name(person)),
                mounts.resolve(Integer.toString(number)),
                Ranges.ofHome(number),
                bytes);
    }

    /** A home for one job of a project, of this id; {@link #discard} it afterwards. */
    public Home fresh(String project, String id, int user, long bytes) {
        return open(fresh(project, id), mounts.resolve(name(id)), user, bytes);
    }

    /** Unmounts it when nobody else has it open. */
    public void close(Home home) {
        synchronized (users) {
            if (users.merge(home.path(), -1, Integer::sum) > 0) {
                return;
            }
            users.remove(home.path());
            unmount(home.path());
        }
    }

    /** Closes a {@link #fresh} home and deletes what it held. */
    public void discard(String project, String id) {
        var at = mounts.resolve(name(id));
        synchronized (users) {
            users.remove(at);
            unmount(at);
        }
        try {
            Files.deleteIfExists(file(fresh(project, id)));
            Modes.delete(directory(fresh(project, id)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** After a restart: what is mounted and belongs to none of these is unmounted, these count as open once. */
    void adopt(List<Home> open) {
        synchronized (users) {
            open.forEach(home -> users.merge(home.path(), 1, Integer::sum));
            for (var at : Mounts.below(mounts)) {
                if (!users.containsKey(at)) {
                    unmount(at);
                }
            }
            try (var left = Files.list(mounts)) {
                left.filter(at -> !users.containsKey(at)).toList().forEach(Homes::removeDirectory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Where an earlier gateway mounted a home, if it still is. */
    Optional<Home> find(int number) {
        var at = mounts.resolve(Integer.toString(number));
        return Files.isDirectory(at) ? Optional.of(new Home(at, Ranges.ofHome(number))) : Optional.empty();
    }

    private Home open(Path named, Path at, int user, long bytes) {
        synchronized (users) {
            var home = new Home(at, user);
            if (users.merge(at, 1, Integer::sum) > 1) {
                return home;
            }
            try {
                Files.createDirectories(at);
                mount(named, at, user, bytes);
                furnish(home);
                return home;
            } catch (IOException e) {
                users.remove(at);
                throw new UncheckedIOException(e);
            } catch (RuntimeException e) {
                users.remove(at);
                throw e;
            }
        }
    }

    private Path files(String project) {
        return folders.of(project).resolve("homes");
    }

    private Path fresh(String project, String id) {
        return files(project).resolve("fresh-" + name(id));
    }

    private void mount(Path named, Path at, int user, long bytes) throws IOException {
        if (Mounts.below(at).contains(at)) {
            return;
        }
        Files.createDirectories(
                named.resolveSibling(""),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!limited) {
            var directory = directory(named);
            if (Files.notExists(directory)) {
                own(Files.createDirectory(directory), user);
            }
            Files.deleteIfExists(at);
            Files.createSymbolicLink(at, directory);
            return;
        }
        var file = file(named);
        if (Files.notExists(file)) {
            make(file, user, bytes);
        }
        var options = "loop,nosuid,nodev,noatime";
        if (!Programs.works("mount", "-t", "ext4", "-o", options, file.toString(), at.toString())) {
            // after a loss of power: what can be mended without asking is mended
            Programs.works("e2fsck", "-p", file.toString());
            Programs.run("mount", "-t", "ext4", "-o", options, file.toString(), at.toString());
        }
    }

    private static void make(Path file, int user, long bytes) throws IOException {
        var unfinished = file.resolveSibling(file.getFileName() + ".new");
        try (var sparse = new RandomAccessFile(unfinished.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        Modes.set(unfinished, "rw-------");
        var visitor = user + SandboxBundle.VISITOR;
        var options = "lazy_itable_init=1,lazy_journal_init=1,nodiscard,root_owner=" + visitor + ":" + visitor;
        Programs.run("mkfs.ext4", "-q", "-F", "-m", "0", "-E", options, unfinished.toString());
        Files.move(unfinished, file);
    }

    /** The folders that everybody has. Only the first step below the mount is looked at, and no link is followed. */
    private void furnish(Home home) throws IOException {
        if (limited) {
            Modes.set(home.path(), "rwx------");
            emptyOnly(home.path().resolve("lost+found"));
        }
        for (var name : List.of("inputs", "outputs")) {
            var folder = home.path().resolve(name);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                furnish(folder, home.user());
            }
        }
    }

    /** A home that is full opens all the same: its visitor alone can make room in it. */
    private static void furnish(Path folder, int user) throws IOException {
        Files.deleteIfExists(folder);
        try {
            own(Files.createDirectory(folder), user);
        } catch (FileSystemException full) {
            LOG.warn("a home has no room for its folder {}", folder.getFileName());
        }
    }

    /** What a repair found, or what a visitor put there, stays. */
    private static void emptyOnly(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException kept) {
            // somebody's files
        }
    }

    private static void own(Path path, int user) throws IOException {
        if (Modes.root()) {
            var visitor = user + SandboxBundle.VISITOR;
            Files.setAttribute(path, "unix:uid", visitor, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", visitor, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private void unmount(Path at) {
        if (Files.isSymbolicLink(at)) {
            removeDirectory(at);
            return;
        }
        Mounts.remove(at);
        removeDirectory(at);
    }

    private static void removeDirectory(Path at) {
        try {
            Files.deleteIfExists(at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path named) {
        return named.resolveSibling(named.getFileName() + ".ext4");
    }

    private static Path directory(Path named) {
        return named.resolveSibling(named.getFileName() + ".d");
    }

    private static String name(String given) {
        if (!NAME.matcher(given).matches()) {
            throw new SandboxFailure("not a name for a home");
        }
        return given;
    }
}
