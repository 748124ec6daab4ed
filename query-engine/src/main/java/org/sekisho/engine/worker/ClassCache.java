package org.sekisho.engine.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sekisho.engine.sandbox.Modes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the cache of loaded classes that lets a worker start in half the time, once, in the background. */
final class ClassCache {

    private static final Logger LOG = LoggerFactory.getLogger(ClassCache.class);
    private static final long SECONDS = 60;

    private ClassCache() {}

    /** Interrupt the thread to give it up. */
    static Thread prepare(Library library, Path home) {
        return Thread.ofVirtual().name("class-cache").start(() -> {
            if (!library.cached()) {
                train(library, home);
            }
        });
    }

    private static void train(Library library, Path home) {
        try {
            var work = Files.createTempDirectory(home.resolve("run"), "t");
            try {
                var cache = work.resolve(Library.CACHE);
                var process = new ProcessBuilder(command(library, work, cache))
                        .redirectErrorStream(true)
                        .redirectOutput(new File("/dev/null"))
                        .start();
                try {
                    process.waitFor(SECONDS, TimeUnit.SECONDS);
                } finally {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
                if (Files.isRegularFile(cache)) {
                    Modes.set(cache, "rw-r--r--");
                    Files.move(cache, library.directory().resolve(Library.CACHE), StandardCopyOption.ATOMIC_MOVE);
                }
            } finally {
                Modes.delete(work);
            }
        } catch (IOException e) {
            // The next start tries again.
            LOG.info("Workers start without a class cache: {}", e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> command(Library library, Path work, Path cache) {
        var at = library.directory().toString();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:AOTCacheOutput=" + cache,
                "-Djava.library.path=" + at,
                "-Djava.io.tmpdir=" + work));
        command.addAll(Worker.FLAGS);
        command.addAll(List.of("-cp", library.classPath(at), WorkerMain.class.getName(), "--train", work.toString()));
        return command;
    }
}
