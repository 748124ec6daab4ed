package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is mounted on this machine. */
final class Mounts {
    private static final Pattern MOUNTED = Pattern.compile("^\\S+ \\S+ \\S+ \\S+ (\\S+) ");
    private static final int PATIENCE = 40;

    private Mounts() {}

    /** Places at or below a directory where something is mounted. */
    static List<Path> below(Path directory) {
        try {
            return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .map(MOUNTED::matcher)
                    .filter(Matcher::find)
                    .map(found -> Path.of(found.group(1).replace("\\040", " ")))
                    .filter(at -> at.startsWith(directory))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Returns when nothing is mounted there any more; whoever still has a file open there keeps it a little. */
    static void remove(Path at) {
        for (int i = 0; below(at).contains(at); i++) {
            if (i < PATIENCE && Programs.works("umount", at.toString())) {
                continue;
            }
            if (i >= PATIENCE) {
                Programs.run("umount", "--lazy", at.toString());
            }
            OciSandbox.pause(25);
        }
    }
}
