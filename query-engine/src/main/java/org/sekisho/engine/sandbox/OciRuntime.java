package org.sekisho.engine.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that runs containers as the OCI runtime specification says: {@code runc} or another.
 *
 * @param states directory of its own for what it remembers
 */
public record OciRuntime(Path program, Path states) {
    private static final long SECONDS = 10;

    /** The {@code runc} of this machine; that it is installed does not say that it works. */
    public static Optional<Path> installed() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Stream.of(path.split(":")), Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, "runc"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The call with these arguments, and nothing of our environment but what a runtime needs. */
    public List<String> call(List<String> arguments) {
        var call = new ArrayList<>(List.of(program.toString(), "--root", states.toString()));
        call.addAll(arguments);
        return call;
    }

    public static ProcessBuilder bare(List<String> command) {
        var builder = new ProcessBuilder(command);
        var path = builder.environment().get("PATH");
        var runtimeDirectory = builder.environment().get("XDG_RUNTIME_DIR");
        builder.environment().clear();
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        if (runtimeDirectory != null) {
            builder.environment().put("XDG_RUNTIME_DIR", runtimeDirectory);
        }
        return builder;
    }

    /** Ends a container and forgets it, whatever state it is in; does nothing when there is none. */
    public void delete(String container) {
        try {
            bare(call(List.of("delete", "--force", container)))
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start()
                    .waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The containers that it remembers. */
    public Set<String> containers() {
        if (!Files.isDirectory(states)) {
            return Set.of();
        }
        try (var left = Files.list(states)) {
            var names = new TreeSet<String>();
            left.forEach(state -> names.add(String.valueOf(state.getFileName())));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
