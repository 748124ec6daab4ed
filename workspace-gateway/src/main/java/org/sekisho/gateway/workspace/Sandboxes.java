package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.sekisho.engine.sandbox.SandboxStatus;

/** Starts sandboxes, and finds those that an earlier gateway started. */
public interface Sandboxes extends AutoCloseable {
    /**
     * Returns when the command runs, not when it is ready.
     *
     * @param standardOutput file that receives at most 32 MiB of it, or {@code /dev/null}; standard error is dropped
     * @throws SandboxFailure when it cannot be started, or where {@link #status} says that there are none
     */
    Sandbox start(SandboxSpec spec, Path standardOutput);

    /** One that was started and has not been killed or ended and swept; it may be dead already. */
    Optional<Sandbox> find(String id);

    /** The ids that {@link #find} knows. */
    Set<String> present();

    /** Whether sandboxes can be had here; if not, why. */
    SandboxStatus status();

    /** Starts no more; those that run go on. */
    @Override
    default void close() {}
}
