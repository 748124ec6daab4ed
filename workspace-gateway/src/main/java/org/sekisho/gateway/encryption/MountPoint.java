package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.sekisho.engine.sandbox.Modes;

/**
 * The empty folder under a mount. It is immutable, for root too: whoever was given the folder of a project gets an error
 * once the mount has vanished, and writes nothing in the clear. Who is not root, or has a file system that knows no such
 * flag, is protected by being given a folder only while it is mounted.
 */
final class MountPoint {
    private MountPoint() {}

    /** @throws IllegalStateException when there is something in it */
    static Path make(Path at) throws IOException {
        Files.createDirectories(at, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!isEmpty(at)) {
            throw new IllegalStateException("the folder of project " + at.getFileName()
                    + " cannot be mounted, as files lie in its place in the clear: move them away from HOME/projects");
        }
        flag(at, "+i");
        return at;
    }

    static boolean isEmpty(Path at) throws IOException {
        try (var below = Files.list(at)) {
            return below.findAny().isEmpty();
        }
    }

    /** Unless something is mounted there, or there is something in it. */
    static void remove(Path at) throws IOException {
        if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
            flag(at, "-i");
            try {
                Files.delete(at);
            } catch (DirectoryNotEmptyException files) {
                // whoever destroys the project looks at them
            }
        }
    }

    private static void flag(Path at, String flag) throws IOException {
        if (Modes.root()) {
            var _ = Gocryptfs.exit(new byte[0], "chattr", flag, at.toString());
        }
    }
}
