package org.sekisho.gateway.workspace;

import java.util.OptionalInt;

/** A sandbox that was started. It lives on when the gateway is killed. */
public interface Sandbox {
    String id();

    /** Whether its first process runs. */
    boolean alive();

    /** The exit code of its command, 128 and the signal when one ended it; absent while it runs. */
    OptionalInt exit();

    /** Ends everything in it and returns when no process, mount or control group is left. Again: does nothing. */
    void kill();
}
