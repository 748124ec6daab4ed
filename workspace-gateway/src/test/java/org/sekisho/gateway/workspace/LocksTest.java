package org.sekisho.gateway.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.project.Permit;

/** One owner's two desktops of one home, of which the second one is slow to come up, and what a lock of the first means. */
class LocksTest {
    private static final String SLOW = "desktop-slow";
    private static final Path ANYWHERE = Path.of("/");

    @TempDir
    Path home;

    private final CompletableFuture<Path> built = new CompletableFuture<>();
    private final CountDownLatch sandbox = new CountDownLatch(1);
    private final FakeSandboxes sandboxes = new FakeSandboxes(this::started);
    private Site site;
    private Permit permit;

    @BeforeEach
    void open() {
        site = site();
        permit = site.grant("u-1");
    }

    @AfterEach
    void close() {
        built.complete(ANYWHERE);
        sandbox.countDown();
        site.workspaces.live().forEach(left -> site.workspaces.end(left.id(), "sekisho", WorkspaceEnd.GATEWAY));
        site.close();
    }

    private Site site() {
        var settings =
                new WorkspaceSettings(Site.SETTINGS.lockAfter(), Site.SETTINGS.endAfter(), Site.SETTINGS.most(), true);
        var made = new Site(home, sandboxes, new Slow(built), settings);
        made.workspaces.resume();
        return made;
    }

    private void started(SandboxSpec spec) {
        try {
            if (spec.root().equals(home)) {
                sandbox.await();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        new FakeDesktop().accept(spec);
    }

    /** One image is built for as long as a test wants. */
    private record Slow(CompletableFuture<Path> built) implements Images {
        private static final RootImages REST = new RootImages(Map.of("desktop", ANYWHERE, "guacd", ANYWHERE));

        @Override
        public Optional<Path> root(String name) {
            if (!name.equals(SLOW)) {
                return REST.root(name);
            }
            return built.isDone() ? Optional.of(built.join()) : Optional.empty();
        }

        @Override
        public Building build(String name) {
            return new Building() {
                @Override
                public ImageState state() {
                    return new ImageState(name, ImageState.Phase.BUILDING, null, null, null);
                }

                @Override
                public CompletableFuture<Path> root() {
                    return built;
                }
            };
        }

        @Override
        public List<ImageState> all() {
            return List.of(REST.all().getFirst(), new ImageState(SLOW, ImageState.Phase.BUILDING, null, null, null));
        }
    }

    private Opening opening(String image, Instant proved) {
        return site.workspaces.open("u-1", "hanako", permit, image, Locale.JAPANESE, proved);
    }

    private String wanted(String image) {
        return ((Opening.Opened) opening(image, Instant.now())).workspace().id();
    }

    private String running() {
        return site.waitFor(wanted("desktop"), WorkspaceState.RUNNING).id();
    }

    private WorkspaceState[] told(String id) {
        return site.changes.stream()
                .filter(change -> change.id().equals(id))
                .map(Workspace::state)
                .toArray(WorkspaceState[]::new);
    }

    private WorkspaceState[] cameUp(String id) {
        for (int i = 0; i < 2_000 && told(id).length < 2; i++) {
            OciSandbox.pause(5);
        }
        return toldInTheEnd(id);
    }

    /** With time for whatever would come after. */
    private WorkspaceState[] toldInTheEnd(String id) {
        OciSandbox.pause(200);
        return told(id);
    }

    @Test
    void whatComesUpAfterTheLockedOneEndedIsLockedFromItsFirstMoment() {
        var first = running();
        var slow = wanted(SLOW);
        assertThat(site.workspaces.lock(first, "hanako")).isTrue();
        site.workspaces.end(first, "somebody", WorkspaceEnd.OWNER);
        built.complete(ANYWHERE);
        assertThat(cameUp(slow)).containsExactly(WorkspaceState.STARTING, WorkspaceState.LOCKED);
    }

    @Test
    void whatComesUpBesideALockedOneIsNeverSaidToRun() {
        var first = running();
        var slow = wanted(SLOW);
        assertThat(site.workspaces.lock(first, "hanako")).isTrue();
        built.complete(ANYWHERE);
        assertThat(cameUp(slow)).containsExactly(WorkspaceState.STARTING, WorkspaceState.LOCKED);
        assertThat(site.acts()).endsWith("workspace.run OUTCOME", "workspace.lock OUTCOME");
    }

    @Test
    void theNextGatewayKnowsSinceWhenItIsLocked() {
        var first = running();
        var before = Instant.now();
        assertThat(site.workspaces.lock(first, "hanako")).isTrue();
        var locked = site.workspaces.find(first).orElseThrow().locked();
        assertThat(locked).isBetween(before, Instant.now().plusSeconds(1));
        site.close();
        site = site();
        assertThat(site.workspaces.find(first).orElseThrow().locked()).isEqualTo(locked);
        assertThat(site.workspaces.unlock(first, "hanako")).isTrue();
        assertThat(site.workspaces.find(first).orElseThrow().locked()).isNull();
    }

    @Test
    void aLockFromTheFutureIsOneFromNow() {
        var first = running();
        assertThat(site.workspaces.lock(first, "hanako")).isTrue();
        site.store.<Integer>write(
                handle -> handle.execute("update workspace set locked = '2999-01-01T00:00:00Z' where id = ?", first));
        site.close();
        site = site();
        assertThat(site.workspaces.find(first).orElseThrow().locked())
                .as("the clock was set back meanwhile")
                .isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    void whatIsUnlockedLeavesNoLockedHomeBehind() {
        var before = Instant.now();
        var first = running();
        var slow = wanted(SLOW);
        assertThat(site.workspaces.lock(first, "hanako")).isTrue();
        site.workspaces.end(first, "hanako", WorkspaceEnd.OWNER);
        built.complete(ANYWHERE);
        site.waitFor(slow, WorkspaceState.LOCKED);
        assertThat(site.workspaces.unlock(slow, "hanako")).isTrue();
        site.workspaces.end(slow, "hanako", WorkspaceEnd.OWNER);
        assertThat(opening("desktop", before)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void aLockWaitsForNoStartBesideItAndThatOneComesUpLocked() throws Exception {
        var first = running();
        var slow = wanted(SLOW);
        built.complete(home);
        for (int i = 0; i < 2_000 && sandboxes.find(slow + "-d").isEmpty(); i++) {
            OciSandbox.pause(5);
        }
        var lock = CompletableFuture.supplyAsync(() -> site.workspaces.lock(first, "hanako"));
        assertThat(lock.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(told(slow)).containsExactly(WorkspaceState.STARTING);
        sandbox.countDown();
        assertThat(cameUp(slow)).containsExactly(WorkspaceState.STARTING, WorkspaceState.LOCKED);
    }

    @Test
    void whatTheNextGatewayTakesOverAsStartingIsLockedWhenTheLockedOneBesideDidNotOutlive() {
        built.complete(ANYWHERE);
        var first = running();
        var slow = site.waitFor(wanted(SLOW), WorkspaceState.RUNNING).id();
        assertThat(site.workspaces.lock(first, "hanako")).isTrue();
        site.store.<Integer>write(
                handle -> handle.execute("update workspace set state = 'starting' where id = ?", slow));
        site.close();
        Objects.requireNonNull(sandboxes.started().get(first + "-d")).dies();
        site = site();
        site.waitFor(slow, WorkspaceState.LOCKED);
        assertThat(toldInTheEnd(slow)).containsExactly(WorkspaceState.LOCKED);
    }
}
