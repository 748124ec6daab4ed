package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** One control group by its path, in every hierarchy of version 1 and in version 2. */
record ControlGroup(String path) {
    private static final Path ALL = Path.of("/sys/fs/cgroup");

    /** Whether memory limits can cover swap here; where they cannot, the kernel refuses a limit of it. */
    static boolean limitsSwap() {
        return Files.exists(ALL.resolve("memory/memory.memsw.limit_in_bytes"))
                || Files.exists(ALL.resolve("cgroup.controllers"));
    }

    /**
     * Version 1 counts the buffers of sockets apart from all other memory, and only of sockets that are made after this.
     * Runtimes have no word for it, so that the group is made before theirs.
     */
    void limitSockets(long bytes) throws IOException {
        var apart = "memory.kmem.tcp.limit_in_bytes";
        if (Files.exists(ALL.resolve("memory").resolve(apart))) {
            var group = Files.createDirectories(ALL.resolve("memory").resolve(path.substring(1)));
            Files.writeString(group.resolve(apart), Long.toString(bytes));
        }
    }

    /** Ends what is in it and takes it away. @return whether it is gone */
    boolean remove() {
        for (var directory : directories()) {
            try {
                for (var process : Files.readAllLines(directory.resolve("cgroup.procs"))) {
                    ProcessHandle.of(Long.parseLong(process)).ifPresent(ProcessHandle::destroyForcibly);
                }
                Files.delete(directory);
            } catch (NoSuchFileException gone) {
                // the runtime was quicker
            } catch (FileSystemException | NumberFormatException busy) {
                return false;
            } catch (IOException e) {
                return false;
            }
        }
        return directories().isEmpty();
    }

    /** Where it exists. */
    List<Path> directories() {
        var below = path.substring(1);
        var hierarchies = Stream.concat(Stream.of(ALL), list(ALL));
        return hierarchies
                .map(hierarchy -> hierarchy.resolve(below))
                .filter(Files::isDirectory)
                .toList();
    }

    private static Stream<Path> list(Path directory) {
        try (var all = Files.list(directory)) {
            return all.filter(Files::isDirectory).toList().stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }
}
