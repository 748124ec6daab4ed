package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.sandbox.OciRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sandbox with every wall of ours around {@code true}, over an empty root with the system's own libraries. */
record Trial(OciRuntime runtime, Path bundles) {
    private static final Logger LOG = LoggerFactory.getLogger(Trial.class);
    private static final String ID = "trial";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int USER = Ranges.ofHome(Ranges.HOMES - 1);

    boolean works() {
        try {
            var root = Files.createTempDirectory("sekisho");
            try {
                if (Modes.root()) {
                    Modes.own(root, USER, USER);
                }
                Modes.set(root, "rwxr-xr-x");
                return ends(root);
            } finally {
                Modes.delete(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean ends(Path root) throws IOException {
        new OciSandbox(ID, bundles.resolve(ID), runtime).kill();
        try {
            var sandbox = OciSandboxes.start(spec(root), Path.of("/dev/null"), runtime, bundles);
            var code = sandbox.await(PATIENCE);
            sandbox.kill();
            return code.isPresent() && code.getAsInt() == 0;
        } catch (SandboxFailure failure) {
            LOG.warn("no sandbox can be had", failure);
            return false;
        }
    }

    private static SandboxSpec spec(Path root) throws IOException {
        var mounts = new ArrayList<Mount>();
        for (var system : List.of("/usr", "/lib", "/lib64")) {
            if (Files.isDirectory(Path.of(system))) {
                Files.createDirectory(root.resolve(system.substring(1)));
                mounts.add(Mount.readOnly(Path.of(system).toRealPath(), system));
            }
        }
        for (var place : List.of("proc", "dev", "tmp", "run")) {
            Files.createDirectory(root.resolve(place));
        }
        return new SandboxSpec(
                ID, root, List.of("/usr/bin/true"), Map.of(), mounts, new Bounds(64L << 20, 1, 64), USER);
    }
}
