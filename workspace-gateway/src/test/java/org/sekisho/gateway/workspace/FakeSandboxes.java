package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.sandbox.SandboxStatus;

/** Sandboxes without a sandbox: a test says what their commands do. */
public final class FakeSandboxes implements Sandboxes {
    private final Map<String, FakeSandbox> started = new ConcurrentHashMap<>();
    private final Consumer<SandboxSpec> command;
    private volatile boolean isolated = true;

    /** @param command what happens when one is started */
    public FakeSandboxes(Consumer<SandboxSpec> command) {
        this.command = command;
    }

    public static final class FakeSandbox implements Sandbox {
        public final SandboxSpec spec;
        private final Map<String, FakeSandbox> all;
        private volatile @Nullable Integer exit;
        private volatile boolean dead;

        FakeSandbox(SandboxSpec spec, Map<String, FakeSandbox> all) {
            this.spec = spec;
            this.all = all;
        }

        /** Its command ends by itself. */
        public void exits(int code) {
            exit = code;
            dead = true;
        }

        /** Somebody kills its first process. */
        public void dies() {
            dead = true;
        }

        @Override
        public String id() {
            return spec.id();
        }

        @Override
        public boolean alive() {
            return !dead;
        }

        @Override
        public OptionalInt exit() {
            var code = exit;
            return code == null ? OptionalInt.empty() : OptionalInt.of(code);
        }

        @Override
        public OptionalInt await(Duration most) {
            return exit();
        }

        @Override
        public void kill() {
            dead = true;
            all.remove(spec.id());
        }
    }

    public void areNotToBeHad() {
        isolated = false;
    }

    public Map<String, FakeSandbox> started() {
        return Map.copyOf(started);
    }

    @Override
    public Sandbox start(SandboxSpec spec, Path standardOutput) {
        if (!isolated) {
            throw new SandboxFailure("no sandbox on this machine");
        }
        var sandbox = new FakeSandbox(spec, started);
        if (started.putIfAbsent(spec.id(), sandbox) != null) {
            throw new SandboxFailure("there is one of this id");
        }
        command.accept(spec);
        return sandbox;
    }

    @Override
    public Optional<Sandbox> find(String id) {
        return Optional.ofNullable(started.get(id));
    }

    @Override
    public Set<String> present() {
        return Set.copyOf(started.keySet());
    }

    @Override
    public SandboxStatus status() {
        return new SandboxStatus(
                isolated, isolated ? "fake" : "none", new Text("テスト用の隔離環境です。", "Sandboxes of a test."));
    }
}
