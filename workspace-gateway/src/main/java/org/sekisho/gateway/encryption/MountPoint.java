package org.sekisho.gateway.encryption;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.sekisho.engine.sandbox.Modes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The empty folder under a mount. It is immutable, for root too: whoever was given the folder of a project gets an error
 * once the mount has vanished, and writes nothing in the clear. Who is not root, or has a file system that knows no such
 * flag, is protected by being given a folder only while it is mounted.
 */
final class MountPoint {
    private static final Logger LOG = LoggerFactory.getLogger(MountPoint.class);

    private MountPoint() {}

    /** @throws IllegalStateException when there is something in it */
    static Path make(Path at) throws IOException {
        Files.createDirectories(at, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!isEmpty(at)) {
            throw new IllegalStateException("the folder of project " + at.getFileName()
                    + " cannot be mounted, as files lie in its place in the clear: move them away from HOME/projects");
        }
        if (!flag(at, "+i")) {
            LOG.warn(
                    "the folder under the mount of {} is not immutable: that takes root, chattr (of e2fsprogs) and"
                            + " a file system that has it",
                    at.getFileName());
        }
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
            var _ = flag(at, "-i");
            try {
                Files.delete(at);
            } catch (DirectoryNotEmptyException files) {
                // whoever destroys the project looks at them
            }
        }
    }

    private static boolean flag(Path at, String flag) throws IOException {
        try {
            return Modes.root() && Gocryptfs.exit(new byte[0], "chattr", flag, at.toString()) == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
