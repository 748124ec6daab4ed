package org.sekisho.gateway.ingress;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.sandbox.Modes;

/**
 * ClamAV as a program of this machine, bounded in time and memory. The daemon's client is asked first, because it
 * answers in milliseconds; the stand-alone scanner is asked where there is no daemon, and for files beyond the size
 * that a daemon usually looks at. Its limits are raised to ours, and reaching them counts as found, not as clean.
 */
public final class ClamAv implements Scanner {
    private static final Pattern FOUND = Pattern.compile(": ([\\w.()-]{1,120}) FOUND");
    private static final long DAEMON_LOOKS_AT = 25L << 20;
    private static final int MOST_OUTPUT = 64 << 10;
    private static final String MEMORY_KIBIBYTES = Integer.toString(4 << 20);

    private final List<Path> folders;
    private final Duration patience;

    /** @param folders where programs are looked for */
    ClamAv(List<Path> folders, Duration patience) {
        this.folders = List.copyOf(folders);
        this.patience = patience;
    }

    /** Whatever the search path of this process holds. */
    public static ClamAv ofThisMachine() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin");
        var folders = Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .toList();
        return new ClamAv(folders, Duration.ofMinutes(15));
    }

    @Override
    public Scan scan(Path file) {
        var daemon = program("clamdscan");
        var alone = program("clamscan");
        if (daemon.isEmpty() && alone.isEmpty()) {
            return new Scan(Scan.State.ABSENT, null, null);
        }
        if (daemon.isPresent() && isSmall(file)) {
            var said = run(List.of(
                    daemon.get().toString(), "--fdpass", "--no-summary", "--stdout", "--infected", file.toString()));
            if (said.state() != Scan.State.FAILED) {
                return said;
            }
        }
        return alone.map(program -> alone(program, file))
                .orElseGet(() -> new Scan(Scan.State.FAILED, null, "clamdscan"));
    }

    /** What it unpacks lies beside the file, under the key of its project, and not in the machine's folder for such. */
    private Scan alone(Path program, Path file) {
        try {
            var unpacked = Files.createTempDirectory(file.toAbsolutePath().resolveSibling(""), ".scan-");
            try {
                return run(List.of(
                        program.toString(),
                        "--no-summary",
                        "--stdout",
                        "--recursive",
                        "--infected",
                        "--alert-exceeds-max=yes",
                        "--max-filesize=2000M",
                        "--max-scansize=4000M",
                        "--max-files=60000",
                        "--tempdir=" + unpacked,
                        file.toString()));
            } finally {
                Modes.delete(unpacked);
            }
        } catch (IOException full) {
            return new Scan(Scan.State.FAILED, "clamscan", "did not start");
        }
    }

    @Override
    public boolean isPresent() {
        return program("clamdscan").isPresent() || program("clamscan").isPresent();
    }

    private static boolean isSmall(Path file) {
        try (var files = Files.walk(file)) {
            return files.filter(Files::isRegularFile)
                    .allMatch(each -> each.toFile().length() <= DAEMON_LOOKS_AT);
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<Path> program(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Scan run(List<String> command) {
        var name = Path.of(command.getFirst()).getFileName().toString();
        @Nullable Process process = null;
        try {
            var bounded =
                    new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -v " + MEMORY_KIBIBYTES + "; exec \"$@\"", "sh"));
            bounded.addAll(command);
            var builder = new ProcessBuilder(bounded).redirectErrorStream(true).redirectInput(new File("/dev/null"));
            builder.environment().clear();
            builder.environment().put("PATH", "/usr/sbin:/usr/bin:/bin");
            builder.environment().put("LC_ALL", "C");
            process = builder.start();
            var running = process;
            var killer = Thread.ofVirtual().start(() -> end(running));
            var said = new String(process.getInputStream().readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            var exit = process.waitFor();
            killer.interrupt();
            return answer(name, exit, said);
        } catch (IOException e) {
            return new Scan(Scan.State.FAILED, name, "did not start");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Scan(Scan.State.FAILED, name, "interrupted");
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    private void end(Process process) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException done) {
            Thread.currentThread().interrupt();
        }
    }

    private static Scan answer(String name, int exit, String said) {
        return switch (exit) {
            case 0 -> new Scan(Scan.State.CLEAN, name, null);
            case 1 -> {
                var found = FOUND.matcher(said);
                yield new Scan(Scan.State.FOUND, name, found.find() ? found.group(1) : "unnamed");
            }
            default -> new Scan(Scan.State.FAILED, name, "exit " + exit);
        };
    }
}
