package org.sekisho.gateway.http;

import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.airlock.Airlock;
import org.sekisho.gateway.airlock.Earlier;
import org.sekisho.gateway.airlock.FakeJudging;
import org.sekisho.gateway.airlock.HeldFolders;
import org.sekisho.gateway.airlock.Output;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.airlock.ReleaseLedger;
import org.sekisho.gateway.airlock.Releases;
import org.sekisho.gateway.airlock.ReviewDesk;
import org.sekisho.gateway.alert.Alerts;
import org.sekisho.gateway.alert.Restraints;
import org.sekisho.gateway.alert.Rules;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.catalogue.Adoption;
import org.sekisho.gateway.closing.ClosingDesk;
import org.sekisho.gateway.closing.Closings;
import org.sekisho.gateway.desktop.Desktops;
import org.sekisho.gateway.desktop.FakeSeats;
import org.sekisho.gateway.desktop.Recordings;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.identity.IdentitySettings;
import org.sekisho.gateway.identity.SecondFactor;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.ingress.DeliveredFolders;
import org.sekisho.gateway.ingress.Ingress;
import org.sekisho.gateway.ingress.Inputs;
import org.sekisho.gateway.ingress.Limits;
import org.sekisho.gateway.ingress.ProjectImages;
import org.sekisho.gateway.ingress.Scan;
import org.sekisho.gateway.ingress.Scanner;
import org.sekisho.gateway.ingress.SourceBuild;
import org.sekisho.gateway.job.FakeNotebookEngine;
import org.sekisho.gateway.job.FakeQueryEngine;
import org.sekisho.gateway.job.Job;
import org.sekisho.gateway.job.JobRunner;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.job.NotebookFiles;
import org.sekisho.gateway.job.Provisioning;
import org.sekisho.gateway.job.Signals;
import org.sekisho.gateway.metering.Meters;
import org.sekisho.gateway.project.Applications;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.project.Visiting;
import org.sekisho.gateway.report.Fonts;
import org.sekisho.gateway.report.WeeklyReport;
import org.sekisho.gateway.store.Store;
import org.sekisho.gateway.visit.Doors;
import org.sekisho.gateway.visit.Preflight;
import org.sekisho.gateway.visit.Scratch;
import org.sekisho.gateway.visit.Submitting;
import org.sekisho.gateway.workspace.FakeDesktop;
import org.sekisho.gateway.workspace.FakePlaces;
import org.sekisho.gateway.workspace.FakeSandboxes;
import org.sekisho.gateway.workspace.Homes;
import org.sekisho.gateway.workspace.Ranges;
import org.sekisho.gateway.workspace.RootImages;
import org.sekisho.gateway.workspace.WorkspaceSettings;
import org.sekisho.gateway.workspace.Workspaces;

/** A whole gateway on free ports, real but for its engine and its rules. */
public final class House implements AutoCloseable {
    public static final String PROJECT = "stroke-care";

    public final FakeQueryEngine engine = new FakeQueryEngine();
    public final FakeNotebookEngine notebooks = new FakeNotebookEngine();
    public final FakeJudging judging = new FakeJudging();
    public final Path home;
    public final AuditLog log;
    public final Projects projects;
    public final Jobs jobs;
    public final Outputs outputs;
    public final Parts parts;
    public final Doors doors;
    public final FakePlaces places = new FakePlaces();
    public final Inputs inputs;
    public volatile Scan scan = new Scan(Scan.State.CLEAN, "fake", null);
    public final FakeSeats seats = new FakeSeats();
    public final Recordings recordings;
    public final Desktops desktops;
    private final Store store;
    private final Ingress ingress;
    private final JobRunner runner;
    private final ClosingDesk closings;
    private final Airlock airlock;
    public final Meters meters;
    public final FakeSandboxes sandboxes = new FakeSandboxes(new FakeDesktop());
    public final RootImages images =
            new RootImages(Map.of("desktop", Path.of("/"), "desktop-wide", Path.of("/"), "guacd", Path.of("/")));
    public final ProjectImages brought;
    public final Workspaces workspaces;
    public final Alerts alerts;
    public volatile boolean engineWorks = true;
    public final LaterClock later = new LaterClock();
    private final Frontdoor door;

