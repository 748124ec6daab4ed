package org.sekisho.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.provision.ProjectFolders;

/** Case 72: whoever takes too much of something harms nobody else. */
class BombsIT {
    private static final int USER = Ranges.ofHome(2_801);

    @TempDir
    Path home;

    private Sandboxes sandboxes = new FakeSandboxes(spec -> {});
    private Path root = Path.of("");

    @BeforeEach
    void open() {
        root = BuiltImages.any();
        sandboxes = OciSandboxes.in(home, null);
    }

    @AfterEach
    void leavesNothing() throws InterruptedException {
        sandboxes.present().forEach(id -> sandboxes.find(id).ifPresent(Sandbox::kill));
        sandboxes.close();
        // a process that was killed may take a moment to go
        for (int i = 0; i < 100 && !Leftovers.of(home).isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(Leftovers.of(home)).isEmpty();
    }

    private List<String> said(Sandbox sandbox, Path output) throws IOException {
        assertThat(sandbox.await(Duration.ofMinutes(1))).isPresent();
        sandbox.kill();
        return Files.readAllLines(output);
    }

    private Sandbox start(String id, Path output, int user, List<Mount> mounts, String perl) {
        return sandboxes.start(
                new SandboxSpec(
                        id, root, List.of("perl", "-e", perl), Map.of(), mounts, new Bounds(128L << 20, 0.5, 64), user),
                output);
    }

    /** Beside every bomb: a neighbour that has to get its work done. */
    private List<String> beside(String bomb, List<Mount> mounts) throws IOException {
        var neighbour = start(
                "neighbour",
                home.resolve("neighbour.out"),
                USER + Ranges.SIZE,
                List.of(),
                "$|=1; sleep 2; my $p = fork() // die; if (!$p) { exit 0 } waitpid $p, 0; my $m = 'x' x 20_000_000;"
                        + " open(F, '>', '/tmp/f') or die; print F $m; close F or die; print qq(well\\n)");
        var bombed = start("bomb", home.resolve("bomb.out"), USER, mounts, bomb);
        var said = said(bombed, home.resolve("bomb.out"));
        assertThat(said(neighbour, home.resolve("neighbour.out"))).containsExactly("well");
        return said;
    }

    @Tag("abuse-72")
    @Test
    @DisplayName("72 a fork bomb ends at the limit of tasks")
    void forks() throws IOException {
        var said = beside(
                "$|=1; my $n = 0; while (1) { my $p = fork(); last unless defined $p; if (!$p) { sleep 3; exit }"
                        + " last if ++$n > 500 } print qq($n\\n); kill 9, -1;",
                List.of());
        assertThat(Integer.parseInt(said.getFirst())).isBetween(20, 64);
    }

    @Tag("abuse-72")
    @Test
    @DisplayName("72 memory beyond the limit ends the sandbox alone")
    void memory() throws IOException {
        var said = beside("$|=1; print qq(begun\\n); my @a; push @a, 'x' x 1_000_000 while 1;", List.of());
        assertThat(said).containsExactly("begun");
    }

    @Test
    @DisplayName("72 files in memory count as memory and have a limit")
    void temporaryFiles() throws IOException {
        var said = beside(
                "$|=1; open(F, '>', '/tmp/f'); my $m = 'x' x 1_000_000; my $n = 0; while (syswrite(F, $m)) { last if"
                        + " ++$n > 500 } print qq($n\\n)",
                List.of());
        assertThat(Integer.parseInt(said.getFirst())).isLessThanOrEqualTo(40);
    }

    @Test
    @DisplayName("72 a home that is full, of bytes or of inodes, is full alone")
    void disk() throws IOException {
        var homes = new Homes(home, ProjectFolders.in(home));
        var own = homes.fresh("p", "bomb", USER, 64L << 20);
        var other = homes.fresh("p", "other", USER + Ranges.SIZE, 64L << 20);
        var full = beside(
                "$|=1; chdir '/home/visitor'; my $i = 0; while (open(F, '>', qq(outputs/$i))) { last if ++$i > 200000 }"
                        + " print qq($i $!\\n); unlink glob('outputs/*'); open(F, '>', 'big'); my $m = 'x' x 1_000_000;"
                        + " my $n = 0; while (syswrite(F, $m)) { last if ++$n > 500 } print qq($n $!\\n)",
                List.of(Mount.writable(own.path(), "/home/visitor")));
        assertThat(full).hasSize(2).allMatch(line -> line.contains("No space left"));
        Files.writeString(other.path().resolve("mine"), "x".repeat(10_000_000));
        homes.discard("p", "bomb");
        homes.discard("p", "other");
    }

    private int count(String perl) throws IOException {
        return Integer.parseInt(beside(perl, List.of()).getFirst());
    }

    @Test
    @DisplayName("72 terminals, of which the machine has some thousands, have a limit in each sandbox")
    void terminals() throws IOException {
        assertThat(count("$|=1; my @t; while (open(my $f, '+<', '/dev/ptmx')) { push @t, $f; last if @t > 4000 }"
                        + " print scalar(@t), qq(\\n)"))
                .isBetween(16, 128);
    }

    @Test
    @DisplayName("72 signals that wait, which the kernel counts for the gateway too, have a limit in each sandbox")
    void signals() throws IOException {
        assertThat(count("$|=1; use POSIX; POSIX::sigprocmask(SIG_BLOCK, POSIX::SigSet->new(40)); my $n = 0;"
                        + " my $info = pack('i3 x4 i2 x104', 40, 0, -1, $$, 1000);"
                        + " while (syscall(129, $$, 40, $info) == 0) { last if ++$n > 90000 } print qq($n\\n)"))
                .isBetween(16, 512);
    }

    @Test
    @DisplayName("72 there is no inotify, of which the kernel counts all to the gateway's own hundred")
    void watches() throws IOException {
        assertThat(count("$|=1; my $n = 0; $n++ while $n < 200 && syscall(294, 0) >= 0; print qq($n\\n)"))
                .isZero();
    }

    @Test
    @DisplayName("72 buffers of sockets have a limit, also where they count as no memory")
    void sockets() throws IOException {
        var sent = count("$|=1; use Socket; my $m = 'x' x 1_000_000; my ($n, @s) = (0);"
                + " socket(my $l, PF_INET, SOCK_STREAM, 0); setsockopt($l, SOL_SOCKET, SO_RCVBUF, 6_000_000);"
                + " bind($l, sockaddr_in(0, INADDR_LOOPBACK)); listen($l, 500);"
                + " for (1..400) { socket(my $c, PF_INET, SOCK_STREAM, 0); connect($c, getsockname($l)); accept(my $a, $l);"
                + " $c->blocking(0); while (my $w = syswrite($c, $m)) { $n += $w } push @s, $c, $a }"
                + " print int($n / 1_000_000), qq(\\n)");
        assertThat(sent).isLessThan(120);
    }

    @Test
    @DisplayName("72 endless output is dropped after 32 MiB")
    void output() throws IOException {
        var output = home.resolve("endless");
        var sandbox = start("endless", output, USER, List.of(), "print 'x' x 1_000_000 for 1..100");
        var ignored = new ArrayList<>(said(sandbox, output));
        assertThat(Files.size(output)).isBetween(1L, 33L << 20);
    }

    @Tag("abuse-73")
    @Test
    @DisplayName("73 a daemon does not survive its sandbox")
    void daemon() throws IOException {
        var output = home.resolve("daemon");
        var sandbox = start(
                "daemon",
                output,
                USER,
                List.of(),
                "use POSIX; $|=1; if (!fork) { POSIX::setsid(); if (!fork) { $0='survivor'; sleep 600 } exit }"
                        + " sleep 1; print qq(ended\\n)");
        assertThat(said(sandbox, output)).containsExactly("ended");
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.pid())
                        .filter(pid -> Files.exists(Path.of("/proc/" + pid + "/cgroup")))
                        .filter(pid -> {
                            try {
                                return Files.readString(Path.of("/proc/" + pid + "/cgroup"))
                                        .contains("/sekisho/daemon\n");
                            } catch (IOException gone) {
                                return false;
                            }
                        }))
                .isEmpty();
    }
}
