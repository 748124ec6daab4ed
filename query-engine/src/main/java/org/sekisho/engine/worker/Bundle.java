package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sekisho.engine.sandbox.Container;
import org.sekisho.engine.sandbox.Container.Identities;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.sandbox.Seccomp;

/** The container of a worker. Its root is an empty read-only directory; everything in it is a mount. */
record Bundle(Path directory, Path library, Path database, Path sockets, long memoryBytes) {

    private static final int TASKS = 256;
    private static final long TEMPORARY_MEBIBYTES = 16;

    void write(List<String> command) throws IOException {
        Files.createDirectories(directory.resolve("rootfs"));
        var root = Modes.root();
        var user = root ? Runc.USER : Modes.user();
        new Container(
                        "rootfs",
                        "worker",
                        command,
                        List.of("PATH=/usr/bin:/bin", "LANG=C.UTF-8"),
                        "/",
                        user,
                        root ? null : new Identities(user, user, 1),
                        mounts(),
                        Map.of("RLIMIT_DATA", memoryBytes + Worker.ADDRESSES, "RLIMIT_NOFILE", 256L),
                        root ? "/sekisho/" + directory.getFileName() : null,
                        Map.of(
                                "devices", List.of(Map.of("allow", false, "access", "rwm")),
                                "memory", Map.of("limit", memoryBytes, "swap", memoryBytes),
                                "pids", Map.of("limit", TASKS)),
                        Seccomp.worker())
                .write(directory);
    }

    private List<Map<String, Object>> mounts() throws IOException {
        var mounts = new ArrayList<Map<String, Object>>();
        mounts.add(Container.processes());
        mounts.add(Container.special("/dev", "tmpfs", "nosuid", "noexec", "mode=755", "size=64k"));
        mounts.add(Container.special(
                "/tmp", "tmpfs", "nosuid", "nodev", "mode=1777", "size=" + TEMPORARY_MEBIBYTES + "m"));
        for (var system : List.of("/usr", "/lib", "/lib64")) {
            if (Files.isDirectory(Path.of(system))) {
                mounts.add(Container.bind(Path.of(system).toRealPath(), system, false));
            }
        }
        var java = Path.of(System.getProperty("java.home")).toRealPath();
        if (!java.startsWith("/usr")) {
            mounts.add(Container.bind(java, java.toString(), false));
        }
        mounts.add(Container.bind(library, Runc.LIBRARY, false));
        mounts.add(Container.bind(database.toAbsolutePath().resolveSibling(""), Runc.DATA, false));
        mounts.add(Container.bind(sockets, Runc.SOCKETS, true));
        return mounts;
    }
}
