package org.sekisho.gateway.desktop;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.workspace.Desk;
import org.sekisho.gateway.workspace.Workspace;
import org.sekisho.gateway.workspace.WorkspaceEnd;
import org.sekisho.gateway.workspace.Workspaces;

/** Seats in front of the real workspaces. */
public final class WorkspaceSeats implements Seats {
    private final Workspaces workspaces;

    public WorkspaceSeats(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    @Override
    public Optional<Seat> seat(String workspace) {
        return workspaces.find(workspace).map(found -> switch (found.state()) {
            case STARTING -> closed(found, Ending.STARTING);
            case LOCKED -> closed(found, Ending.LOCKED);
            case ENDED -> closed(found, ending(found.ending()));
            case RUNNING ->
                workspaces.desk(workspace).map(WorkspaceSeats::open).orElseGet(() -> closed(found, Ending.EXPIRED));
        });
    }

    @Override
    public void seen(String workspace) {
        workspaces.seen(workspace);
    }

    @Override
    public void lockIdle(String workspace) {
        workspaces.lockIdle(workspace);
    }

    private static Seat open(Desk desk) {
        var workspace = desk.workspace();
        return new Seat(
                workspace.id(),
                workspace.project(),
                workspace.owner(),
                null,
                desk.guacd(),
                desk.guacd().resolveSibling("vnc.sock"),
                desk.clipboardIn(),
                desk.recorded(),
                desk.expires());
    }

    private static Seat closed(Workspace workspace, Ending why) {
        return new Seat(
                workspace.id(), workspace.project(), workspace.owner(), why, null, null, false, false, Instant.MAX);
    }

    private static Ending ending(@Nullable WorkspaceEnd why) {
        if (why == null) {
            return Ending.BROKEN;
        }
        return switch (why) {
            case OWNER -> Ending.OWNER;
            case SECURITY -> Ending.SECURITY;
            case EXPIRED -> Ending.EXPIRED;
            case CLOSED -> Ending.CLOSED;
            case REMOVED -> Ending.REMOVED;
            case IDLE -> Ending.OWNER;
            case BROKEN -> Ending.BROKEN;
            case GATEWAY -> Ending.GATEWAY;
        };
    }
}
