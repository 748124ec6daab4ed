package org.sekisho.gateway.workspace;

import org.sekisho.engine.catalog.Text;

/** The answer to somebody who wants a workspace. */
public sealed interface Opening {
    /** @param fresh false when it was open already */
    record Opened(Workspace workspace, boolean fresh) implements Opening {}

    record NotOpened(Reason reason, Text words) implements Opening {}

    enum Reason {
        /** The permit does not give it. */
        NOT_PERMITTED,
        /** This machine gives no sandbox, or there is no such image. */
        NO_SANDBOX,
        UNKNOWN_IMAGE,
        /** Another one of the same owner and project is locked, and would be seen in this one. */
        LOCKED,
        /** One ended while it was locked, and nothing has proved since that its owner is back. */
        HOME_LOCKED,
        /** As many run as this machine can bear. */
        FULL
    }
}
