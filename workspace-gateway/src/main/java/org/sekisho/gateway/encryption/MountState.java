package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What lies where the folder of a project is mounted. */
enum MountState {
    /** A folder like any other, or nothing. */
    NONE,
    /** The ciphertext of this project, opened. */
    ALIVE,
    /** The process behind the mount has ended. */
    DEAD,
    /** A link, or another file system: what is written there would be in the clear, or another project's. */
    OTHER;

    static MountState of(Path at, Path ciphertext) {
        try {
            if (Files.isSymbolicLink(at)) {
                return OTHER;
            }
            if (device(at) == device(at.resolveSibling(""))) {
                return NONE;
            }
            return isOpened(at, ciphertext) ? ALIVE : OTHER;
        } catch (NoSuchFileException nothing) {
            return NONE;
        } catch (IOException gone) {
            return DEAD;
        }
    }

    private static long device(Path place) throws IOException {
        return (Long) Files.getAttribute(place, "unix:dev");
    }

    /** As the kernel says: of what is mounted over one another the last counts. */
    private static boolean isOpened(Path at, Path ciphertext) throws IOException {
        var real = at.resolveSibling("").toRealPath().resolve(at.getFileName()).toString();
        boolean opened = false;
        for (var line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            var halves = line.split(" - ", 2);
            if (halves.length == 2 && plain(halves[0].split(" ")[4]).equals(real)) {
                var what = halves[1].split(" ");
                opened = what[0].equals("fuse.gocryptfs") && isSame(Path.of(plain(what[1])), ciphertext);
            }
        }
        return opened;
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return one.equals(other) || (Files.exists(one, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(one, other));
    }

    /** The kernel writes what separates its columns as octal numbers. */
    private static String plain(String escaped) {
        return escaped.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
