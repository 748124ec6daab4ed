package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.project.Permit;

/** The workspaces of this gateway, from the wish for one to its end. */
public final class Workspaces implements AutoCloseable {
    /** Answers at once; the workspace then starts by itself. The one that is open already is answered again. */
    public Opening open(String person, Permit permit, String image) {
        return new Opening.NotOpened(
                Opening.Reason.NO_SANDBOX, new Text("作業環境はまだありません。", "There are no workspaces yet."));
    }

    public Optional<Workspace> find(String id) {
        return Optional.empty();
    }

    /** Those that have not ended, newest first. */
    public List<Workspace> live() {
        return List.of();
    }

    /** Absent unless the workspace runs, is not locked, and the owner is still a member under a permit in force. */
    public Optional<Desk> desk(String id) {
        return Optional.empty();
    }

    /** What a starting workspace waits for. */
    public Optional<Progress> progress(String id) {
        return Optional.empty();
    }

    /** The owner did something. Cheap: call it for every input. */
    public void seen(String id) {}

    /** @return whether it ran */
    public boolean lock(String id, String by) {
        return false;
    }

    /** @return whether it was locked */
    public boolean unlock(String id, String by) {
        return false;
    }

    /** Returns when nothing of it is left; the second time does nothing. */
    public void end(String id, String by, WorkspaceEnd ending) {}

    /** Where the home of a live workspace is mounted. */
    public Optional<Home> home(String id) {
        return Optional.empty();
    }

    /** A directory that the sandbox sees read-only as {@code /run/sekisho}: sockets made in it can be reached inside. */
    public Optional<Path> doorway(String id) {
        return Optional.empty();
    }

    /** Called after every change of state, one at a time, on a thread of ours; also for each adopted workspace. */
    public void onChange(Consumer<Workspace> listener) {}

    @Override
    public void close() {}
}
