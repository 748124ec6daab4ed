package org.sekisho.gateway.workspace;

/** A sandbox did not start or did not end. The message is for the operator: it may name paths of this machine. */
public final class SandboxFailure extends RuntimeException {
    public SandboxFailure(String message) {
        super(message);
    }

    public SandboxFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
