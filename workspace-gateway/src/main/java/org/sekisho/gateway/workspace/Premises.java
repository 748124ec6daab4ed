package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.gateway.project.Permit;

/**
 * What one workspace is made of: below {@code HOME/run/w/<id>} the directories {@code desk} (with {@code vnc.sock}) and
 * {@code guacd-<n>}, on a small file system in memory; the sandboxes {@code <id>-d} and {@code <id>-g<n>}, and a mounted home. The two sandboxes share the
 * directory {@code desk} and nothing else: other user ids, other networks.
 */
final class Premises {
    private static final Path NOWHERE = Path.of("/dev/null");
    private static final Duration TO_COME_UP = Duration.ofSeconds(60);
    private static final Bounds GUACD = new Bounds(512L << 20, 1, 64);
    private static final int TASKS = 1_024;
    private static final String SIZE = "1440x900";

    /** Both sandboxes can write here, and neither shall fill our disk. */
    private static final String ROOM = "nosuid,nodev,mode=0700,size=1m,nr_inodes=256";

    private final String id;
    private final Path place;
    private final Sandboxes sandboxes;
    private final Homes homes;
    private final Ranges ranges;
    private @Nullable Home home;
    private int round;
    private int guacdUser = -1;
    private volatile @Nullable Path guacd;

    Premises(String id, Path run, Sandboxes sandboxes, Homes homes, Ranges ranges) {
        this.id = id;
        this.place = run.resolve("w").resolve(id);
        this.sandboxes = sandboxes;
        this.homes = homes;
        this.ranges = ranges;
    }

    /** The roots of the two images. */
    record Roots(Path desk, Path guacd) {}

    Optional<Path> guacd() {
        return Optional.ofNullable(guacd);
    }

    Optional<Home> home() {
        return Optional.ofNullable(home);
    }

    Path doorway() {
        return place.resolve("doorway");
    }

    boolean deskLives() {
        return sandboxes.find(id + "-d").filter(Sandbox::alive).isPresent();
    }

    boolean guacdLives() {
        return sandboxes.find(guacdId()).filter(Sandbox::alive).isPresent();
    }

    /**
     * Starts both at once and waits until both answer.
     *
     * @param number of the owner's home
     * @param more mounts of the project
     * @param over whether the wish for it is over
     * @throws SandboxFailure when one does not come up
     */
    void open(
            Permit permit,
            Locale language,
            String person,
            int number,
            Roots roots,
            List<Mount> more,
            BooleanSupplier over) {
        prepare(number);
        var desk = CompletableFuture.runAsync(
                () -> {
                    home = homes.open(
                            permit.project(), person, number, permit.visiting().homeBytes());
                    startDesk(permit, language, roots.desk(), home, more);
                },
                Thread::startVirtualThread);
        startGuacd(roots.guacd());
        join(desk);
        await(over);
    }

    /** Another guacd for the same desk. */
    void renewGuacd(Path root, BooleanSupplier over) {
        guacd = null;
        sandboxes.find(guacdId()).ifPresent(Sandbox::kill);
        delete(guacdPlace());
        if (guacdUser >= 0) {
            ranges.giveBack(guacdUser);
        }
        round++;
        startGuacd(root);
        waitFor(over, this::guacdAnswers);
    }

    /** Knows again what an earlier gateway started; whether it lives is another question. */
    void adopt(int number) {
        home = homes.find(number).orElse(null);
        var prefix = id + "-g";
        round = sandboxes.present().stream()
                .filter(name -> name.startsWith(prefix))
                .mapToInt(name -> Integer.parseInt(name.substring(prefix.length())))
                .max()
                .orElse(0);
        if (Files.isDirectory(guacdPlace())) {
            guacdUser = owner(guacdPlace()) - SandboxBundle.VISITOR;
            if (guacdUser >= 0) {
                ranges.keep(guacdUser);
            }
            if (Files.exists(guacdSocket(), LinkOption.NOFOLLOW_LINKS)) {
                guacd = guacdSocket();
            }
        }
    }

    /** Waits for what has begun to start, here or under an earlier gateway. Asks no more of what has answered. */
    void await(BooleanSupplier over) {
        waitFor(over, this::vncAnswers);
        waitFor(over, this::guacdAnswers);
    }

    /** Ends and removes everything; whatever was never begun is skipped. */
    void close() {
        guacd = null;
        var prefix = id + "-";
        var ending = sandboxes.present().stream()
                .filter(name -> name.startsWith(prefix))
                .flatMap(name -> sandboxes.find(name).stream())
                .map(sandbox -> CompletableFuture.runAsync(sandbox::kill, Thread::startVirtualThread))
                .toList();
        ending.forEach(Premises::join);
        if (home != null) {
            homes.close(home);
            home = null;
        }
        if (guacdUser >= 0) {
            ranges.giveBack(guacdUser);
            guacdUser = -1;
        }
        remove(place);
    }

