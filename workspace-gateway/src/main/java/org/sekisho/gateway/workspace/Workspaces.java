package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sekisho.gateway.project.Permit;

/** The workspaces of this gateway, from the wish for one to its end. */
public final class Workspaces implements AutoCloseable {
    /** Answers at once; the workspace then starts by itself. The one that is open already is answered again. */
    public Opening open(String person, Permit permit, String image) {
        throw new UnsupportedOperationException();
    }

    public Optional<Workspace> find(String id) {
        throw new UnsupportedOperationException();
    }

    /** Those that have not ended, newest first. */
    public List<Workspace> live() {
        throw new UnsupportedOperationException();
    }

    /** Absent unless the workspace runs, is not locked, and the owner is still a member under a permit in force. */
    public Optional<Desk> desk(String id) {
        throw new UnsupportedOperationException();
    }

    /** What a starting workspace waits for. */
    public Optional<Progress> progress(String id) {
        throw new UnsupportedOperationException();
    }

    /** The owner did something. Cheap: call it for every input. */
    public void seen(String id) {
        throw new UnsupportedOperationException();
    }

    /** @return whether it ran */
    public boolean lock(String id, String by) {
        throw new UnsupportedOperationException();
    }

    /** @return whether it was locked */
    public boolean unlock(String id, String by) {
        throw new UnsupportedOperationException();
    }

    /** Returns when nothing of it is left; the second time does nothing. */
    public void end(String id, String by, WorkspaceEnd ending) {
        throw new UnsupportedOperationException();
    }

    /** Where the home of a live workspace is mounted. */
    public Optional<Home> home(String id) {
        throw new UnsupportedOperationException();
    }

    /** A directory that the sandbox sees read-only as {@code /run/sekisho}: sockets made in it can be reached inside. */
    public Optional<Path> doorway(String id) {
        throw new UnsupportedOperationException();
    }

    /** Called after every change of state, one at a time, on a thread of ours; also for each adopted workspace. */
    public void onChange(Consumer<Workspace> listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
