package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.sandbox.OciRuntime;

/** One container, known by the files in its bundle alone: whoever started it need not be us. */
final class OciSandbox implements Sandbox {
    /** File with the number of the first process. */
    static final String FIRST = "pid";

    /** File with the exit code, written when the runtime has cleaned up. */
    private static final String EXIT = "exit";

    private static final Duration TO_END = Duration.ofSeconds(10);
    private static final Duration FOR_THE_RUNTIME = Duration.ofSeconds(2);

    private final String id;
    private final Path bundle;
    private final OciRuntime runtime;

    OciSandbox(String id, Path bundle, OciRuntime runtime) {
        this.id = id;
        this.bundle = bundle;
        this.runtime = runtime;
    }

    @Override
    public String id() {
        return id;
    }

    boolean hasBegun() {
        return number().isPresent();
    }

    @Override
    public boolean alive() {
        return first().isPresent();
    }

    @Override
    public OptionalInt exit() {
        try {
            return OptionalInt.of(
                    Integer.parseInt(Files.readString(bundle.resolve(EXIT)).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public OptionalInt await(Duration most) {
        waitFor(most, () -> exit().isPresent() || !alive());
        if (!alive()) {
            waitFor(TO_END, () -> exit().isPresent());
        }
        return exit();
    }

    /** The first process dies, with it its whole namespace; the runtime sees that and cleans up. We check. */
    @Override
    public synchronized void kill() {
        if (!Files.isDirectory(bundle)) {
            return;
        }
        first().ifPresent(ProcessHandle::destroyForcibly);
        waitFor(FOR_THE_RUNTIME, () -> exit().isPresent());
        if (runtime.containers().contains(id)) {
            runtime.delete(id);
        }
        var group = new ControlGroup(SandboxBundle.GROUP + id);
        if (!waitFor(TO_END, () -> !alive() && group.remove())) {
            throw new SandboxFailure("the sandbox " + id + " does not end");
        }
        try {
            Modes.delete(bundle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Long> number() {
        try {
            return Optional.of(
                    Long.parseLong(Files.readString(bundle.resolve(FIRST)).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A number is given to others once its process has ended: its control group says whether it is ours. */
    private Optional<ProcessHandle> first() {
        return number().filter(this::isOurs).flatMap(ProcessHandle::of);
    }

    private boolean isOurs(long process) {
        try {
            var stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            var state = stat.charAt(stat.lastIndexOf(')') + 2);
            var groups = Files.readString(Path.of("/proc/" + process + "/cgroup"));
            var ours = Modes.root() ? groups.contains(SandboxBundle.GROUP + id + "\n") : exit().isEmpty();
            return ours && state != 'Z' && state != 'X';
        } catch (IOException gone) {
            return false;
        }
    }

    private static boolean waitFor(Duration most, java.util.function.BooleanSupplier condition) {
        var until = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            pause(3);
        }
        return true;
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxFailure("interrupted", e);
        }
    }
}
