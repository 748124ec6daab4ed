package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.http.Visitor;
import org.sekisho.gateway.workspace.BuiltImages;
import org.sekisho.gateway.workspace.Leftovers;

/** A real gateway that is killed with SIGKILL while a desktop runs, and then stopped in order. */
class WorkspaceKillIT {
    @TempDir
    Path home;

    @RegisterExtension
    final GatewayProcesses gateways = new GatewayProcesses();

    private GatewayProcess start() throws Exception {
        return gateways.start(
                home,
                "--images",
                Path.of("../images").toAbsolutePath().normalize().toString());
    }

    @Test
    void aKilledGatewayLeavesDesktopsAliveAndAStoppedOneLeavesNothing() throws Exception {
        BuiltImages.named("desktop");
        BuiltImages.named("guacd");
        var gateway = start();
        var researcher = Visitor.signedIn(gateway.port(), "researcher");
        var opened = researcher.post("/api/projects/stroke-care/workspaces", "{\"image\":\"desktop\"}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        var id = Visitor.json(opened).path("id").asText();
        waitUntilRunning(researcher, id);
        var first = Files.readString(home.resolve("run/s/" + id + "-d/pid"));

        gateway.kill();
        assertThat(ProcessHandle.of(Long.parseLong(first.strip()))).isPresent();

        var next = start();
        var again = Visitor.signedIn(next.port(), "researcher");
        assertThat(Visitor.json(again.get("/api/workspaces/" + id))
                        .path("state")
                        .asText())
                .isEqualTo("running");
        assertThat(Files.readString(home.resolve("run/s/" + id + "-d/pid"))).isEqualTo(first);

        next.stop();
        assertThat(ProcessHandle.of(Long.parseLong(first.strip()))).isEmpty();
        assertThat(Leftovers.of(home)).isEmpty();
    }

    private static void waitUntilRunning(Visitor researcher, String id) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            var now = Visitor.json(researcher.get("/api/workspaces/" + id));
            if (now.path("state").asText().equals("running")) {
                return;
            }
            assertThat(now.path("state").asText()).as(now.toString()).isEqualTo("starting");
            Thread.sleep(50);
        }
        throw new AssertionError("the desktop does not run");
    }
}
