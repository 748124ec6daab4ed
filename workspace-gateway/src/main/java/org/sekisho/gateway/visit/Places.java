package org.sekisho.gateway.visit;

import java.nio.file.Path;
import java.util.Optional;
import org.sekisho.gateway.workspace.Home;
import org.sekisho.gateway.workspace.Workspace;
import org.sekisho.gateway.workspace.Workspaces;

/** Where visitors work, as far as files are taken from there. */
public interface Places {
    Optional<Workspace> find(String id);

    /** The home of a live workspace, in the hands of its visitor. */
    Optional<Path> home(String id);

    static Places of(Workspaces workspaces) {
        return new Places() {
            @Override
            public Optional<Workspace> find(String id) {
                return workspaces.find(id);
            }

            @Override
            public Optional<Path> home(String id) {
                return workspaces.home(id).map(Home::path);
            }
        };
    }

    static Places none() {
        return new Places() {
            @Override
            public Optional<Workspace> find(String id) {
                return Optional.empty();
            }

            @Override
            public Optional<Path> home(String id) {
                return Optional.empty();
            }
        };
    }
}
