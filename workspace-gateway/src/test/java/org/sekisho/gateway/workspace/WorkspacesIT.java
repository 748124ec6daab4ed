package org.sekisho.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real desktops in real sandboxes. */
class WorkspacesIT {
    @TempDir
    Path home;

    private @Nullable Site site;

    private Site site() {
        if (site == null) {
            var roots = Map.of("desktop", BuiltImages.named("desktop"), "guacd", BuiltImages.named("guacd"));
            site = new Site(home, OciSandboxes.in(home, null), roots, Site.SETTINGS);
            site.workspaces.resume();
        }
        return site;
    }

    @AfterEach
    void leavesNothing() {
        if (site != null) {
            site.close();
            assertThat(Leftovers.of(home)).isEmpty();
        }
    }

    @Test
    void aDesktopAnswersWithinASecondAndLeavesNothing() {
        var permit = site().grant("u-1", "u-2");
        for (int i = 0; i < 3; i++) {
            var began = System.nanoTime();
            var workspace = site().open("u-1", permit);
            site().waitFor(workspace.id(), WorkspaceState.RUNNING);
            System.out.println("running after " + (System.nanoTime() - began) / 1_000_000 + " ms");
            var desk = site().workspaces.desk(workspace.id()).orElseThrow();
            assertThat(Sockets.answers(desk.guacd(), "6.select,3.vnc;", "4.args,"))
                    .isTrue();
            began = System.nanoTime();
            site().workspaces.end(workspace.id(), "u-1", WorkspaceEnd.OWNER);
            System.out.println("ended after " + (System.nanoTime() - began) / 1_000_000 + " ms");
            assertThat(Leftovers.of(home)).isEmpty();
            assertThat(Leftovers.groups(workspace.id())).isEmpty();
        }
    }
}
