package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.sandbox.SandboxStatus;

/** A machine that gives none, and says why. */
record NoSandboxes(SandboxStatus status) implements Sandboxes {
    static Sandboxes because(String ja, String en) {
        return new NoSandboxes(new SandboxStatus(
                false, "none", new Text("デスクトップは使えません（" + ja + "）。", "There are no desktops here (" + en + ").")));
    }

    @Override
    public Sandbox start(SandboxSpec spec, Path standardOutput) {
        throw new SandboxFailure(status.words().en());
    }

    @Override
    public Optional<Sandbox> find(String id) {
        return Optional.empty();
    }

    @Override
    public Set<String> present() {
        return Set.of();
    }
}
