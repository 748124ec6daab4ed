package org.sekisho.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A master key in a folder of its own, and the configuration that names it. */
final class RestKey {
    private RestKey() {}

    static List<String> in(Path folder, char digit) throws IOException {
        Needed.that(Files.exists(Path.of("/dev/fuse")), "/dev/fuse");
        Needed.program(Path.of("/usr/bin/gocryptfs"), "gocryptfs");
        var key = Files.writeString(
                folder.resolve("master-" + digit), String.valueOf(digit).repeat(64));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        var config = Files.writeString(folder.resolve("config-" + digit + ".yaml"), "rest: {key-file: " + key + "}\n");
        return List.of("--config", config.toString());
    }
}
