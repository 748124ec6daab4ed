package org.sekisho.engine.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of one container as the OCI runtime specification 1.0 has it. What is not said here a container does
 * not have: no capability, no new privileges, no network but its own loopback, a read-only root, no core dumps.
 *
 * @param root absolute, or relative to the bundle
 * @param user inside; also its group
 * @param identities where the user ids inside lie outside; null to have those of the machine
 * @param limits of one process, by name ({@code RLIMIT_NOFILE}); RLIMIT_CORE is 0
 * @param group path of the control group; null where we may make none
 * @param resources of the control group, in the words of the specification
 */
public record Container(
        String root,
        String name,
        List<String> command,
        List<String> environment,
        String directory,
        int user,
        @Nullable Identities identities,
        List<Map<String, Object>> mounts,
        Map<String, Long> limits,
        @Nullable String group,
        Map<String, Object> resources,
        Map<String, Object> seccomp) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> MASKED = List.of(
            "/proc/acpi",
            "/proc/asound",
            "/proc/config.gz",
            "/proc/interrupts",
            "/proc/kallsyms",
            "/proc/kcore",
            "/proc/key-users",
            "/proc/keys",
            "/proc/kmsg",
            "/proc/latency_stats",
            "/proc/pressure",
            "/proc/sched_debug",
            "/proc/schedstat",
            "/proc/scsi",
            "/proc/softirqs",
            "/proc/sysrq-trigger",
            "/proc/timer_list",
            "/proc/timer_stats");
    private static final List<String> READ_ONLY = List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys");

    /** {@code size} ids from {@code inside} on are {@code outside} and up on the machine. */
    public record Identities(int inside, int outside, int size) {}

    public void write(Path bundle) throws IOException {
        Files.createDirectories(bundle);
        var config = new LinkedHashMap<String, Object>();
        config.put("ociVersion", "1.0.2");
        config.put("root", Map.of("path", root, "readonly", true));
        config.put("hostname", name);
        config.put("mounts", mounts);
        config.put("process", process());
        config.put("linux", linux());
        JSON.writeValue(bundle.resolve("config.json").toFile(), config);
    }

    private Map<String, Object> process() {
        var none = List.of();
        var rlimits = new ArrayList<Map<String, Object>>();
        rlimits.add(limit("RLIMIT_CORE", 0));
        limits.forEach((type, value) -> rlimits.add(limit(type, value)));
        var process = new LinkedHashMap<String, Object>();
        process.put("terminal", false);
        process.put("user", Map.of("uid", user, "gid", user));
        process.put("args", command);
        process.put("env", environment);
        process.put("cwd", directory);
        process.put(
                "capabilities",
                Map.of("bounding", none, "effective", none, "inheritable", none, "permitted", none, "ambient", none));
        process.put("rlimits", rlimits);
        process.put("noNewPrivileges", true);
        process.put("oomScoreAdj", 500);
        return process;
    }

    private static Map<String, Object> limit(String type, long value) {
        return Map.of("type", type, "hard", value, "soft", value);
    }

    private Map<String, Object> linux() {
        var linux = new LinkedHashMap<String, Object>();
        var namespaces = new ArrayList<Map<String, Object>>();
        for (var type : List.of("pid", "network", "ipc", "uts", "mount", "cgroup")) {
            namespaces.add(Map.of("type", type));
        }
        if (identities != null) {
            namespaces.add(Map.of("type", "user"));
            var mapping = List.of(Map.of(
                    "containerID", identities.inside(), "hostID", identities.outside(), "size", identities.size()));
            linux.put("uidMappings", mapping);
            linux.put("gidMappings", mapping);
        }
        if (group != null) {
            linux.put("cgroupsPath", group);
            linux.put("resources", resources);
        }
        linux.put("namespaces", namespaces);
        linux.put("seccomp", seccomp);
        linux.put("maskedPaths", MASKED);
        linux.put("readonlyPaths", READ_ONLY);
        return linux;
    }

    /** The first mount of every container. */
    public static Map<String, Object> processes() {
        return Map.of(
                "destination",
                "/proc",
                "type",
                "proc",
                "source",
                "proc",
                "options",
                List.of("nosuid", "noexec", "nodev"));
    }

    public static Map<String, Object> special(String at, String type, String... options) {
        return Map.of("destination", at, "type", type, "source", type, "options", List.of(options));
    }

    /** Without devices and set-user-id programs. */
    public static Map<String, Object> bind(Path source, String at, boolean writable) {
        return Map.of(
                "destination",
                at,
                "type",
                "bind",
                "source",
                source.toString(),
                "options",
                List.of("bind", "private", "nosuid", "nodev", writable ? "rw" : "ro"));
    }
}
