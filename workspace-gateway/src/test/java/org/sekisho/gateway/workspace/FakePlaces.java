package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.gateway.visit.Places;

/** Workspaces that are nothing but a folder. */
public final class FakePlaces implements Places {
    private final Map<String, Workspace> workspaces = new ConcurrentHashMap<>();
    private final Map<String, Path> homes = new ConcurrentHashMap<>();

    public void add(String id, String project, String owner, Path home) {
        workspaces.put(
                id,
                new Workspace(
                        id,
                        project,
                        owner,
                        "desktop",
                        WorkspaceState.RUNNING,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        1,
                        null,
                        null,
                        null));
        homes.put(id, home);
    }

    @Override
    public Optional<Workspace> find(String id) {
        return Optional.ofNullable(workspaces.get(id));
    }

    @Override
    public Optional<Path> home(String id) {
        return Optional.ofNullable(homes.get(id));
    }
}
