package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sekisho.engine.sandbox.Container;
import org.sekisho.engine.sandbox.Container.Identities;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.sandbox.Seccomp;

/** The configuration of a sandbox. */
record SandboxBundle(SandboxSpec spec) {
    /** Parent of the control groups, with a slash at its end. */
    static final String GROUP = "/sekisho/";

    static final String HOME = "/home/visitor";
    static final int VISITOR = 1000;
    private static final long FILES = 8_192;
    private static final int PERIOD = 100_000;
    private static final int TERMINALS = 5;

    /** Waiting signals and timers: the kernel counts them for us too, and beyond our own limit we have none. */
    private static final long SIGNALS = 512;

    /** The machine has some three thousand for all. */
    private static final int MOST_TERMINALS = 128;

    void write(Path bundle) throws IOException {
        var root = Modes.root();
        var inHome = spec.mounts().stream().anyMatch(mount -> mount.at().equals(HOME));
        new Container(
                        spec.root().toString(),
                        "workspace",
                        spec.command(),
                        environment(),
                        inHome ? HOME : "/",
                        VISITOR,
                        root ? new Identities(0, spec.user(), Ranges.SIZE) : new Identities(VISITOR, Modes.user(), 1),
                        mounts(root),
                        Map.of(
                                "RLIMIT_NOFILE",
                                FILES,
                                "RLIMIT_MEMLOCK",
                                8L << 20,
                                "RLIMIT_MSGQUEUE",
                                0L,
                                "RLIMIT_SIGPENDING",
                                SIGNALS),
                        root ? GROUP + spec.id() : null,
                        resources(),
                        Seccomp.visitor())
                .write(bundle);
    }

    private List<String> environment() {
        var all = new TreeMap<>(Map.of(
                "PATH",
                "/usr/local/bin:/usr/bin:/bin",
                "HOME",
                HOME,
                "USER",
                "visitor",
                "LOGNAME",
                "visitor",
                "LANG",
                "C.UTF-8"));
        all.putAll(spec.environment());
        return all.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
    }

    private Map<String, Object> resources() {
        var bounds = spec.bounds();
        var memory = bounds.memoryBytes();
        return Map.of(
                "devices",
                List.of(Map.of("allow", false, "access", "rwm")),
                "memory",
                ControlGroup.limitsSwap() ? Map.of("limit", memory, "swap", memory) : Map.of("limit", memory),
                "cpu",
                Map.of("quota", (long) (bounds.cpus() * PERIOD), "period", PERIOD),
                "pids",
                Map.of("limit", bounds.tasks()));
    }

    private List<Map<String, Object>> mounts(boolean root) {
        var memory = spec.bounds().memoryBytes();
        var mounts = new ArrayList<Map<String, Object>>();
        mounts.add(Container.processes());
        mounts.add(Container.special("/dev", "tmpfs", "nosuid", "noexec", "mode=755", "size=64k"));
        var terminals = new ArrayList<>(
                List.of("nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "max=" + MOST_TERMINALS));
        if (root) {
            terminals.add("gid=" + TERMINALS);
        }
        mounts.add(Container.special("/dev/pts", "devpts", terminals.toArray(String[]::new)));
        mounts.add(inMemory("/dev/shm", memory / 4));
        mounts.add(inMemory("/tmp", memory / 4));
        mounts.add(Container.special("/run", "tmpfs", "nosuid", "nodev", "mode=755", "size=1m", "nr_inodes=512"));
        for (var place : places()) {
            mounts.add(Container.special(place, "tmpfs", "nosuid", "nodev", "noexec", "mode=755", "size=16k"));
        }
        for (var mount : spec.mounts()) {
            mounts.add(Container.bind(mount.source(), mount.at(), mount.writable()));
        }
        return mounts;
    }

    private static Map<String, Object> inMemory(String at, long bytes) {
        return Container.special(at, "tmpfs", "nosuid", "nodev", "mode=1777", "size=" + bytes, "nr_inodes=100k");
    }

    /** Directories of the image that get an empty file system in memory, because they have no place for a mount. */
    private Set<String> places() {
        var places = new java.util.TreeSet<String>();
        for (var mount : spec.mounts()) {
            var at = Path.of(mount.at());
            var inside = spec.mounts().stream()
                    .map(other -> Path.of(other.at()))
                    .anyMatch(other -> !other.equals(at) && at.startsWith(other));
            var covered = at.startsWith("/run") || at.startsWith("/tmp") || at.startsWith("/dev");
            if (!inside && !covered && !exists(at)) {
                var parent = at.getParent();
                while (parent != null && !exists(parent)) {
                    parent = parent.getParent();
                }
                if (parent == null || parent.getNameCount() == 0) {
                    throw new SandboxFailure("the image has no place for " + mount.at());
                }
                places.add(parent.toString());
            }
        }
        return places;
    }

    private boolean exists(Path at) {
        return Files.exists(spec.root().resolve(at.toString().substring(1)), LinkOption.NOFOLLOW_LINKS);
    }
}
