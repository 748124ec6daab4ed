package org.sekisho.gateway.workspace;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.sandbox.OciRuntime;
import org.sekisho.engine.sandbox.SandboxStatus;

/**
 * Sandboxes of an OCI runtime. A directory {@code HOME/run/s/<id>} holds the bundle, the number of the first process and,
 * later, the exit code. A small shell in a session of its own waits for the runtime, so that neither a Ctrl-C nor the
 * death of the gateway ends a sandbox, and the runtime cleans up behind it with nobody there.
 */
public final class OciSandboxes implements Sandboxes {
    private static final Duration TO_START = Duration.ofSeconds(20);
    private static final long SOCKET_BYTES = 64L << 20;

    /** Waits for the runtime ($1 is its first word, $0 the bundle) and writes down how the command ended. */
    private static final String SHIM = """
            cd "$0" || exit 1
            "$@" </dev/null 2>/dev/null
            echo $? >exit.new && mv exit.new exit""";

    /** The same with its output in the file $OUT, up to 32 MiB; the rest is read and dropped. */
    private static final String SHIM_WITH_OUTPUT = """
            cd "$0" || exit 1
            { "$@" </dev/null 2>/dev/null; echo $? >exit.new; } |
              { dd bs=4k count=8k of="$OUT" status=none; cat >/dev/null; }
            mv exit.new exit""";

    private final OciRuntime runtime;
    private final Path bundles;
    private final ReachableRoots roots;
    private final SandboxStatus status;

    private OciSandboxes(OciRuntime runtime, Path bundles, ReachableRoots roots, SandboxStatus status) {
        this.roots = roots;
        this.runtime = runtime;
        this.bundles = bundles;
        this.status = status;
    }

    /**
     * Finds out once what can be had, by trying it.
     *
     * @param program the runtime; null for the {@code runc} of this machine
     */
    public static Sandboxes in(Path home, @Nullable Path program) {
        var roots = ReachableRoots.of(home);
        var found =
                program == null ? OciRuntime.installed() : Optional.of(program).filter(Files::isExecutable);
        if (found.isEmpty()) {
            return NoSandboxes.because("隔離環境の実行プログラム（runc）がありません", "there is no runc");
        }
        var run = home.toAbsolutePath().normalize().resolve("run");
        var runtime = new OciRuntime(found.get(), run.resolve("oci"));
        var bundles = run.resolve("s");
        try {
            Modes.set(Files.createDirectories(bundles), "rwx------");
            if (!new Trial(runtime, bundles).works()) {
                return NoSandboxes.because("この計算機では隔離環境を作れません", "the runtime cannot make a sandbox on this machine");
            }
            return new OciSandboxes(runtime, bundles, roots, works(found.get()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SandboxStatus works(Path program) throws IOException {
        var limits = Modes.root()
                ? new Text("", "")
                : new Text("ただし資源の上限は設けられません（root ではないため）。", " Not root: their memory and processors are not limited.");
        return new SandboxStatus(
                true,
                String.valueOf(program.getFileName()),
                new Text(
                        "デスクトップは隔離された環境（ネットワークなし、読み取り専用、権限なし）で動作します。" + limits.ja(),
                        "Desktops run in sandboxes: no network, read-only, no privileges." + limits.en()));
    }

    @Override
    public SandboxStatus status() {
        return status;
    }

    @Override
    public Sandbox start(SandboxSpec spec, Path standardOutput) {
        return start(spec.rootedAt(roots.of(spec)), standardOutput, runtime, bundles);
    }

    @Override
    public void close() {
        roots.clear();
    }

    static Sandbox start(SandboxSpec spec, Path standardOutput, OciRuntime runtime, Path bundles) {
        var bundle = bundles.resolve(spec.id());
        var sandbox = new OciSandbox(spec.id(), bundle, runtime);
        try {
            Files.createDirectory(bundle);
            new SandboxBundle(spec).write(bundle);
            if (Modes.root()) {
                new ControlGroup(SandboxBundle.GROUP + spec.id()).limitSockets(SOCKET_BYTES);
            }
            var shim = shim(spec.id(), bundle, standardOutput, runtime);
            if (begins(shim, sandbox)) {
                return sandbox;
            }
            var why = said(bundle);
            sandbox.kill();
            throw new SandboxFailure("the sandbox " + spec.id() + " did not start: " + why);
        } catch (IOException e) {
            throw new SandboxFailure("the sandbox " + spec.id() + " cannot be made", e);
        }
    }

    private static Process shim(String id, Path bundle, Path output, OciRuntime runtime) throws IOException {
        var quiet = output.equals(Path.of("/dev/null"));
        var command = new ArrayList<>(List.of("setsid", "sh", "-c", quiet ? SHIM : SHIM_WITH_OUTPUT));
        command.add(bundle.toString());
        command.addAll(
                List.of(runtime.program().toString(), "--root", runtime.states().toString()));
        command.addAll(List.of("--log", bundle.resolve("said").toString()));
        command.addAll(List.of("run", "--no-new-keyring", "--bundle", bundle.toString()));
        command.addAll(List.of("--pid-file", bundle.resolve(OciSandbox.FIRST).toString(), id));
        var builder = OciRuntime.bare(command);
        builder.environment().put("OUT", output.toString());
        var nothing = new File("/dev/null");
        return builder.redirectInput(nothing)
                .redirectOutput(nothing)
                .redirectError(nothing)
                .start();
    }

    /** The runtime writes the number of the first process when the command runs; a short one may have ended already. */
    private static boolean begins(Process shim, OciSandbox sandbox) {
        var until = System.nanoTime() + TO_START.toNanos();
        while (System.nanoTime() < until) {
            if (sandbox.hasBegun()) {
                return true;
            }
            if (!shim.isAlive()) {
                return sandbox.hasBegun();
            }
            OciSandbox.pause(2);
        }
        return false;
    }

    private static String said(Path bundle) {
        try {
            var text = Files.readString(bundle.resolve("said")).strip();
            return text.isEmpty() ? "no reason given" : text.substring(Math.max(0, text.length() - 500));
        } catch (IOException e) {
            return "the runtime said nothing";
        }
    }

    @Override
    public Optional<Sandbox> find(String id) {
        var bundle = bundles.resolve(id);
        return Files.isDirectory(bundle) ? Optional.of(new OciSandbox(id, bundle, runtime)) : Optional.empty();
    }

    @Override
    public Set<String> present() {
        try (var all = Files.list(bundles)) {
            return all.map(bundle -> String.valueOf(bundle.getFileName())).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
