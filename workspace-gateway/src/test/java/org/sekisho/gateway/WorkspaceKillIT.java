package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.http.Visitor;
import org.sekisho.gateway.workspace.BuiltImages;
import org.sekisho.gateway.workspace.Leftovers;

/** A real gateway that is killed with SIGKILL while a desktop runs, and then stopped in order. */
class WorkspaceKillIT {
    @TempDir
    Path home;

    private @Nullable Process gateway;
    private int port;

    @AfterEach
    void stop() throws Exception {
        if (gateway != null) {
            gateway.destroyForcibly().waitFor();
        }
    }

    @Test
    void aKilledGatewayLeavesDesktopsAliveAndAStoppedOneLeavesNothing() throws Exception {
        BuiltImages.named("desktop");
        BuiltImages.named("guacd");
        start();
        var researcher = Visitor.signedIn(port, "researcher");
        var opened = researcher.post("/api/projects/stroke-care/workspaces", "{\"image\":\"desktop\"}");
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        var id = Visitor.json(opened).path("id").asText();
        waitUntilRunning(researcher, id);
        var first = Files.readString(home.resolve("run/s/" + id + "-d/pid"));

        Objects.requireNonNull(gateway).destroyForcibly().waitFor();
        assertThat(ProcessHandle.of(Long.parseLong(first.strip()))).isPresent();

        start();
        var again = Visitor.signedIn(port, "researcher");
        assertThat(Visitor.json(again.get("/api/workspaces/" + id))
                        .path("state")
                        .asText())
                .isEqualTo("running");
        assertThat(Files.readString(home.resolve("run/s/" + id + "-d/pid"))).isEqualTo(first);

        Objects.requireNonNull(gateway).destroy();
        assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
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

    private void start() throws Exception {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "org.sekisho.gateway.Main",
                "--home",
                home.toString(),
                "--port",
                "0",
                "--ops-port",
                "0",
                "--images",
                Path.of("../images").toAbsolutePath().normalize().toString()));
        var process = new ProcessBuilder(command)
                .redirectError(home.resolveSibling("workspace-kill.log").toFile())
                .redirectOutput(Redirect.PIPE)
                .start();
        gateway = process;
        var lines = process.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("Sekisho serves on")) {
                port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                return;
            }
        }
        throw new IllegalStateException("the gateway did not start: " + process.waitFor());
    }
}
