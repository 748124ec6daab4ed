package org.sekisho.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.sandbox.Modes;

class OciSandboxesIT {
    private static final int USER = Ranges.ofHome(2_900);

    @TempDir
    Path home;

    private Sandboxes sandboxes = new FakeSandboxes(spec -> {});
    private Path root = Path.of("");

    @BeforeEach
    void open() {
        root = BuiltImages.any();
        sandboxes = OciSandboxes.in(home, null);
        assertThat(sandboxes.status().isolated())
                .as(sandboxes.status().words().en())
                .isTrue();
    }

    @AfterEach
    void leavesNothing() {
        sandboxes.present().forEach(id -> sandboxes.find(id).ifPresent(Sandbox::kill));
        sandboxes.close();
        assertThat(Leftovers.of(home)).isEmpty();
    }

    private Sandbox start(String id, Path output, String... command) {
        var bounds = new Bounds(256L << 20, 1, 64);
        return sandboxes.start(new SandboxSpec(id, root, List.of(command), Map.of(), List.of(), bounds, USER), output);
    }

    @Test
    void keepsOutputAndExitCodeOfACommandThatEnds() throws IOException {
        var output = home.resolve("out");
        var began = System.nanoTime();
        var sandbox = start("t-out", output, "sh", "-c", "echo hello; echo hidden >&2; exit 7");
        System.out.println("started in " + (System.nanoTime() - began) / 1_000_000 + " ms");
        assertThat(sandbox.await(Duration.ofSeconds(10))).hasValue(7);
        assertThat(sandbox.alive()).isFalse();
        assertThat(Files.readString(output)).isEqualTo("hello\n");
    }

    @Test
    void isFoundAgainByTheNextGatewayAndKilled() {
        start("t-long", Path.of("/dev/null"), "sleep", "1000");
        var later = OciSandboxes.in(home, null);
        assertThat(later.present()).containsExactly("t-long");
        var found = later.find("t-long").orElseThrow();
        assertThat(found.alive()).isTrue();
        found.kill();
        found.kill();
        assertThat(found.alive()).isFalse();
        assertThat(later.present()).isEmpty();
    }

    @Test
    void saysWhyACommandCannotBeStarted() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> start("t-no", Path.of("/dev/null"), "/no/such/program"))
                .isInstanceOf(SandboxFailure.class)
                .hasMessageContaining("no such file");
        assertThat(sandboxes.present()).isEmpty();
    }

    /** A root in our home, which nobody but us may enter, with the libraries of this machine and one file. */
    private Path closedRoot(String words) throws IOException {
        var closed = home.resolve("closed");
        for (var place : List.of("usr", "lib", "lib64", "proc", "dev", "tmp", "run")) {
            Files.createDirectories(closed.resolve(place));
        }
        Files.writeString(closed.resolve("words"), words);
        return closed;
    }

    private Sandbox startClosed(String id, Path output, String script) {
        var system = List.of(
                Mount.readOnly(Path.of("/usr"), "/usr"),
                Mount.readOnly(Path.of("/usr/lib"), "/lib"),
                Mount.readOnly(Path.of("/usr/lib64"), "/lib64"));
        var command = List.of("/usr/bin/sh", "-c", script);
        var bounds = new Bounds(256L << 20, 1, 64);
        return sandboxes.start(
                new SandboxSpec(id, home.resolve("closed"), command, Map.of(), system, bounds, USER), output);
    }

    private String says(String id) throws IOException {
        var output = home.resolve(id);
        var sandbox = startClosed(id, output, "cat /words; echo >/words || echo closed");
        assertThat(sandbox.await(Duration.ofSeconds(10))).hasValue(0);
        return Files.readString(output);
    }

    @Test
    void startsFromARootInAFolderThatIsClosedToOthersAndSeesANewOneInItsPlace() throws IOException {
        var first = closedRoot("first ");
        assertThat(says("t-first")).isEqualTo("first closed\n");
        assertThat(says("t-again")).isEqualTo("first closed\n");
        Modes.delete(first);
        closedRoot("second ");
        assertThat(says("t-second")).isEqualTo("second closed\n");
        assertThat(Mounts.below(ReachableRoots.place(home))).hasSize(1);
    }

    @Test
    void goesOnInARootThatIsNoLongerShown() throws IOException {
        closedRoot("still here");
        var output = home.resolve("still");
        var sandbox = startClosed("t-still", output, "sleep 1; cat /words");
        sandboxes.close();
        assertThat(Mounts.below(ReachableRoots.place(home))).isEmpty();
        assertThat(sandbox.await(Duration.ofSeconds(10))).hasValue(0);
        assertThat(output).hasContent("still here");
    }

    @Test
    void clearsWhatAKilledGatewayShowedEvenWhereNoSandboxCanBeHadAnyMore() throws IOException {
        for (var broken : List.of("/usr/bin/false", "/no/such/runtime")) {
            closedRoot("left");
            says("t-left" + broken.length());
            assertThat(Mounts.below(ReachableRoots.place(home))).hasSize(1);
            var later = OciSandboxes.in(home, Path.of(broken));
            assertThat(later.status().isolated()).isFalse();
            assertThat(Mounts.below(ReachableRoots.place(home))).isEmpty();
        }
    }
}
