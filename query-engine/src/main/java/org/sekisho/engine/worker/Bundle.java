package org.sekisho.engine.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The configuration of one container as the OCI runtime specification 1.0 has it. The root is an empty read-only
 * directory; everything in it is a mount.
 */
record Bundle(Path directory, Path library, Path database, Path sockets, long memoryBytes) {

    private static final int TASKS = 256;
    private static final long TEMPORARY_MEBIBYTES = 16;

    void write(List<String> command) throws IOException {
        Files.createDirectories(directory.resolve("rootfs"));
        var root = Modes.root();
        var config = new LinkedHashMap<String, Object>();
        config.put("ociVersion", "1.0.2");
        config.put("root", Map.of("path", "rootfs", "readonly", true));
        config.put("hostname", "worker");
        config.put("mounts", mounts());
        config.put("process", process(command, root ? Runc.USER : Modes.user(), root ? Runc.USER : Modes.group()));
        config.put("linux", linux(root));
        Wire.JSON.writeValue(directory.resolve("config.json").toFile(), config);
    }

    private Map<String, Object> process(List<String> command, int user, int group) {
        var none = List.of();
        return Map.of(
                "terminal",
                false,
                "user",
                Map.of("uid", user, "gid", group),
                "args",
                command,
                "env",
                List.of("PATH=/usr/bin:/bin", "LANG=C.UTF-8"),
                "cwd",
                "/",
                "capabilities",
                Map.of("bounding", none, "effective", none, "inheritable", none, "permitted", none, "ambient", none),
                "rlimits",
                List.of(
                        limit("RLIMIT_DATA", memoryBytes + Worker.ADDRESSES),
                        limit("RLIMIT_CORE", 0),
                        limit("RLIMIT_NOFILE", 256)),
                "noNewPrivileges",
                true);
    }

    private static Map<String, Object> limit(String type, long value) {
        return Map.of("type", type, "hard", value, "soft", value);
    }

    private Map<String, Object> linux(boolean root) throws IOException {
        var linux = new LinkedHashMap<String, Object>();
        var namespaces = new ArrayList<Map<String, Object>>();
        for (var type : List.of("pid", "network", "ipc", "uts", "mount", "cgroup")) {
            namespaces.add(Map.of("type", type));
        }
        if (root) {
            linux.put("cgroupsPath", "/sekisho/" + directory.getFileName());
            linux.put(
                    "resources",
                    Map.of(
                            "devices", List.of(Map.of("allow", false, "access", "rwm")),
                            "memory", Map.of("limit", memoryBytes, "swap", memoryBytes),
                            "pids", Map.of("limit", TASKS)));
        } else {
            namespaces.add(Map.of("type", "user"));
            linux.put("uidMappings", List.of(Map.of("containerID", Modes.user(), "hostID", Modes.user(), "size", 1)));
            linux.put("gidMappings", List.of(Map.of("containerID", Modes.group(), "hostID", Modes.group(), "size", 1)));
        }
        linux.put("namespaces", namespaces);
        linux.put("seccomp", seccomp());
        linux.put(
                "maskedPaths",
                List.of(
                        "/proc/acpi",
                        "/proc/kcore",
                        "/proc/keys",
                        "/proc/latency_stats",
                        "/proc/timer_list",
                        "/proc/timer_stats",
                        "/proc/sched_debug",
                        "/proc/scsi",
                        "/proc/sysrq-trigger"));
        linux.put("readonlyPaths", List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys"));
        return linux;
    }

    private static ObjectNode seccomp() throws IOException {
        try (InputStream resource = Objects.requireNonNull(Bundle.class.getResourceAsStream("seccomp.json"))) {
            return (ObjectNode) Wire.JSON.readTree(resource);
        }
    }

    private List<Map<String, Object>> mounts() throws IOException {
        var mounts = new ArrayList<Map<String, Object>>();
        mounts.add(Map.of("destination", "/proc", "type", "proc", "source", "proc"));
        mounts.add(special("/dev", "tmpfs", "nosuid", "noexec", "mode=755", "size=64k"));
        mounts.add(special("/tmp", "tmpfs", "nosuid", "nodev", "mode=1777", "size=" + TEMPORARY_MEBIBYTES + "m"));
        for (var system : List.of("/usr", "/lib", "/lib64")) {
            if (Files.isDirectory(Path.of(system))) {
                mounts.add(readOnly(Path.of(system).toRealPath(), system));
            }
        }
        var java = Path.of(System.getProperty("java.home")).toRealPath();
        if (!java.startsWith("/usr")) {
            mounts.add(readOnly(java, java.toString()));
        }
        mounts.add(readOnly(library, Runc.LIBRARY));
        mounts.add(readOnly(database.toAbsolutePath().resolveSibling(""), Runc.DATA));
        mounts.add(bind(sockets, Runc.SOCKETS, "rw"));
        return mounts;
    }

    private static Map<String, Object> special(String at, String type, String... options) {
        return Map.of("destination", at, "type", type, "source", type, "options", List.of(options));
    }

    private static Map<String, Object> readOnly(Path source, String at) {
        return bind(source, at, "ro");
    }

    private static Map<String, Object> bind(Path source, String at, String access) {
        return Map.of(
                "destination",
                at,
                "type",
                "bind",
                "source",
                source.toString(),
                "options",
                List.of("bind", "private", "nosuid", "nodev", access));
    }
}
