package org.sekisho.engine.worker;

/** Whether a worker may run without isolation by the operating system. */
public enum SandboxChoice {
    /** No sandbox, no worker: the engine refuses to start. The setting for real data. */
    REQUIRED,
    /** A sandbox where the machine has one, else a plain process; {@link org.sekisho.engine.sandbox.SandboxStatus} says which. */
    PREFERRED,
    /** A plain process. */
    NONE
}
