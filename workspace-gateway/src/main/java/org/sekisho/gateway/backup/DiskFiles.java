package org.sekisho.gateway.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Files that are file systems of their own, such as homes. One that is mounted is copied while it is frozen: what is
 * written into it meanwhile waits. One that is not is copied again when somebody has mounted it in the middle.
 */
final class DiskFiles {
    private static final int TRIES = 5;
    private static final int NOT_FROZEN = 3;

    /**
     * Thaws whatever happens, also when this gateway is killed. A SIGKILL of this shell itself, as by a kernel without
     * memory, leaves the home frozen: who writes into it waits until {@code fsfreeze --unfreeze} is said of its mount.
     */
    private static final String FROZEN_COPY = """
            command -v fsfreeze >/dev/null || { echo 'fsfreeze is missing: install util-linux'; exit 5; }
            trap 'fsfreeze --unfreeze "$1"' EXIT
            trap 'exit 4' INT TERM HUP
            fsfreeze --freeze "$1" || { trap - EXIT; exit %d; }
            timeout 600 cp --sparse=always -- "$2" "$3"
            """.formatted(NOT_FROZEN);

    private DiskFiles() {}

    /** @param path by which it may be mounted */
    static Copied copy(Path path, Path from, Path to) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Files.deleteIfExists(to);
            var mounted = mountPoint(path);
            if (mounted.isPresent()) {
                if (copiedFrozen(mounted.get(), from, to)) {
                    return Copied.asIs(to);
                }
            } else {
                var before = lastWritten(from);
                var copied = Copied.of(from, to);
                if (before.equals(lastWritten(from))) {
                    return copied;
                }
            }
        }
        throw new IOException("a home was opened and closed again and again while it was copied");
    }

    private static FileTime lastWritten(Path file) throws IOException {
        return (FileTime) Files.getAttribute(file, "unix:ctime");
    }

    /** False when it was not mounted there any more. */
    private static boolean copiedFrozen(Path mounted, Path from, Path to) throws IOException {
        var process = new ProcessBuilder(
                        "sh", "-c", FROZEN_COPY, "sh", mounted.toString(), from.toString(), to.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return switch (process.waitFor()) {
                case 0 -> {
                    sync(to);
                    yield true;
                }
                case NOT_FROZEN -> false;
                default -> throw new IOException("a mounted home cannot be copied: " + words.strip());
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void sync(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Where a file is mounted through a loop device. */
    static Optional<Path> mountPoint(Path file) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            var halves = line.split(" - ", 2);
            var where = halves[0].split(" ");
            var source = halves.length < 2 ? new String[0] : halves[1].split(" ");
            if (source.length > 1 && source[1].startsWith("/dev/loop") && isBehind(source[1], file)) {
                return Optional.of(Path.of(where[4].replace("\\040", " ")));
            }
        }
        return Optional.empty();
    }

    private static boolean isBehind(String device, Path file) throws IOException {
        var backing = Path.of("/sys/block", device.substring("/dev/".length()), "loop", "backing_file");
        return Files.exists(backing)
                && Files.readString(backing).strip().equals(file.toRealPath().toString());
    }
}
