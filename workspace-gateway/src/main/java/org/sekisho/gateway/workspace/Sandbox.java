package org.sekisho.gateway.workspace;

import java.time.Duration;
import java.util.OptionalInt;

/** A sandbox that was started. It lives on when the gateway is killed. */
public interface Sandbox {
    String id();

    /** Whether its first process runs. */
    boolean alive();

    /** The exit code of its command, 128 and the signal when one ended it; absent while it runs. */
    OptionalInt exit();

    /**
     * Waits for its end, at most so long, and for what comes after it: the runtime tidies up, and the last of its output
     * is written. The exit code; empty when it still runs or nobody was left to note its end.
     */
    OptionalInt await(Duration most);

    /** Ends everything in it and returns when no process, mount or control group is left. Again: does nothing. */
    void kill();
}
