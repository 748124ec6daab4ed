package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.LogUnavailable;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.identity.SteadyClock;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.store.Ids;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workspaces of this gateway, from the wish for one to its end. Sandboxes do not end with the process that started
 * them: {@link #resume} takes over what an earlier gateway left running and clears away everything else.
 */
public final class Workspaces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workspaces.class);
    private static final String OURS = "sekisho";
    private static final Duration ROUND = Duration.ofMillis(500);
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    private static final Text STARTING = new Text("デスクトップを起動しています", "The desktop starts");
    private static final Text HOME_LOCKED = new Text(
            "前回の解析環境は、ロックされたまま終了しました。開くには再認証が必要です。二要素認証を使っていない場合は、サインアウトしてからもう一度サインインしてください。",
            "Your last workspace ended while it was locked. Show your second factor once more to open another; if you have none, sign out and in again.");
    private static final Text DID_NOT_START = new Text("デスクトップを起動できませんでした。", "The desktop could not be started.");

    private final WorkspaceTable table;
    private final Projects projects;
    private final Sandboxes sandboxes;
    private final Images images;
    private final BroughtImages brought;
    private final Homes homes;
    private final Ranges ranges;
    private final AuditLog log;
    private final WorkspaceSettings settings;
    private final Function<String, List<Mount>> furniture;
    private final InstantSource time;
    private final Path run;
    private final Map<String, Live> lives = new ConcurrentHashMap<>();
    private final Map<String, Text> problems = new ConcurrentHashMap<>();
    private final List<Consumer<Workspace>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock telling = new ReentrantLock(true);
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("workspaces").daemon().factory());

    /** @param furniture what a workspace of this project sees besides its home */
    public Workspaces(
            Path home,
            Store store,
            Projects projects,
            Sandboxes sandboxes,
            Images images,
            BroughtImages brought,
            Homes homes,
            Ranges ranges,
            AuditLog log,
            WorkspaceSettings settings,
            Function<String, List<Mount>> furniture,
            Clock clock) {
        this.table = new WorkspaceTable(store);
        this.projects = projects;
        this.sandboxes = sandboxes;
        this.images = images;
        this.brought = brought;
        this.homes = homes;
        this.ranges = ranges;
        this.log = log;
        this.settings = settings;
        this.furniture = furniture;
        this.time = new SteadyClock(clock);
        this.run = home.toAbsolutePath().normalize().resolve("run");
        try {
            Modes.set(Files.createDirectories(run.resolve("w")), "rwx------");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A workspace that has not ended, with what it is made of. */
    private static final class Live {
        final Premises premises;
        final ReentrantLock lock = new ReentrantLock();
        volatile Workspace now;
        volatile Progress progress = new Progress(STARTING, 0);
        volatile boolean over;
        volatile long seenNanos = System.nanoTime();
        volatile long savedNanos = seenNanos;
        int guacdsLost;

        Live(Workspace now, Premises premises) {
            this.now = now;
            this.premises = premises;
        }
    }

    /**
     * Answers at once; the workspace then starts by itself. The one that is open already is answered again. What is
     * locked stays so: no further workspace shows the same home beside a locked one, and after one that ended locked,
     * however that came, the next one is opened by an owner who has been proved since.
     *
     * @param person id of the owner
     * @param image one for desktops of this gateway, or that the project has brought in
     * @param language that its programs speak, Japanese or English
     * @param proved when this was last proved to be the owner
     */
    public Opening open(String person, String name, Permit permit, String image, Locale language, Instant proved) {
        var refused = obstacle(permit, image).or(() -> lock(person, permit, image));
        if (refused.isPresent()) {
            return refused.get();
        }
        var now = time.instant();
        var wanted = new Workspace(
                Ids.fresh("w"),
                permit.project(),
                person,
                image,
                WorkspaceState.STARTING,
                now,
                now,
                permit.version(),
                null,
                null,
                null);
        var intent = log.intent(new Act(name, "workspace.open", permit.project(), wanted.id(), chosen(permit, image)));
        var added = table.add(wanted, proved);
        if (added.isEmpty()) {
            log.outcome(intent, Result.REFUSED, Map.of());
            return new Opening.NotOpened(Opening.Reason.HOME_LOCKED, HOME_LOCKED);
        }
        var workspace = added.get();
        var fresh = workspace.id().equals(wanted.id());
        log.outcome(intent, Result.DONE, Map.of("workspace", workspace.id()));
        if (fresh) {
            var live = keep(workspace);
            changed(live, workspace);
            Thread.ofVirtual().name(workspace.id()).start(() -> start(live, permit, language));
        }
        return new Opening.Opened(workspace, fresh);
    }

    private Optional<Opening> obstacle(Permit permit, String image) {
        if (!permit.visiting().desktop()) {
            return refuse(Opening.Reason.NOT_PERMITTED, "この利用許可ではデスクトップを使えません。", "The permit gives no desktops.");
        }
        if (!sandboxes.status().isolated()) {
            return Optional.of(new Opening.NotOpened(
                    Opening.Reason.NO_SANDBOX, sandboxes.status().words()));
        }
        if (!isOurs(image) || !image.startsWith("desktop")) {
            var named = brought(permit, image);
            if (named.isEmpty() || !named.get().desktop()) {
                return refuse(
                        Opening.Reason.UNKNOWN_IMAGE, "デスクトップ用のそのイメージはありません。", "There is no such image for desktops.");
            }
        }
        if (lives.size() >= settings.most()) {
            return refuse(Opening.Reason.FULL, "これ以上の作業環境は開けません。", "No more workspaces can be opened now.");
        }
        return Optional.empty();
    }

    private Optional<Opening> lock(String person, Permit permit, String image) {
        var locked = live().stream()
                .filter(one -> one.owner().equals(person) && one.project().equals(permit.project()))
                .anyMatch(one ->
                        one.state() == WorkspaceState.LOCKED && !one.image().equals(image));
        return locked
                ? refuse(
                        Opening.Reason.LOCKED,
                        "このプロジェクトにロック中の解析環境があります。先にロックを解除してください。",
                        "One of your workspaces in this project is locked. Unlock it first.")
                : Optional.empty();
    }

    private boolean isOurs(String image) {
        return images.all().stream().anyMatch(known -> known.name().equals(image));
    }

    private Optional<BroughtImage> brought(Permit permit, String image) {
        return brought.of(permit).stream()
                .filter(known -> known.name().equals(image))
                .findFirst();
    }

    /** As the log says it; the hash of an image of ours is in the entry of its build. */
    private Map<String, String> chosen(Permit permit, String image) {
        var chosen = new TreeMap<>(Map.of("image", image, "permit", Integer.toString(permit.version())));
        if (!isOurs(image)) {
            brought(permit, image).ifPresent(found -> chosen.put("image-digest", found.digest()));
        }
        return chosen;
    }

    private static Optional<Opening> refuse(Opening.Reason reason, String ja, String en) {
        return Optional.of(new Opening.NotOpened(reason, new Text(ja, en)));
    }

    public Optional<Workspace> find(String id) {
        var live = lives.get(id);
        return live != null ? Optional.of(live.now) : table.find(id);
    }

    /** Those that have not ended, newest first. */
    public List<Workspace> live() {
        return table.live().stream()
                .map(row -> Optional.ofNullable(lives.get(row.id()))
                        .map(live -> live.now)
                        .orElse(row))
                .toList();
    }

    /** Whether something of a workspace of this project still stands, also of one that is being cleared away. */
    public boolean standIn(String project) {
        return lives.values().stream().anyMatch(live -> live.now.project().equals(project));
    }

    /** Of one owner, newest first, ended ones too. */
    public Slice<Workspace> of(String owner, @Nullable String cursor, int limit) {
        return table.of(owner, cursor, limit)
                .map(row -> Optional.ofNullable(lives.get(row.id()))
                        .map(live -> live.now)
                        .orElse(row));
    }

    /** Absent unless the workspace runs, is not locked, and the owner is still a member under a permit in force. */
    public Optional<Desk> desk(String id) {
        return Optional.ofNullable(lives.get(id)).flatMap(live -> {
            var now = live.now;
            var permit = projects.permit(now.project()).orElse(null);
            if (now.state() != WorkspaceState.RUNNING
                    || live.over
                    || obstacle(now, permit).isPresent()) {
                return Optional.empty();
            }
            var visiting = Objects.requireNonNull(permit).visiting();
            return live.premises
                    .guacd()
                    .map(guacd -> new Desk(now, guacd, visiting.clipboardIn(), visiting.recorded(), permit.expires()));
        });
    }

    /** What a starting workspace waits for. */
    public Optional<Progress> progress(String id) {
        return Optional.ofNullable(lives.get(id))
                .filter(live -> live.now.state() == WorkspaceState.STARTING)
                .map(live -> live.progress);
    }

    /** Why a workspace ended as broken, as long as this gateway remembers. */
    public Optional<Text> problem(String id) {
        return Optional.ofNullable(problems.get(id));
    }

    /** The owner did something. Cheap: call it for every input. */
    public void seen(String id) {
        var live = lives.get(id);
        if (live == null) {
            return;
        }
        live.seenNanos = System.nanoTime();
        if (live.seenNanos - live.savedNanos >= SEEN_EVERY.toNanos()) {
            live.savedNanos = live.seenNanos;
            saveSeen(live);
        }
    }

    /** Not beside a change of its state, which it would undo; that is something done as well. */
    private void saveSeen(Live live) {
        if (live.lock.tryLock()) {
            try {
                var now = time.instant();
                live.now = live.now.seenAt(now);
                table.seen(live.now.id(), now);
            } finally {
                live.lock.unlock();
            }
        }
    }

    /** Others of the same home are locked with it, which would show what it shows. @return whether it ran */
    public boolean lock(String id, String by) {
        var locked = lockAlone(id, by);
        if (locked) {
            runBeside(id).forEach(other -> lockAlone(other.id(), by));
        }
        return locked;
    }

    /** Nobody is at this one; somebody may be at another of the same home. */
    public void lockIdle(String id) {
        var _ = lockAlone(id, OURS);
    }

    private boolean lockAlone(String id, String by) {
        return move(id, by, "workspace.lock", WorkspaceState.RUNNING, running -> running.lockedAt(time.instant()));
    }

    /** One of the same home that still starts is not waited for: it sees the lock when it comes up. */
    private List<Workspace> runBeside(String id) {
        var one = find(id).orElseThrow();
        return table.live().stream()
                .filter(other ->
                        other.state() == WorkspaceState.RUNNING && !other.id().equals(id))
                .filter(other ->
                        other.owner().equals(one.owner()) && other.project().equals(one.project()))
                .toList();
    }

    private void comeUp(Live live) {
        var up = table.comeUp(live.now, time.instant());
        if (up.state() == WorkspaceState.LOCKED) {
            log.record(Act.of(OURS, "workspace.lock").in(up.project()).on(up.id()), Result.DONE);
        }
        changed(live, up);
    }

    /** @return whether it was locked */
    public boolean unlock(String id, String by) {
        seen(id);
        return move(id, by, "workspace.unlock", WorkspaceState.LOCKED, Workspace::running);
    }

    private boolean move(String id, String by, String action, WorkspaceState from, UnaryOperator<Workspace> becomes) {
        var live = lives.get(id);
        if (live == null) {
            return false;
        }
        live.lock.lock();
        try {
            if (live.over || live.now.state() != from) {
                return false;
            }
            var intent = log.intent(new Act(by, action, live.now.project(), id, Map.of()));
            var next = becomes.apply(live.now);
            var moved = table.move(live.now, next);
            if (moved) {
                changed(live, next);
            }
            log.outcome(intent, moved ? Result.DONE : Result.REFUSED, Map.of());
            return moved;
        } finally {
            live.lock.unlock();
        }
    }

    /** One that cannot be ended keeps no other from being ended; the first failure is thrown then. */
    public void endAllOf(String owner, String by, WorkspaceEnd ending) {
        RuntimeException first = null;
        for (var workspace : live()) {
            try {
                if (workspace.owner().equals(owner)) {
                    end(workspace.id(), by, ending);
                }
            } catch (RuntimeException failed) {
                LOG.error("workspace {} is not ended", workspace.id(), failed);
                first = first == null ? failed : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** Returns when nothing of it is left; the second time does nothing. */
    public void end(String id, String by, WorkspaceEnd ending) {
        var live = lives.get(id);
        if (live == null) {
            return;
        }
        live.over = true;
        live.lock.lock();
        try {
            if (lives.get(id) == live) {
                end(live, by, ending);
            }
        } finally {
            live.lock.unlock();
        }
    }

    /** A log that takes no entries keeps nobody from closing a door. */
    private void end(Live live, String by, WorkspaceEnd ending) {
        var workspace = live.now;
        var act = new Act(by, "workspace.end", workspace.project(), workspace.id(), Map.of("ending", ending.word()));
        var closing = ending != WorkspaceEnd.OWNER && ending != WorkspaceEnd.SECURITY;
        var intent = closing ? attempt(() -> log.intent(act)) : log.intent(act);
        table.end(workspace.id(), by, ending, time.instant());
        changed(live, workspace.ended(by, ending));
        var result = Result.DONE;
        try {
            live.premises.close();
        } catch (RuntimeException e) {
            LOG.error("workspace {} is not cleared away", workspace.id(), e);
            result = Result.FAILED;
        }
        lives.remove(workspace.id());
        if (intent != null) {
            var how = result;
            var ignored = attempt(() -> log.outcome(intent, how, Map.of()));
        }
    }

    private static <T> @Nullable T attempt(java.util.function.Supplier<T> entry) {
        try {
            return entry.get();
        } catch (LogUnavailable e) {
            LOG.error("the audit log is unavailable", e);
            return null;
        }
    }

    /** Where the home of a live workspace is mounted. */
    public Optional<Home> home(String id) {
        return Optional.ofNullable(lives.get(id)).flatMap(live -> live.premises.home());
    }

    /** A directory that the sandbox sees read-only as {@code /run/sekisho}: sockets made in it can be reached inside. */
    public Optional<Path> doorway(String id) {
        return Optional.ofNullable(lives.get(id))
                .map(live -> live.premises.doorway())
                .filter(Files::isDirectory);
    }

    /** Called after every change of state, one at a time, on a thread of ours; also for each adopted workspace. */
    public void onChange(Consumer<Workspace> listener) {
        listeners.add(listener);
    }

    private void changed(Live live, Workspace next) {
        live.now = next;
        telling.lock();
        try {
            for (var listener : listeners) {
                try {
                    listener.accept(next);
                } catch (RuntimeException e) {
                    LOG.error("a listener failed", e);
                }
            }
        } finally {
            telling.unlock();
        }
    }

    private Live keep(Workspace workspace) {
        var live = new Live(workspace, new Premises(workspace.id(), run, sandboxes, homes, ranges));
        lives.put(workspace.id(), live);
        return live;
    }

    private void start(Live live, Permit permit, Locale language) {
        try {
            var roots = new Premises.Roots(desk(live, permit), root(live, "guacd"));
            live.progress = new Progress(STARTING, 90);
            live.lock.lock();
            try {
                if (!live.over) {
                    run(live, permit, language, roots);
                }
            } finally {
                live.lock.unlock();
            }
        } catch (ImageUnavailable e) {
            problems.put(live.now.id(), e.words());
            end(live.now.id(), OURS, WorkspaceEnd.BROKEN);
        } catch (RuntimeException e) {
            if (!live.over) {
                LOG.error("workspace {} does not start", live.now.id(), e);
                problems.put(live.now.id(), DID_NOT_START);
            }
            end(live.now.id(), OURS, WorkspaceEnd.BROKEN);
        }
    }

    private void run(Live live, Permit permit, Locale language, Premises.Roots roots) {
        var workspace = live.now;
        var began = System.nanoTime();
        var intent =
                log.intent(Act.of(OURS, "workspace.run").in(workspace.project()).on(workspace.id()));
        try {
            var number = table.home(workspace.project(), workspace.owner(), time.instant());
            var more = furniture.apply(workspace.project());
            live.premises.open(permit, language, workspace.owner(), number, roots, more, () -> live.over);
        } catch (RuntimeException e) {
            log.outcome(intent, Result.FAILED, Map.of());
            throw e;
        }
        var millis = (System.nanoTime() - began) / 1_000_000;
        log.outcome(intent, Result.DONE, Map.of("milliseconds", "" + millis));
        live.seenNanos = System.nanoTime();
        comeUp(live);
    }

    private Path desk(Live live, Permit permit) {
        var image = live.now.image();
        if (isOurs(image)) {
            return root(live, image);
        }
        return switch (brought.find(permit, image)) {
            case BroughtImages.Found.Ready(var named, var root) -> root;
            case BroughtImages.Found.Absent absent ->
                throw new ImageUnavailable(new Text("そのイメージはもうありません。", "The image is no longer there."));
            case BroughtImages.Found.Changed changed ->
                throw new ImageUnavailable(
                        new Text(
                                "持ち込まれたイメージのファイルが変わっていたため、起動しません。持込みをやり直してください。",
                                "The files of the image are not what was accepted, so nothing is started from it. Bring it in again."));
        };
    }

    /** Builds the image when nobody has needed it yet. */
    private Path root(Live live, String image) {
        var built = images.root(image);
        if (built.isPresent()) {
            return built.get();
        }
        var building = images.build(image);
        var root = building.root().toCompletableFuture();
        while (true) {
            var progress = building.state().progress();
            if (progress != null) {
                live.progress = progress;
            }
            if (live.over) {
                throw new SandboxFailure("ended while an image was built");
            }
            try {
                return root.get(200, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException later) {
                // ask again
            } catch (java.util.concurrent.ExecutionException | CompletionException e) {
                throw e.getCause() instanceof ImageUnavailable why ? why : new SandboxFailure("no image", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SandboxFailure("interrupted", e);
            }
        }
    }

    /** Takes over what runs, ends what does not, and clears away what belongs to nobody; then keeps watch. */
    public void resume() {
        for (var row : table.live()) {
            var live = keep(lockedByNow(row));
            live.premises.adopt(table.home(row.project(), row.owner(), time.instant()));
        }
        homes.adopt(lives.values().stream()
                .flatMap(live -> live.premises.home().stream())
                .toList());
        sweep();
        for (var live : lives.values()) {
            if (!live.premises.deskLives()) {
                end(live.now.id(), OURS, WorkspaceEnd.BROKEN);
            } else if (live.now.state() == WorkspaceState.STARTING) {
                Thread.ofVirtual().start(() -> finishStart(live));
            } else {
                changed(live, live.now.seenAt(time.instant()));
            }
        }
        var ignored =
                watch.scheduleWithFixedDelay(this::look, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** When the clock was set back: what is proved from now on is proved since the lock. */
    private Workspace lockedByNow(Workspace row) {
        var now = time.instant();
        return row.locked() != null && row.locked().isAfter(now) ? row.lockedAt(now) : row;
    }

    private void finishStart(Live live) {
        try {
            live.lock.lock();
            try {
                live.premises.await(() -> live.over);
                comeUp(live);
            } finally {
                live.lock.unlock();
            }
        } catch (RuntimeException e) {
            end(live.now.id(), OURS, WorkspaceEnd.BROKEN);
        }
    }

    private void sweep() {
        for (var name : sandboxes.present()) {
            var workspace = name.replaceFirst("-(d|g\\d+)$", "");
            if (workspace.startsWith("w-") && !lives.containsKey(workspace)) {
                sandboxes.find(name).ifPresent(Sandbox::kill);
            }
        }
        try (var places = Files.list(run.resolve("w"))) {
            for (var place : places.toList()) {
                if (!lives.containsKey(String.valueOf(place.getFileName()))) {
                    Premises.remove(place);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void look() {
        for (var live : lives.values()) {
            try {
                look(live);
            } catch (RuntimeException e) {
                LOG.error("workspace {} cannot be watched", live.now.id(), e);
            }
        }
    }

    private void look(Live live) {
        var id = live.now.id();
        var obstacle = obstacle(live.now, projects.permit(live.now.project()).orElse(null));
        var idle = Duration.ofNanos(System.nanoTime() - live.seenNanos);
        if (live.over) {
            return;
        }
        if (obstacle.isPresent()) {
            end(id, OURS, obstacle.get());
        } else if (live.now.state() == WorkspaceState.STARTING) {
            return;
        } else if (!live.premises.deskLives()) {
            end(id, OURS, WorkspaceEnd.BROKEN);
        } else if (idle.compareTo(settings.endAfter()) >= 0) {
            end(id, OURS, WorkspaceEnd.IDLE);
        } else if (!live.premises.guacdLives()) {
            Thread.ofVirtual().start(() -> renewGuacd(live));
        } else if (live.now.state() == WorkspaceState.RUNNING && idle.compareTo(settings.lockAfter()) >= 0) {
            lockIdle(id);
        }
    }

    private Optional<WorkspaceEnd> obstacle(Workspace workspace, @Nullable Permit permit) {
        if (permit == null || permit.isExpiredAt(time.instant())) {
            boolean closed = projects.isClosed(workspace.project());
            return Optional.of(closed ? WorkspaceEnd.CLOSED : WorkspaceEnd.EXPIRED);
        }
        return permit.hasMember(workspace.owner()) && permit.visiting().desktop()
                ? Optional.empty()
                : Optional.of(WorkspaceEnd.REMOVED);
    }

    private static final int MOST_GUACDS = 20;

    private void renewGuacd(Live live) {
        if (!live.lock.tryLock()) {
            return;
        }
        try {
            if (live.over || live.premises.guacdLives()) {
                return;
            }
            if (++live.guacdsLost > MOST_GUACDS) {
                throw new SandboxFailure("guacd dies again and again");
            }
            live.premises.renewGuacd(root(live, "guacd"), () -> live.over);
            changed(live, live.now);
        } catch (RuntimeException e) {
            LOG.error("workspace {} gets no guacd", live.now.id(), e);
            end(live.now.id(), OURS, WorkspaceEnd.BROKEN);
        } finally {
            live.lock.unlock();
        }
    }

    /** Ends them all, unless they are to outlive the gateway. */
    @Override
    public void close() {
        // not interrupted: what it is clearing away would stay half there
        watch.close();
        if (settings.outlive()) {
            return;
        }
        var ending = List.copyOf(lives.keySet()).stream()
                .map(id -> Thread.ofVirtual().start(() -> end(id, OURS, WorkspaceEnd.GATEWAY)))
                .toList();
        for (var thread : ending) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