    public House(Path home) {
        this(home, null);
    }

    public House(Path home, @Nullable Path web) {
        this(home, web, SecondFactor.OPTIONAL);
    }

    public House(Path home, @Nullable Path web, SecondFactor policy) {
        this(home, web, IdentitySettings.local(policy), 0);
    }

    /** @param rules of alerts; nothing follows the log by itself, a test says when */
    public House(Path home, @Nullable Path web, Rules rules) {
        this(home, web, IdentitySettings.local(SecondFactor.OPTIONAL), 0, rules);
    }

    /** @param port 0 for any free one */
    public House(Path home, @Nullable Path web, IdentitySettings settings, int port) {
        this(home, web, settings, port, Rules.shipped());
    }

    private House(Path home, @Nullable Path web, IdentitySettings settings, int port, Rules rules) {
        this.home = home;
        var clock = Clock.systemUTC();
        store = Store.open(home);
        log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), clock);
        var identity = Identity.open(store, home.resolve("keys"), settings, later, later);
        identity.accounts().createDemo();
        projects = new Projects(store);
        var vault = Vault.open(home);
        var signals = new Signals();
        jobs = new Jobs(store, clock);
        outputs = new Outputs(store);
        var folders = ProjectFolders.in(home);
        var held = new HeldFolders(folders);
        var earlier = new Earlier(outputs, new ReleaseLedger(home, folders), engine::mergedPersons);
        var releases = new Releases(
                outputs,
                held,
                jobs,
                earlier,
                judging,
                projects,
                (project, permit, provision) -> List.of("life@1"),
                key(),
                log,
                signals,
                clock,
                id -> identity.accounts().withId(id).map(User::name).orElse(id));
        airlock = new Airlock(outputs, held, judging, releases, earlier, engine, jobs, projects, log, signals, clock);
        var homes = new Homes(home, folders);
        inputs = new Inputs(store);
        brought = new ProjectImages(home, inputs, images, Limits.USUAL, log);
        workspaces = new Workspaces(
                home,
                store,
                projects,
                sandboxes,
                images,
                brought,
                homes,
                new Ranges(),
                log,
                WorkspaceSettings.usual(),
                project -> List.of(),
                clock);
        meters = new Meters(jobs, outputs, log, store, false, () -> engineWorks);
        ingress = ingress(file -> scan, Limits.USUAL);
        var files = new NotebookFiles(folders);
        var provisioning = new Provisioning(engine, projects, log);
        runner = new JobRunner(
                jobs, projects, engine, provisioning, notebooks, files, airlock, log, signals, meters::queried, clock);
        var scratch = new Scratch(folders);
        var submitting = new Submitting(airlock, held, outputs, provisioning, projects);
        var preflight = new Preflight(provisioning, engine, judging, earlier, scratch, log, clock);
        doors = new Doors(
                identity.accounts(),
                projects,
                provisioning,
                engine,
                submitting,
                preflight,
                outputs,
                releases.judgements(),
                vault,
                scratch,
                log,
                clock);
        recordings = Recordings.open(home, folders, store, log, clock);
        desktops = new Desktops(seats, recordings, log, clock, Duration.ofMinutes(15));
        alerts = new Alerts(
                store,
                log,
                projects,
                rules,
                Restraints.of(identity.accounts(), workspaces, projects, airlock::lifted),
                id -> jobs.find(id)
                        .map(Job::author)
                        .or(() -> outputs.find(id).map(Output::author))
                        .map(author ->
                                identity.accounts().withId(author).orElseThrow().name()),
                clock);
        meters.watch(alerts);
        closings = new ClosingDesk(
                home,
                folders,
                new Closings(store),
                id -> jobs.find(id).ifPresent(runner::cancel),
                project -> {},
                project -> workspaces.standIn(project) || projects.isWrittenFor(project),
                new ReentrantLock(),
                log,
                clock);
        parts = new Parts(
                identity,
                log,
                projects,
                closings,
                new Applications(store, clock),
                jobs,
                runner,
                files,
                signals,
                outputs,
                held,
                releases,
                new ReviewDesk(outputs, projects, releases.judgements(), releases, log, signals, clock, airlock::again),
                ingress,
                inputs,
                places,
                submitting,
                preflight,
                new WorkspaceParts(workspaces, sandboxes, images, brought, homes),
                seats,
                desktops,
                recordings,
                alerts,
                new WeeklyReport(
                        log,
                        alerts,
                        outputs,
                        projects,
                        id -> identity.accounts().withId(id).map(User::name).orElse(id),
                        Fonts.of(web),
                        clock),
                vault,
                new Adoption(vault, store, log, clock),
                new Instance(true, new Instance.Sandbox(false, new Text("なし", "none")), "test"),
                false,
                clock);
        grant(PROJECT, "ndb", 2, false, Duration.ofDays(100), "researcher", "analyst");
        workspaces.resume();
        airlock.resume();
        ingress.resume();
        runner.resume();
        closings.resume();
        door = new Frontdoor(new Binding("127.0.0.1", port, Set.of(), null), 0, web, parts, meters);
    }

    private Ingress ingress(Scanner scanner, Limits limits) {
        return new Ingress(
                home,
                ProjectFolders.in(home),
                inputs,
                new DeliveredFolders(ProjectFolders.in(home)),
                scanner,
                SourceBuild.NONE,
                brought,
                projects,
                limits,
                log,
                Clock.systemUTC());
    }

    public void grant(
            String project, String rules, int reviews, boolean autoRelease, Duration left, String... members) {
        if (projects.permit(project).isPresent()) {
            return;
        }
        var now = parts.clock().instant();
        projects.grant(
                new Permit(
                        project,
                        1,
                        new Text("題", "Title"),
                        new Text("目的", "Purpose"),
                        new Text("表", "Tables"),
                        List.of(members).stream().map(this::id).toList(),
                        List.of(DataGrant.whole("life")),
                        rules,
                        reviews,
                        autoRelease,
                        Permit.Resources.USUAL,
                        now,
                        now.plus(left),
                        Visiting.of(true, true, true, true).bringing("tinylib", "tinystat==1.2", "image:tiny")),
                id("reviewer"));
    }

    /** Puts a next version of the permit in force that is over already. */
    public void expire(String project) {
        var permit = projects.permit(project).orElseThrow();
        next(permit, permit.members(), parts.clock().instant());
    }

    /** Puts a next version of the permit in force with these members and no other. */
    public void members(String project, String... members) {
        var permit = projects.permit(project).orElseThrow();
        next(permit, List.of(members).stream().map(this::id).toList(), permit.expires());
    }

    private void next(Permit permit, List<String> members, Instant expires) {
        var over = new Permit(
                permit.project(),
                permit.version() + 1,
                permit.title(),
                permit.purpose(),
                permit.outputs(),
                members,
                permit.data(),
                permit.rules(),
                permit.reviews(),
                permit.autoRelease(),
                permit.resources(),
                permit.granted(),
                expires,
                permit.visiting());
        projects.grant(over, id("reviewer"));
    }

    public String id(String name) {
        return parts.identity().accounts().named(name).orElseThrow().id();
    }

    /** As if so much time had passed since people signed in. */
    public void tick(Duration by) {
        later.tick(by);
    }

    /** All of the log, newest first. */
    public List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        var page = log.search(Filter.ANY, null, 1_000);
        entries.addAll(page.entries());
        while (page.next() != null) {
            page = log.search(Filter.ANY, page.next(), 1_000);
            entries.addAll(page.entries());
        }
        return entries;
    }

    public int port() {
        return door.port();
    }

    public int opsPort() {
        return door.opsPort();
    }

    public Visitor visitor(String name) {
        return Visitor.signedIn(port(), name);
    }

    @Override
    public void close() {
        desktops.close();
        door.close();
        alerts.close();
        doors.close();
        meters.close();
        closings.close();
        runner.close();
        workspaces.close();
        airlock.close();
        ingress.close();
        log.close();
        store.close();
    }

    private static KeyPair key() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
