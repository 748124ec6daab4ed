package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sekisho.engine.sandbox.SandboxStatus;

/** How a worker process is started and ended. */
sealed interface Isolation permits PlainProcess, Runc {

    /** Where a worker finds its library, its database and its socket. */
    record Places(String library, String database, String socket, String temporary) {}

    /** @param directory the worker's own directory below {@code HOME/run} */
    Places places(Path directory, Path database);

    /** Starts the JVM with these arguments, its standard input and output connected to us, its environment empty. */
    Started start(Path directory, Path database, List<String> java) throws IOException;

    SandboxStatus status();

    interface Started {
        Process process();

        /** Ends the process at once, with everything in it. */
        void kill();
    }
}
