package org.sekisho.gateway.ingress;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.sekisho.gateway.workspace.Bounds;
import org.sekisho.gateway.workspace.Images;
import org.sekisho.gateway.workspace.Mount;
import org.sekisho.gateway.workspace.Ranges;
import org.sekisho.gateway.workspace.Sandbox;
import org.sekisho.gateway.workspace.SandboxFailure;
import org.sekisho.gateway.workspace.SandboxSpec;
import org.sekisho.gateway.workspace.Sandboxes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code R CMD INSTALL} in a sandbox of its own: no network, no data, no home. It sees the package and what the project
 * has of R, both read-only, writes to memory, and hands the result out through its standard output, which is bounded.
 */
public final class SandboxedSourceBuild implements SourceBuild {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxedSourceBuild.class);
    private static final String IMAGE = "notebook";
    private static final Bounds BOUNDS = new Bounds(2L << 30, 1, 256);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String INSTALL = "mkdir /tmp/library && cd /tmp/library"
            + " && R CMD INSTALL --no-multiarch --no-test-load --no-docs -l /tmp/library /tmp/source.tar.gz"
            + " >/dev/null 2>&1 && exec tar -cz --owner=0 --group=0 -- *";

    private final Sandboxes sandboxes;
    private final Images images;
    private final Ranges ranges;

    public SandboxedSourceBuild(Sandboxes sandboxes, Images images, Ranges ranges) {
        this.sandboxes = sandboxes;
        this.images = images;
        this.ranges = ranges;
    }

    @Override
    public boolean isAvailable() {
        return sandboxes.status().isolated() && images.root(IMAGE).isPresent();
    }

    @Override
    public boolean build(String id, Path source, Path library, Path into) {
        var name = "r-" + id;
        sandboxes.find(name).ifPresent(Sandbox::kill);
        var user = ranges.lend();
        try {
            var sandbox = sandboxes.start(spec(name, source, library, user), into);
            try {
                return sandbox.await(PATIENCE).orElse(-1) == 0;
            } finally {
                sandbox.kill();
            }
        } catch (SandboxFailure failed) {
            LOG.error("no sandbox for {}", id, failed);
            return false;
        } finally {
            ranges.giveBack(user);
        }
    }

    private SandboxSpec spec(String name, Path source, Path library, int user) {
        return new SandboxSpec(
                name,
                images.root(IMAGE).orElseThrow(() -> new SandboxFailure("the image is gone")),
                List.of("/bin/sh", "-c", "cp /opt/source.tar.gz /tmp/source.tar.gz && " + INSTALL),
                Map.of("R_LIBS", "/opt/project/R", "TMPDIR", "/tmp", "HOME", "/tmp"),
                List.of(Mount.readOnly(source, "/opt/source.tar.gz"), Mount.readOnly(library, "/opt/project/R")),
                BOUNDS,
                user);
    }
}
