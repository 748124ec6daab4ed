package org.sekisho.gateway.audit;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The classes that a jar for another host has, and no others. */
final class StandaloneClasses {
    private StandaloneClasses() {}

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static void copy(Path to, String... packages) throws IOException, URISyntaxException {
        var all = Path.of(FileAuditLog.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        for (var name : packages) {
            var from = all.resolve("org/sekisho/gateway/audit").resolve(name);
            var target = Files.createDirectories(
                    to.resolve("org/sekisho/gateway/audit").resolve(name));
            try (var files = Files.list(from)) {
                for (var file : files.toList()) {
                    var copy = target.resolve(file.getFileName().toString());
                    if (Files.notExists(copy)) {
                        Files.copy(file, copy);
                    }
                }
            }
        }
    }
}
