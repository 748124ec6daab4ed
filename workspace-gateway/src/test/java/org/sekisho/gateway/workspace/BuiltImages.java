package org.sekisho.gateway.workspace;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.sandbox.OciRuntime;

/**
 * The images that were built on this machine, for tests of real sandboxes. Where there are none, or no runtime, a test is
 * skipped, loudly; with {@code SEKISHO_REQUIRE_SANDBOX=1} it fails.
 */
public final class BuiltImages {
    private BuiltImages() {}

    /** The newest root of each image, by name. */
    public static Map<String, Path> all() {
        need(OciRuntime.installed().isPresent(), "runc is not installed");
        try {
            need(Modes.root(), "the tests do not run as root");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var found = new TreeMap<String, Path>();
        for (var directory : list(cache())) {
            var name = String.valueOf(directory.getFileName()).replaceAll("-[0-9a-f]{12}$", "");
            if (Files.isRegularFile(directory.resolve("image.json"))) {
                found.put(name, directory.resolve("rootfs"));
            }
        }
        need(!found.isEmpty(), "no image is built: ./sekisho images build");
        return found;
    }

    public static Path named(String name) {
        var found = all();
        need(found.containsKey(name), "the image " + name + " is not built: ./sekisho images build " + name);
        return Optional.ofNullable(found.get(name)).orElseThrow();
    }

    static Path any() {
        return all().values().iterator().next();
    }

    private static void need(boolean given, String otherwise) {
        if (given) {
            return;
        }
        if ("1".equals(System.getenv("SEKISHO_REQUIRE_SANDBOX"))) {
            throw new AssertionError("a sandbox is required here, and " + otherwise);
        }
        System.err.println("SKIPPED, LOUDLY: " + otherwise);
        abort(otherwise);
    }

    private static Path cache() {
        var given = System.getenv("SEKISHO_IMAGES");
        return Path.of(given == null || given.isEmpty() ? "/var/cache/sekisho/images" : given);
    }

    /** By age: the newest last. */
    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var all = Files.list(directory)) {
            return all.sorted(Comparator.comparingLong(path -> path.toFile().lastModified()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
