package org.sekisho.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.provision.ProjectFolders;

/** The doors out of a sandbox, tried by a program inside each image; the cases by their numbers. */
class AbuseCasesIT {
    private static final Map<Integer, String> CASES = new TreeMap<>(Map.ofEntries(
            Map.entry(58, "TCP, UDP, ICMP out, IPv4 and IPv6"),
            Map.entry(59, "DNS, DoH, mDNS"),
            Map.entry(60, "addresses of cloud metadata"),
            Map.entry(61, "loopback of the machine and the ports of the gateway"),
            Map.entry(62, "VSOCK, PACKET, NETLINK, ALG and other families"),
            Map.entry(63, "abstract and path UNIX sockets"),
            Map.entry(64, "processes, shared memory, /tmp and files of others"),
            Map.entry(65, "nested user namespaces, mount, setns, ptrace"),
            Map.entry(66, "io_uring, bpf, keyctl, userfaultfd, perf"),
            Map.entry(67, "release_agent, core_pattern, sysrq"),
            Map.entry(68, "container sockets, /dev/kvm, /dev/fuse, block devices"),
            Map.entry(69, "set-user-id, capabilities, no_new_privs"),
            Map.entry(70, "inherited descriptors and secrets of the environment"),
            Map.entry(71, "TIOCSTI"),
            Map.entry(74, "a package proxy as a covert channel")));

    /** Doors that are open to root on any Linux: where the probe finds them closed outside too, it proves nothing. */
    private static final List<String> OPEN_OUTSIDE = List.of(
            "58 icmp-raw",
            "61 loopback",
            "62 packet",
            "62 netlink",
            "63 path",
            "63 abstract",
            "64 process",
            "64 processes",
            "64 file",
            "64 temporary",
            "64 shared-memory",
            "65 unshare-user",
            "65 unshare-mount",
            "65 clone-user",
            "65 mount",
            "65 setns",
            "65 ptrace",
            "65 chroot",
            "66 bpf",
            "66 keyctl",
            "66 add_key",
            "66 perf",
            "67 core_pattern",
            "67 sysctl",
            "68 disks",
            "69 root",
            "69 capabilities",
            "69 new-privileges",
            "69 seccomp",
            "70 descriptors",
            "70 environment",
            "71 tiocsetd");

    private static final Path PROBE = Path.of("src/test/resources/probe.pl").toAbsolutePath();

    @TempDir
    Path home;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
        assertThat(Leftovers.of(home)).isEmpty();
    }

    /** What the probe is told of the machine: each really there. */
    private List<String> targets() throws IOException {
        var port = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        open.add(port);
        var path = Files.createTempDirectory("s").resolve("k");
        var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(path));
        open.add(socket);
        var name = "sekisho-" + System.nanoTime();
        var holder = new ProcessBuilder(
                        "perl",
                        "-MSocket",
                        "-e",
                        "socket(S,1,1,0); bind(S,pack('S',1).qq(\\0).shift) or die; listen(S,9); sleep 600",
                        name)
                .start();
        open.add(holder::destroyForcibly);
        var file = Files.createTempFile("sekisho", "probe");
        var shared = Path.of("/dev/shm").resolve(Objects.requireNonNull(file.getFileName()));
        Files.createFile(shared);
        open.add(() -> Files.delete(shared));
        open.add(() -> Files.delete(file));
        OciSandbox.pause(300);
        return List.of("" + port.getLocalPort(), path.toString(), name, "" + holder.pid(), file.toString());
    }

    private List<String> inside(String image, Path root) throws IOException {
        var sandboxes = OciSandboxes.in(home, null);
        open.add(sandboxes);
        assertThat(sandboxes.status().isolated()).isTrue();
        var homes = new Homes(home, ProjectFolders.in(home));
        var own = homes.fresh("p", "probe", Ranges.ofHome(2_800), 64L << 20);
        var command = new ArrayList<>(List.of("perl", "/run/probe/probe.pl"));
        command.addAll(targets());
        var output = home.resolve("said");
        var sandbox = sandboxes.start(
                new SandboxSpec(
                        "probe-" + image,
                        root,
                        command,
                        Map.of(),
                        List.of(
                                Mount.writable(own.path(), "/home/visitor"),
                                Mount.readOnly(Objects.requireNonNull(PROBE.getParent()), "/run/probe")),
                        new Bounds(512L << 20, 1, 256),
                        own.user()),
                output);
        sandbox.await(Duration.ofMinutes(1));
        sandbox.kill();
        homes.discard("p", "probe");
        return Files.readAllLines(output);
    }

    @TestFactory
    Stream<DynamicTest> everyDoorIsClosed() throws IOException {
        var tests = new ArrayList<DynamicTest>();
        for (var image : BuiltImages.all().entrySet()) {
            var said = inside(image.getKey(), image.getValue());
            CASES.forEach((number, words) ->
                    tests.add(dynamicTest("%d %s [%s]".formatted(number, words, image.getKey()), () -> {
                        var doors = said.stream()
                                .filter(line -> line.startsWith(number + " "))
                                .toList();
                        assertThat(doors).isNotEmpty().noneMatch(line -> line.matches("\\d+ \\S+ open.*"));
                    })));
        }
        return tests.stream();
    }

    /** The positive control: outside, as root, the same program finds the doors open. */
    @Test
    void theSameProgramFindsTheDoorsOpenOutside() throws Exception {
        BuiltImages.all();
        var command = new ArrayList<>(List.of("perl", PROBE.toString()));
        command.addAll(targets());
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var open = said.lines()
                .filter(line -> line.matches("\\d+ \\S+ open.*"))
                .map(line -> line.replaceAll(" open.*", ""))
                .collect(Collectors.toSet());
        assertThat(open).containsAll(OPEN_OUTSIDE);
    }

    @Tag("abuse-75")
    @Test
    void timingBetweenProjectsIsDocumented() throws IOException {
        assertThat(Files.readString(Path.of("RATIONALE.md"))).contains("timing between projects");
    }
}
