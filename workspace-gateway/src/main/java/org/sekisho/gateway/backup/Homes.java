package org.sekisho.gateway.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The homes of one project, which are changed in place.
 *
 * @param folder where they lie on the disk
 * @param files what is copied of it, each with the path by which it may be mounted
 */
record Homes(Path folder, Map<Path, Path> files) {
    static final String NAME = "homes";

    /** Says where a home of this name lies on the disk. */
    interface Naming {
        Path of(String name) throws IOException;
    }

    /**
     * Those that are there now. Homes of jobs that run, and what is still being made, are not among them.
     *
     * @param seen the folder as the gateway sees it
     */
    static Homes in(Path folder, Path seen, Naming naming) throws IOException {
        var files = new HashMap<Path, Path>();
        for (var home : list(seen)) {
            files.put(naming.of(String.valueOf(home.getFileName())), home);
        }
        return new Homes(folder, files);
    }

    private static List<Path> list(Path seen) throws IOException {
        if (!Files.isDirectory(seen)) {
            return List.of();
        }
        try (var there = Files.list(seen)) {
            return there.filter(Homes::stays).toList();
        }
    }

    private static boolean stays(Path home) {
        var name = String.valueOf(home.getFileName());
        return !name.startsWith("fresh-") && !name.endsWith(".ext4.new");
    }

    /** Something directly in the folder that is not copied. */
    boolean leavesOut(Path place) {
        return folder.equals(place.getParent()) && !files.containsKey(place);
    }
}
