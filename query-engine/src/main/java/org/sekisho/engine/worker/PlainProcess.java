package org.sekisho.engine.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.sandbox.SandboxStatus;

/** A child process with limits where {@code prlimit} is installed, and no isolation. */
record PlainProcess(Path library, long memoryBytes, String why) implements Isolation {

    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @Override
    public Places places(Path directory, Path database) {
        return new Places(
                library.toString(), database.toString(), directory.resolve("s").toString(), directory.toString());
    }

    @Override
    public Started start(Path directory, Path database, List<String> java) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(PRLIMIT)) {
            command.addAll(List.of(PRLIMIT.toString(), "--data=" + (memoryBytes + Worker.ADDRESSES), "--core=0"));
        }
        command.addAll(java);
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectError(new File("/dev/null"));
        builder.environment().clear();
        var process = builder.start();
        return new Started() {
            @Override
            public Process process() {
                return process;
            }

            @Override
            public void kill() {
                process.destroyForcibly();
            }
        };
    }

    @Override
    public SandboxStatus status() {
        return new SandboxStatus(
                false,
                "none",
                new Text(
                        "エンジンは隔離されていない通常のプロセスとして動作しています（" + why + "）。実データには使用しないでください。",
                        "Engine workers run as plain processes without isolation (" + why
                                + "). Do not use this for real data."));
    }
}
