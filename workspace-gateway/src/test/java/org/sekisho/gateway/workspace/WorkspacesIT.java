package org.sekisho.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real desktops in real sandboxes: how they start, and what happens when something of them is killed. */
class WorkspacesIT {
    private static final WorkspaceSettings OUTLIVING =
            new WorkspaceSettings(Site.SETTINGS.lockAfter(), Site.SETTINGS.endAfter(), Site.SETTINGS.most(), true);

    @TempDir
    Path home;

    private @Nullable Site site;

    private Site site() {
        return site == null ? site(Site.SETTINGS) : site;
    }

    private Site site(WorkspaceSettings settings) {
        var roots = Map.of("desktop", BuiltImages.named("desktop"), "guacd", BuiltImages.named("guacd"));
        var made = new Site(home, OciSandboxes.in(home, null), roots, settings);
        made.workspaces.resume();
        site = made;
        return made;
    }

    @AfterEach
    void leavesNothing() {
        if (site != null) {
            site.close();
            assertThat(Leftovers.of(home)).isEmpty();
        }
    }

    private Workspace running(Site at, String person) {
        var permit = at.projects.permit(Site.PROJECT).orElseGet(() -> at.grant("u-1", "u-2", "u-3"));
        return at.waitFor(at.open(person, permit).id(), WorkspaceState.RUNNING);
    }

    private boolean answers(Workspace workspace) {
        return site().workspaces
                .desk(workspace.id())
                .filter(desk -> Sockets.answers(desk.guacd(), "6.select,3.vnc;", "4.args,"))
                .isPresent();
    }

