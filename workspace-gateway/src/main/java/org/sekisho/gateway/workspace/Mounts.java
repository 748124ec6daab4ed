package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What the kernel has mounted. */
final class Mounts {
    private static final Pattern MOUNTED = Pattern.compile("^\\S+ \\S+ \\S+ \\S+ (\\S+) ");

    private Mounts() {}

    /** Every mount below a directory. */
    static List<Path> below(Path directory) {
        try {
            return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .map(MOUNTED::matcher)
                    .filter(java.util.regex.Matcher::find)
                    .map(found -> Path.of(found.group(1).replace("\\040", " ")))
                    .filter(at -> at.startsWith(directory))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
