package org.sekisho.gateway.workspace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One workspace as it stands.
 *
 * @param owner id of a user
 * @param since when it was asked for
 * @param seen when its owner last did something in it
 * @param permit version of the permit that it was opened under
 * @param locked since when it is locked; null when it is not
 * @param endedBy id or name of a person, or {@code sekisho}
 */
public record Workspace(
        String id,
        String project,
        String owner,
        String image,
        WorkspaceState state,
        Instant since,
        Instant seen,
        int permit,
        @Nullable Instant locked,
        @Nullable String endedBy,
        @Nullable WorkspaceEnd ending) {
    Workspace running() {
        return new Workspace(
                id, project, owner, image, WorkspaceState.RUNNING, since, seen, permit, null, endedBy, ending);
    }

    Workspace lockedAt(Instant now) {
        return new Workspace(
                id, project, owner, image, WorkspaceState.LOCKED, since, seen, permit, now, endedBy, ending);
    }

    Workspace seenAt(Instant now) {
        return new Workspace(id, project, owner, image, state, since, now, permit, locked, endedBy, ending);
    }

    Workspace ended(String by, WorkspaceEnd why) {
        return new Workspace(id, project, owner, image, WorkspaceState.ENDED, since, seen, permit, null, by, why);
    }
}
