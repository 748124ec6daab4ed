package org.sekisho.engine.worker;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.sekisho.engine.provision.Provision;

/** The engine of one gateway process: every worker, started when needed, stopped when idle. Safe for many threads. */
@SuppressWarnings("DoNotCallSuggester")
public final class Engine implements AutoCloseable {

    private final EngineSettings settings;

    /** @throws IllegalStateException when a sandbox is required and this machine has none that works */
    public Engine(EngineSettings settings) {
        this.settings = settings;
    }

    /**
     * Runs one statement over the provision and writes {@code result.arrow} (an Arrow IPC stream, fsynced) into
     * {@code directory}, which exists. Blocks until there is an answer; call from a virtual or a platform thread.
     */
    public QueryAnswer run(
            Provision provision, String sql, Path directory, Cancellation cancellation, Consumer<Progress> progress) {
        throw new UnsupportedOperationException("run " + settings);
    }

    /**
     * After an {@link QueryAnswer.Answered} into the same directory: writes {@code statement.json} and, when known,
     * {@code contributions.arrow}. Never fails for the shape of a statement: what is not understood is unknown.
     */
    public Statement contributions(Provision provision, String sql, Path directory, Cancellation cancellation) {
        throw new UnsupportedOperationException("contributions");
    }

    /** The isolation in force, found out once at the start. */
    public SandboxStatus sandbox() {
        throw new UnsupportedOperationException("sandbox");
    }

    /** Stops every worker; statements that run answer {@code worker-crashed}. */
    @Override
    public void close() {}
}
