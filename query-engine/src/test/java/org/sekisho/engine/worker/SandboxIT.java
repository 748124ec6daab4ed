package org.sekisho.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.sandbox.Modes;

/** What a process in a worker's place can reach, tried with shell programs in the very container of a worker. */
class SandboxIT {

    private static House house = new House(Path.of(""));
    private static Runc runc = new Runc(Path.of(""), Path.of(""), Path.of(""), 1);
    private static Provision mine = provision();
    private static int count;

    private static Provision provision() {
        return new Provision("", "", 1, Path.of(""), List.of(), List.of(), "", java.time.Instant.EPOCH);
    }

    @BeforeAll
    static void open() throws IOException {
        house = new House();
        var isolation = Sandboxes.choose(house.settings(SandboxChoice.PREFERRED), Library.in(house.home));
        assumeTrue(isolation instanceof Runc, "no sandbox on this machine");
        runc = (Runc) isolation;
        mine = house.small("mine");
        var ignored = house.small("other");
        Files.writeString(house.home.resolve("secret"), "s");
    }

    @AfterAll
    static void close() throws IOException {
        house.close();
    }

    /** Output and exit code of a program inside; it has the mounts and the limits of a worker over {@code mine}. */
    private static String inside(String script) throws IOException, InterruptedException {
        var directory = Files.createDirectories(house.home.resolve("run").resolve("t" + count++));
        var started =
                runc.start(directory, mine.database(), List.of("/usr/bin/bash", "-c", script + " 2>&1; echo =$?"));
        var output = new String(started.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    @Tag("abuse-47")
    @Test
    void seesNoHomeAndNoOtherProject() throws Exception {
        assertThat(inside("ls " + house.home)).doesNotContain("secret").doesNotContain("=0");
        assertThat(inside("ls -R /worker"))
                .contains("data.duckdb")
                .doesNotContain("other")
                .doesNotContain("secret");
        assertThat(inside("ls /home /root /var /work /etc/passwd")).doesNotContain("=0");
    }

    @Test
    void canWriteNothingButItsSocketDirectoryAndASmallTmp() throws Exception {
        assertThat(inside("touch /worker/data/x")).contains("=1");
        assertThat(inside("touch /worker/lib/x")).contains("=1");
        assertThat(inside("touch /x")).contains("=1");
        assertThat(inside("touch /worker/run/x && rm /worker/run/x")).contains("=0");
        assertThat(inside("dd if=/dev/zero of=/tmp/x bs=1M count=50")).contains("No space left");
    }

    @Test
    void hasNoNetwork() throws Exception {
        try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = listening.getLocalPort();
            assertThat(inside("exec 3<>/dev/tcp/127.0.0.1/" + port)).doesNotContain("=0");
        }
        assertThat(inside("cat /proc/net/dev")).doesNotContain("eth").doesNotContain("ens");
    }

    @Test
    void hasNoPrivileges() throws Exception {
        var status = inside("cat /proc/self/status");
        assertThat(status).contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000");
        assertThat(status).contains("NoNewPrivs:\t1", "Seccomp:\t2");
        if (Modes.root()) {
            assertThat(status).contains("Uid:\t" + Runc.USER);
        }
        assertThat(inside("unshare -U true")).doesNotContain("=0");
        assertThat(inside("mount -t tmpfs x /tmp")).doesNotContain("=0");
    }

    @Test
    void inheritsNeitherEnvironmentNorDescriptorsNorProcesses() throws Exception {
        assertThat(inside("env").lines().map(line -> line.replaceAll("=.*", "")))
                .isSubsetOf("PATH", "LANG", "HOME", "PWD", "SHLVL", "_", "OLDPWD", "");
        assertThat(inside("ls /proc/self/fd").lines().filter(line -> line.matches("\\d+")))
                .hasSizeLessThanOrEqualTo(4);
        assertThat(inside("ls /proc").lines().filter(line -> line.matches("\\d+")))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Tag("abuse-52")
    @Test
    void isEndedBeyondItsTasks() throws Exception {
        assertThat(inside("for i in $(seq 400); do sleep 1 & done")).contains("fork");
    }

    @Test
    void keepsTheProvisionFromOtherUsersOfTheMachine() throws IOException {
        var modes = Files.getPosixFilePermissions(mine.database());
        assertThat(modes).doesNotContain(java.nio.file.attribute.PosixFilePermission.GROUP_WRITE);
        assertThat(Files.getPosixFilePermissions(house.home))
                .hasSize(3)
                .doesNotContain(java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE);
        assertThat(Objects.requireNonNull(house.home.toString()).length()).isLessThan(60);
    }
}