    /** Takes away the directory of a workspace of which nothing runs. */
    static void remove(Path place) {
        Mounts.remove(place);
        delete(place);
    }

    private void prepare(int number) {
        try {
            Modes.set(Files.createDirectories(place), "rwx------");
            if (Modes.root()) {
                Programs.run("mount", "-t", "tmpfs", "-o", ROOM, "sekisho", place.toString());
            }
            var desk = Files.createDirectories(place.resolve("desk"));
            guacdUser = ranges.lend();
            own(desk, Ranges.ofHome(number), guacdUser);
            Modes.set(desk, "rwxr-x---");
            Modes.set(Files.createDirectories(doorway()), "rwxr-xr-x");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startDesk(Permit permit, Locale language, Path root, Home in, List<Mount> more) {
        var visiting = permit.visiting();
        var mounts = new ArrayList<>(List.of(
                Mount.writable(in.path(), SandboxBundle.HOME),
                Mount.writable(place.resolve("desk"), "/run/desk"),
                Mount.readOnly(doorway(), "/run/sekisho")));
        mounts.addAll(more);
        sandboxes.start(
                new SandboxSpec(
                        id + "-d",
                        root,
                        List.of("/usr/lib/sekisho/desktop", SIZE),
                        Map.of(
                                "SEKISHO_CLIPBOARD_IN",
                                visiting.clipboardIn() ? "1" : "0",
                                "LANG",
                                Locale.JAPANESE.equals(language) ? "ja_JP.UTF-8" : "en_US.UTF-8"),
                        mounts,
                        new Bounds(visiting.memoryBytes(), visiting.cpus(), TASKS),
                        in.user()),
                NOWHERE);
    }

    private void startGuacd(Path root) {
        try {
            if (guacdUser < 0 || round > 0) {
                guacdUser = ranges.lend();
                Files.setAttribute(
                        place.resolve("desk"),
                        "unix:gid",
                        Modes.root() ? guacdUser + SandboxBundle.VISITOR : Modes.group());
            }
            var own = Files.createDirectories(guacdPlace());
            own(own, guacdUser, guacdUser);
            Modes.set(own, "rwx------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sandboxes.start(
                new SandboxSpec(
                        guacdId(),
                        root,
                        List.of("/usr/lib/sekisho/guacd"),
                        Map.of(),
                        List.of(
                                Mount.readOnly(place.resolve("desk"), "/run/desk"),
                                Mount.writable(guacdPlace(), "/run/guacd")),
                        GUACD,
                        guacdUser),
                NOWHERE);
    }

    private boolean vncAnswers() {
        var ours = place.resolve("vnc.sock");
        return Sockets.keep(place.resolve("desk").resolve("vnc.sock"), ours, owner(place.resolve("desk")))
                && Sockets.answers(ours, "", "RFB 003.");
    }

    /** It is asked for its VNC client, so that it has loaded that before a viewer comes. */
    private boolean guacdAnswers() {
        if (Sockets.keep(guacdPlace().resolve("guacd.sock"), guacdSocket(), owner(guacdPlace()))
                && Sockets.answers(guacdSocket(), "6.select,3.vnc;", "4.args,")) {
            guacd = guacdSocket();
            return true;
        }
        return false;
    }

    private void waitFor(BooleanSupplier over, BooleanSupplier ready) {
        var until = System.nanoTime() + TO_COME_UP.toNanos();
        while (!ready.getAsBoolean()) {
            if (over.getAsBoolean()) {
                throw new SandboxFailure("ended while it started");
            }
            if (!deskLives() || !guacdLives()) {
                throw new SandboxFailure((deskLives() ? "guacd" : "the desktop") + " ended while it started");
            }
            if (System.nanoTime() > until) {
                throw new SandboxFailure("the desktop does not come up");
            }
            OciSandbox.pause(4);
        }
    }

    private String guacdId() {
        return id + "-g" + round;
    }

    private Path guacdPlace() {
        return place.resolve("guacd-" + round);
    }

    private Path guacdSocket() {
        return place.resolve("guacd-" + round + ".sock");
    }

    private static int owner(Path path) {
        try {
            return (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return -1;
        }
    }

    private static void own(Path path, int user, int group) throws IOException {
        if (Modes.root()) {
            Modes.own(path, user + SandboxBundle.VISITOR, group + SandboxBundle.VISITOR);
        }
    }

    private static void delete(Path tree) {
        try {
            Modes.delete(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void join(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new SandboxFailure("failed", e);
        }
    }
}
