package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.sandbox.OciRuntime;

/** Finds out, once, which isolation this machine gives. */
final class Sandboxes {

    private Sandboxes() {}

    static Isolation choose(EngineSettings settings, Library library) throws IOException {
        var memory = settings.limits().memoryBytes() + Worker.OVERHEAD;
        if (settings.sandbox() == SandboxChoice.NONE) {
            return new PlainProcess(library.directory(), memory, "set so");
        }
        var runtime = runtime();
        if (runtime.isPresent()) {
            var runc = new Runc(runtime.get(), settings.home(), library.directory(), memory);
            runc.sweep();
            if (probe(runc, settings.home())) {
                return runc;
            }
        }
        var why = runtime.isPresent() ? "runc does not work here" : "runc is not installed";
        if (settings.sandbox() == SandboxChoice.REQUIRED) {
            throw new EngineException("sandbox", "a sandbox is required, and " + why);
        }
        return new PlainProcess(library.directory(), memory, why);
    }

    /** Whether this isolation still does what it did when it was chosen. */
    static boolean work(Isolation isolation, Path home) {
        try {
            return switch (isolation) {
                case Runc runc -> probe(runc, home);
                case PlainProcess plain -> Files.isDirectory(plain.library());
            };
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean probe(Runc runc, Path home) throws IOException {
        var name = "p" + Long.toHexString(ThreadLocalRandom.current().nextLong() >>> 16);
        var directory = Files.createDirectories(home.resolve("run").resolve(name));
        try {
            return Runc.works(runc, directory);
        } finally {
            Modes.delete(directory);
        }
    }

    /** Whether a runtime is installed; that does not say that it works. */
    static boolean present() {
        return runtime().isPresent();
    }

    private static Optional<Path> runtime() {
        return OciRuntime.installed();
    }
}
