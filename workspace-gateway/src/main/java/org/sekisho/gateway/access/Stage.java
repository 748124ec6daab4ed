package org.sekisho.gateway.access;

/** Where the asked thing stands: an output, a job, an application or a session; {@link #NONE} for anything else. */
public enum Stage {
    NONE,
    /** A job: queued, running, ended. */
    QUEUED,
    RUNNING,
    ENDED,
    /** A workspace: starting, running, locked, ended. */
    STARTING,
    LOCKED,
    /** An output. */
    CHECKING,
    HELD,
    RELEASED,
    RETURNED,
    REFUSED,
    WITHDRAWN,
    /** An input; refused and withdrawn as an output. */
    UPLOADING,
    SCANNING,
    WAITING,
    DELIVERED,
    /** An application, or a change of an account. */
    SUBMITTED,
    DECIDED
}