    private static void eventually(BooleanSupplier condition) {
        for (int i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
            OciSandbox.pause(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Processes of the machine that run in this sandbox and whose program has this name. */
    private static List<ProcessHandle> processes(String sandbox, String name) {
        return ProcessHandle.allProcesses()
                .filter(process -> read("/proc/" + process.pid() + "/cgroup").contains("/sekisho/" + sandbox + "\n"))
                .filter(process ->
                        read("/proc/" + process.pid() + "/comm").strip().equals(name))
                .toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException gone) {
            return "";
        }
    }

    private WorkspaceEnd ending(Workspace workspace) {
        var ending = site().workspaces.find(workspace.id()).orElseThrow().ending();
        return ending == null ? WorkspaceEnd.GATEWAY : ending;
    }

    private boolean ended(Workspace workspace) {
        return site().workspaces.find(workspace.id()).orElseThrow().state() == WorkspaceState.ENDED;
    }

    @Test
    void answersSoonAndLeavesNothing() {
        for (int i = 0; i < 3; i++) {
            var began = System.nanoTime();
            var workspace = running(site(), "u-1");
            System.out.println("running after " + (System.nanoTime() - began) / 1_000_000 + " ms");
            assertThat(answers(workspace)).isTrue();
            site().workspaces.end(workspace.id(), "u-1", WorkspaceEnd.OWNER);
            assertThat(Leftovers.of(home)).isEmpty();
            assertThat(Leftovers.groups(workspace.id())).isEmpty();
        }
        assertThat(site().acts().stream()
                        .filter(act -> act.startsWith("workspace."))
                        .limit(6))
                .containsExactly(
                        "workspace.open INTENT",
                        "workspace.open OUTCOME",
                        "workspace.run INTENT",
                        "workspace.run OUTCOME",
                        "workspace.end INTENT",
                        "workspace.end OUTCOME");
    }

    @Test
    void itsProgramsSpeakTheLanguageOfWhoOpenedIt() {
        var workspace = running(site(), "u-1");
        var terminal = new AtomicReference<List<ProcessHandle>>(List.of());
        eventually(() -> {
            terminal.set(processes(workspace.id() + "-d", "xterm"));
            return !terminal.get().isEmpty();
        });
        assertThat(read("/proc/" + terminal.get().getFirst().pid() + "/environ").split("\0"))
                .contains("LANG=ja_JP.UTF-8");
    }

    @Tag("abuse-85")
    @Test
    void fromTheDesktopGuacdIsNotReachedButFromItsOwnSandboxItIs() throws Exception {
        var workspace = running(site(), "u-1");
        assertThat(connects(within(workspace.id() + "-d", "Xvnc"))).isEqualTo("refused\n/run/desk/vnc.sock\n");
        assertThat(connects(within(workspace.id() + "-g0", "guacd"))).startsWith("reached\n");
    }

    private static long within(String sandbox, String program) {
        return processes(sandbox, program).getFirst().pid();
    }

    /** Whether guacd answers on its port there, and which sockets have a path below /run that guacd or the desk made. */
    private static String connects(long process) throws Exception {
        var tried = """
                use Socket; socket(my $s, PF_INET, SOCK_STREAM, 0);
                print connect($s, sockaddr_in(4822, inet_aton("127.0.0.1"))) ? "reached\n" : "refused\n";
                print map { "$_\n" } grep { -S $_ } glob("/run/desk/* /run/guacd/*");
                """;
        var inside = new ProcessBuilder("nsenter", "-t", "" + process, "-m", "-n", "-r", "perl", "-e", tried)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(inside.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Case 72: what the two sandboxes share lies on no disk of ours. */
    @Test
    @Tag("abuse-72")
    void theFolderOfTheDeskHoldsLittleAndIsGoneAfterwards() throws Exception {
        var workspace = running(site(), "u-1");
        for (var place : Map.of("-d", "/run/desk", "-g0", "/run/guacd").entrySet()) {
            var program = place.getKey().equals("-d") ? "Xvnc" : "guacd";
            var filled = new ProcessBuilder(
                            "nsenter",
                            "-t",
                            "" + within(workspace.id() + place.getKey(), program),
                            "-m",
                            "-r",
                            "perl",
                            "-e",
                            "open(F, '>', $ARGV[0]); my $n = 0; while (syswrite(F, 'x' x 65536)) { last if ++$n > 100 }"
                                    + " print qq($n $!)",
                            place.getValue() + "/much")
                    .start();
            assertThat(new String(filled.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as(place.getValue())
                    .endsWith("No space left on device");
        }
        site().workspaces.end(workspace.id(), "u-1", WorkspaceEnd.OWNER);
        assertThat(Leftovers.of(home)).isEmpty();
    }

    @Test
    void guacdKilledIsReplacedAndTheDeskLivesOn() {
        var workspace = running(site(), "u-1");
        var before = site().workspaces.desk(workspace.id()).orElseThrow().guacd();
        processes(workspace.id() + "-g0", "guacd").forEach(ProcessHandle::destroyForcibly);
        eventually(() -> answers(workspace)
                && !site().workspaces.desk(workspace.id()).orElseThrow().guacd().equals(before));
        assertThat(site().sandboxes.present()).containsExactlyInAnyOrder(workspace.id() + "-d", workspace.id() + "-g1");
    }

    @Test
    void xvncKilledEndsTheWorkspace() {
        var workspace = running(site(), "u-1");
        var servers = processes(workspace.id() + "-d", "Xvnc");
        assertThat(servers).isNotEmpty();
        servers.forEach(ProcessHandle::destroyForcibly);
        eventually(() -> ended(workspace));
        assertThat(ending(workspace)).isEqualTo(WorkspaceEnd.BROKEN);
        eventually(() -> Leftovers.of(home).isEmpty());
    }

    @Test
    void firstProcessOfTheSandboxKilledEndsTheWorkspace() throws IOException {
        var workspace = running(site(), "u-1");
        var first = Long.parseLong(Files.readString(home.resolve("run/s/" + workspace.id() + "-d/pid"))
                .strip());
        ProcessHandle.of(first).orElseThrow().destroyForcibly();
        eventually(() -> ended(workspace));
        assertThat(ending(workspace)).isEqualTo(WorkspaceEnd.BROKEN);
        eventually(() -> Leftovers.of(home).isEmpty());
    }

    /** Case 73: a daemon that has left its session does not survive the workspace. */
    @Tag("abuse-73")
    @Test
    void noDaemonSurvivesTheWorkspace() {
        var workspace = running(site(), "u-1");
        assertThat(processes(workspace.id() + "-d", "Xvnc")).hasSize(1);
        site().workspaces.end(workspace.id(), "u-1", WorkspaceEnd.OWNER);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                read("/proc/" + process.pid() + "/cgroup").contains(workspace.id())))
                .isEmpty();
    }

    @Test
    void severalDesktopsLiveOnWhileTheGatewayIsRestarted() {
        var first = site(OUTLIVING);
        var all = new ArrayList<Workspace>();
        for (var person : List.of("u-1", "u-2", "u-3")) {
            all.add(running(first, person));
        }
        var pids = all.stream()
                .map(each -> processes(each.id() + "-d", "Xvnc").getFirst().pid())
                .toList();
        first.close();
        var next = site(Site.SETTINGS);
        assertThat(next.changes).hasSize(3);
        for (var workspace : all) {
            eventually(() -> answers(workspace));
        }
        assertThat(all.stream()
                        .map(each ->
                                processes(each.id() + "-d", "Xvnc").getFirst().pid()))
                .containsExactlyElementsOf(pids);
    }

    @Test
    void theHomeOutlivesTheWorkspace() throws IOException {
        var workspace = running(site(), "u-1");
        var at = site().workspaces.home(workspace.id()).orElseThrow().path();
        Files.writeString(at.resolve("kept"), "here");
        site().workspaces.end(workspace.id(), "u-1", WorkspaceEnd.OWNER);
        var again = running(site(), "u-1");
        assertThat(Files.readString(
                        site().workspaces.home(again.id()).orElseThrow().path().resolve("kept")))
                .isEqualTo("here");
    }
}
