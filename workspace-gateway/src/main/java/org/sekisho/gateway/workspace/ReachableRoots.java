package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.UUID;
import org.sekisho.engine.sandbox.Modes;

/**
 * A runtime that maps user ids walks to the root of an image as somebody whom directories with the mode 700 keep out. A
 * root below such ones is seen through a bind mount below {@code /run/sekisho}: read-only, without devices and
 * set-user-id programs. Whatever a killed gateway left mounted there the next one of the same home unmounts; a sandbox
 * that lives on has its own.
 */
final class ReachableRoots {
    private static final Path PLACE = Path.of("/run/sekisho/roots");

    private final Path own;

    private ReachableRoots(Path own) {
        this.own = own;
    }

    static ReachableRoots of(Path home) {
        var roots = new ReachableRoots(place(home));
        roots.clear();
        return roots;
    }

    /** Below which those of a gateway are seen. */
    static Path place(Path home) {
        return PLACE.resolve(name(home.toAbsolutePath().normalize()));
    }

    /** Where the runtime finds this root. */
    synchronized Path of(SandboxSpec spec) {
        var root = spec.root();
        try {
            if (!Modes.root() || isOpen(root)) {
                return root;
            }
            var at = own.resolve(name(root));
            if (Mounts.below(own).contains(at)) {
                if (Files.isSameFile(root, at)) {
                    return at;
                }
                // another root has been put where that one was
                Programs.run("umount", "--lazy", at.toString());
            }
            for (var directory : List.of(PLACE.resolveSibling(""), PLACE, own, at)) {
                Modes.set(Files.createDirectories(directory), "rwxr-xr-x");
            }
            Programs.run("mount", "-o", "bind,ro,nosuid,nodev", root.toString(), at.toString());
            return at;
        } catch (IOException e) {
            throw new SandboxFailure("the root of an image cannot be reached", e);
        }
    }

    /** Unmounts all of them; what runs in a sandbox is not disturbed. */
    synchronized void clear() {
        for (var at : Mounts.below(own)) {
            Programs.run("umount", "--lazy", at.toString());
        }
        try {
            Modes.delete(own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOpen(Path root) throws IOException {
        for (var at = root; at != null; at = at.getParent()) {
            if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static String name(Path path) {
        var bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }
}
