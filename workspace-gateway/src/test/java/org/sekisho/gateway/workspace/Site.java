package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.project.Visiting;
import org.sekisho.gateway.store.Store;

/** Workspaces over a real store and a real log. */
final class Site implements AutoCloseable {
    static final String PROJECT = "stroke-care";
    static final WorkspaceSettings SETTINGS =
            new WorkspaceSettings(Duration.ofMinutes(15), Duration.ofHours(12), 12, false);

    final Path home;
    final Store store;
    final AuditLog log;
    final Projects projects;
    final Sandboxes sandboxes;
    final Homes homes;
    final Workspaces workspaces;
    final List<Workspace> changes = new CopyOnWriteArrayList<>();

    Site(Path home, Sandboxes sandboxes, Map<String, Path> roots, WorkspaceSettings settings) {
        this(home, sandboxes, new RootImages(roots), settings);
    }

    Site(Path home, Sandboxes sandboxes, Images images, WorkspaceSettings settings) {
        this.home = home;
        this.sandboxes = sandboxes;
        var clock = Clock.systemUTC();
        store = Store.open(home);
        log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), clock);
        projects = new Projects(store);
        homes = new Homes(home, ProjectFolders.in(home));
        workspaces = new Workspaces(
                home,
                store,
                projects,
                sandboxes,
                images,
                BroughtImages.NONE,
                homes,
                new Ranges(),
                log,
                settings,
                project -> List.of(),
                clock);
        workspaces.onChange(changes::add);
    }

    Permit grant(int version, Duration left, Visiting visiting, String... members) {
        var words = new Text("題", "Title");
        var now = Instant.now();
        var permit = new Permit(
                PROJECT,
                version,
                words,
                words,
                words,
                List.of(members),
                List.of(),
                "ndb",
                1,
                false,
                Permit.Resources.USUAL,
                now,
                now.plus(left),
                visiting);
        projects.grant(permit, "reviewer");
        return permit;
    }

    Permit grant(String... members) {
        return grant(1, Duration.ofDays(1), small(), members);
    }

    static Visiting small() {
        return new Visiting(true, true, true, true, 256L << 20, 1L << 30, 2, List.of());
    }

    Workspace open(String person, Permit permit) {
        var opening = workspaces.open(person, person, permit, "desktop", Locale.JAPANESE, Instant.now());
        if (opening instanceof Opening.Opened opened) {
            return opened.workspace();
        }
        throw new AssertionError(opening);
    }

    Workspace waitFor(String id, WorkspaceState state) {
        for (int i = 0; i < 12_000; i++) {
            var now = workspaces.find(id).orElseThrow();
            if (now.state() == state) {
                return now;
            }
            if (now.state() == WorkspaceState.ENDED) {
                throw new AssertionError(now + " " + workspaces.problem(id));
            }
            OciSandbox.pause(5);
        }
        throw new AssertionError("not " + state + ": " + workspaces.find(id));
    }

    /** Actions and phases in their order, such as {@code workspace.open INTENT}. */
    List<String> acts() {
        var acts = new ArrayList<String>();
        log.search(Filter.ANY, null, 1_000)
                .entries()
                .forEach(entry -> acts.addFirst(entry.action() + " " + entry.phase()));
        return acts;
    }

    @Override
    public void close() {
        workspaces.close();
        sandboxes.close();
        log.close();
        store.close();
    }
}
