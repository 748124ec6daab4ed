package org.sekisho.engine.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.sandbox.OciRuntime;
import org.sekisho.engine.sandbox.SandboxStatus;

/**
 * A container of an OCI runtime per worker: nothing of the machine but read-only system libraries, the JDK, the
 * worker's library and one provision; no network, no capabilities, a list of system calls, limits of memory and tasks.
 */
record Runc(Path runtime, Path home, Path library, long memoryBytes) implements Isolation {

    /** Below the ranges that distributions hand out, so that no other process of the machine has it. */
    static final int USER = 61_873;

    static final String LIBRARY = "/worker/lib";
    static final String DATA = "/worker/data";
    static final String SOCKETS = "/worker/run";
    private static final long PROBE_SECONDS = 10;

    @Override
    public Places places(Path directory, Path database) {
        return new Places(LIBRARY, DATA + "/" + database.getFileName(), SOCKETS + "/s", "/tmp");
    }

    @Override
    public Started start(Path directory, Path database, List<String> java) throws IOException {
        var sockets = Files.createDirectories(directory.resolve("run"));
        lend(sockets, database);
        return launch(directory, new Bundle(directory, library, database, sockets, memoryBytes), java);
    }

    /** Whether a container with every wall of ours really starts here; null, or why not. */
    static boolean works(Runc runc, Path directory) {
        try {
            var data = Files.createFile(
                    Files.createDirectories(directory.resolve("data")).resolve("empty"));
            var started = runc.start(directory, data, List.of("/usr/bin/true"));
            if (!started.process().waitFor(PROBE_SECONDS, TimeUnit.SECONDS)) {
                started.kill();
                return false;
            }
            return started.process().exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends what a gateway that was killed may have left behind. */
    void sweep() {
        oci().containers().forEach(oci()::delete);
    }

    @Override
    public SandboxStatus status() {
        return new SandboxStatus(
                true,
                "runc",
                new Text(
                        "エンジンはプロジェクトごとに隔離された環境（ネットワークなし、読み取り専用、権限なし）で動作しています。",
                        "Engine workers run in a sandbox of their own: no network, read-only, no privileges."));
    }

    private void lend(Path sockets, Path database) throws IOException {
        if (Modes.root()) {
            Modes.own(sockets, USER, USER);
            Modes.lend(database.toAbsolutePath().resolveSibling(""), USER);
            Modes.lend(database, USER);
        }
        Modes.set(sockets, "rwx------");
    }

    private Started launch(Path directory, Bundle bundle, List<String> java) throws IOException {
        bundle.write(java);
        var id = String.valueOf(directory.getFileName());
        var pid = directory.resolve("pid");
        var builder = OciRuntime.bare(oci().call(List.of(
                        "run", "--no-new-keyring", "--pid-file", pid.toString(), "--bundle", directory.toString(), id)))
                .redirectError(new File("/dev/null"));
        var process = builder.start();
        return new Started() {
            @Override
            public Process process() {
                return process;
            }

            @Override
            public void kill() {
                killContainer(pid, id);
            }
        };
    }

    /** The runtime itself ends, and cleans up, when the first process of its container has ended. */
    private void killContainer(Path pid, String id) {
        try {
            var first = Long.parseLong(Files.readString(pid).strip());
            ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException | NumberFormatException e) {
            oci().delete(id);
        }
    }

    private OciRuntime oci() {
        return new OciRuntime(runtime, home.resolve("run").resolve("runc"));
    }
}
