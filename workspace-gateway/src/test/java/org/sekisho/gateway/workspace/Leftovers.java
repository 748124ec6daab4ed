package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a workspace could leave behind on the machine: each thing in words. */
public final class Leftovers {
    private Leftovers() {}

    /** Of a gateway's home: processes, mounts, loop devices, control groups, directories of sandboxes. */
    public static List<String> of(Path home) {
        var found = new ArrayList<String>();
        var place = home.toAbsolutePath().toString();
        var roots = ReachableRoots.place(home).toString();
        lines("/proc/self/mountinfo")
                .filter(line -> line.contains(place) || line.contains(roots))
                .forEach(line -> found.add("mount " + line));
        list(Path.of("/sys/block"))
                .map(block -> block.resolve("loop/backing_file"))
                .filter(Files::exists)
                .flatMap(file -> lines(file.toString()))
                .filter(file -> file.contains(place))
                .forEach(file -> found.add("loop device of " + file));
        ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> lines("/proc/" + process.pid() + "/cmdline")
                        .anyMatch(line -> line.contains(place) && line.contains("runc")))
                .forEach(process -> found.add("process " + process.pid()));
        ProcessHandle.allProcesses()
                .filter(process -> user(process) >= Ranges.ofHome(0))
                .filter(process -> lines("/proc/" + process.pid() + "/cgroup")
                        .anyMatch(line -> list(home.resolve("run/s")).anyMatch(id -> line.endsWith("" + id))))
                .forEach(process -> found.add("process of a sandbox " + process.pid()));
        for (var directory : List.of("run/s", "run/w", "run/oci")) {
            list(home.resolve(directory)).forEach(left -> found.add("directory " + left));
        }
        return found;
    }

    /** Control groups of these sandboxes. */
    static List<Path> groups(String prefix) {
        return Stream.concat(Stream.of(Path.of("/sys/fs/cgroup")), list(Path.of("/sys/fs/cgroup")))
                .flatMap(hierarchy -> list(hierarchy.resolve("sekisho")))
                .filter(group -> String.valueOf(group.getFileName()).startsWith(prefix))
                .toList();
    }

    private static int user(ProcessHandle process) {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/" + process.pid()), "unix:uid");
        } catch (IOException gone) {
            return -1;
        }
    }

    private static Stream<String> lines(String file) {
        try {
            return new String(Files.readAllBytes(Path.of(file)), java.nio.charset.StandardCharsets.UTF_8)
                    .lines().toList().stream();
        } catch (IOException gone) {
            return Stream.empty();
        }
    }

    private static Stream<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Stream.empty();
        }
        try (var all = Files.list(directory)) {
            return all.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
