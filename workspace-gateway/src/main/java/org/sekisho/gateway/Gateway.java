package org.sekisho.gateway;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.provision.Provisions;
import org.sekisho.engine.sandbox.SandboxStatus;
import org.sekisho.engine.vault.Vault;
import org.sekisho.engine.worker.Engine;
import org.sekisho.gateway.airlock.Airlock;
import org.sekisho.gateway.airlock.Earlier;
import org.sekisho.gateway.airlock.HeldFolders;
import org.sekisho.gateway.airlock.Judging;
import org.sekisho.gateway.airlock.Output;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.airlock.ReleaseLedger;
import org.sekisho.gateway.airlock.Releases;
import org.sekisho.gateway.airlock.ReviewDesk;
import org.sekisho.gateway.alert.Alerts;
import org.sekisho.gateway.alert.Restraints;
import org.sekisho.gateway.alert.Rules;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.backup.Arrival;
import org.sekisho.gateway.backup.BackupDesk;
import org.sekisho.gateway.catalogue.Adoption;
import org.sekisho.gateway.closing.ClosingDesk;
import org.sekisho.gateway.closing.Closings;
import org.sekisho.gateway.desktop.Desktops;
import org.sekisho.gateway.desktop.Recordings;
import org.sekisho.gateway.desktop.WorkspaceSeats;
import org.sekisho.gateway.encryption.MasterKeySource;
import org.sekisho.gateway.encryption.SealedFolders;
import org.sekisho.gateway.http.Frontdoor;
import org.sekisho.gateway.http.Instance;
import org.sekisho.gateway.http.Parts;
import org.sekisho.gateway.http.WorkspaceParts;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.identity.Provider;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.ingress.ClamAv;
import org.sekisho.gateway.ingress.DeliveredFolders;
import org.sekisho.gateway.ingress.Ingress;
import org.sekisho.gateway.ingress.Inputs;
import org.sekisho.gateway.ingress.ProjectImages;
import org.sekisho.gateway.ingress.SandboxedSourceBuild;
import org.sekisho.gateway.job.Job;
import org.sekisho.gateway.job.JobRunner;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.job.NotebookFiles;
import org.sekisho.gateway.job.Provisioning;
import org.sekisho.gateway.job.QueryEngine;
import org.sekisho.gateway.job.Signals;
import org.sekisho.gateway.job.WorkerQueryEngine;
import org.sekisho.gateway.metering.Meters;
import org.sekisho.gateway.project.Applications;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.report.Fonts;
import org.sekisho.gateway.report.WeeklyReport;
import org.sekisho.gateway.store.Store;
import org.sekisho.gateway.visit.Doors;
import org.sekisho.gateway.visit.Places;
import org.sekisho.gateway.visit.Preflight;
import org.sekisho.gateway.visit.SandboxedNotebooks;
import org.sekisho.gateway.visit.Scratch;
import org.sekisho.gateway.visit.Submitting;
import org.sekisho.gateway.workspace.Homes;
import org.sekisho.gateway.workspace.Images;
import org.sekisho.gateway.workspace.Mount;
import org.sekisho.gateway.workspace.NoImages;
import org.sekisho.gateway.workspace.OciSandboxes;
import org.sekisho.gateway.workspace.ProgramImages;
import org.sekisho.gateway.workspace.Ranges;
import org.sekisho.gateway.workspace.Workspaces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running gateway: every object of it, from the first file opened to the last one closed. */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final Duration LONGEST_NOTEBOOK = Duration.ofHours(1);
    private static final String VERSION = "0.1.0";

    private final Deque<Closeable> opened = new ArrayDeque<>();
    private final Identity identity;
    private final Projects projects;
    private final Frontdoor door;
    private final SandboxStatus sandbox;

    private Gateway(Settings settings, @Nullable Function<Engine, QueryEngine> measured) {
        var clock = Clock.systemUTC();
        var home = settings.home();
        try {
            // The log first: its lock keeps a second gateway, of another version perhaps, from the store.
            var log = keep(FileAuditLog.open(home.resolve("log"), home.resolve("keys"), clock, settings.log()));
            var store = keep(Store.open(home));
            log.record(Act.of("sekisho", "gateway.start").with("version", VERSION), Result.DONE);
            opened.push(() -> log.record(Act.of("sekisho", "gateway.stop"), Result.DONE));
            var outputs = new Outputs(store);
            var certificates = SigningKey.open(
                    home.resolve("keys/certificate.key"),
                    !outputs.countByState().isEmpty());
            var folders = folders(home, settings.rest());
            identity = Identity.open(store, home.resolve("keys"), settings.identity(), clock);
            Arrival.announce(
                    home,
                    log,
                    () -> identity.sessions()
                            .live()
                            .forEach(session -> identity.sessions().end(session.id())));
            projects = new Projects(store);
            var vault = Vault.open(home);
            var demo = new Demo(identity.accounts(), projects, vault, log, clock);
            demo.prepare(settings.demo(), settings.binding().isLoopback());
            new FirstPeople(identity.accounts(), log, home).invite();
            var adoption = new Adoption(vault, store, log, clock);
            adoption.datasets();

            var engine = keep(new Engine(settings.engine()));
            sandbox = engine.sandbox();
            var provisions = new Provisions(folders, vault);
            var queries = measured == null ? new WorkerQueryEngine(engine, provisions, vault) : measured.apply(engine);
            var signals = new Signals();
            var jobs = new Jobs(store, clock);
            var held = new HeldFolders(folders);
            var judging = Judging.byPacks();
            var earlier = new Earlier(outputs, new ReleaseLedger(home, folders), queries::mergedPersons);
            var releases = new Releases(
                    outputs,
                    held,
                    jobs,
                    earlier,
                    judging,
                    projects,
                    (project, permit, provision) -> provisions
                            .find(project, provision)
                            .map(Provision::snapshots)
                            .orElseThrow(),
                    certificates,
                    log,
                    signals,
                    clock,
                    id -> identity.accounts().withId(id).map(User::name).orElse(id));
            var airlock = keep(new Airlock(
                    outputs, held, judging, releases, earlier, queries, jobs, projects, log, signals, clock));
            var sandboxes = keep(OciSandboxes.in(home, settings.sandboxRuntime()));
            var images = images(settings, log);
            var homes = new Homes(home, folders);
            var ranges = new Ranges();
            var inputs = new Inputs(store);
            var delivered = new DeliveredFolders(folders);
            var brought = new ProjectImages(home, inputs, images, settings.inputs(), log);
            var ingress = keep(new Ingress(
                    home,
                    folders,
                    inputs,
                    delivered,
                    ClamAv.ofThisMachine(),
                    new SandboxedSourceBuild(sandboxes, images, ranges),
                    brought,
                    projects,
                    settings.inputs(),
                    log,
                    clock));
            var workspaces = keep(new Workspaces(
                    home,
                    store,
                    projects,
                    sandboxes,
                    images,
                    brought,
                    homes,
                    ranges,
                    log,
                    settings.workspaces(),
                    project -> furniture(delivered, project),
                    clock));
            var meters = keep(new Meters(jobs, outputs, log, store, sandbox.isolated(), engine::works));
            var recordings = Recordings.open(home, folders, store, log, clock);
            var seats = new WorkspaceSeats(workspaces);
            var desktops = keep(new Desktops(
                    seats, recordings, log, clock, settings.workspaces().lockAfter()));
            workspaces.onChange(workspace -> desktops.lookAt(workspace.id()));
            var alerts = keep(new Alerts(
                    store,
                    log,
                    projects,
                    Rules.with(settings.alertRules()),
                    Restraints.of(identity.accounts(), workspaces, projects, airlock::lifted),
                    id -> owner(jobs, outputs, id),
                    clock));
            meters.watch(alerts);
            var provisioning = new Provisioning(queries, projects, log);
            var scratch = new Scratch(folders);
            var submitting = new Submitting(airlock, held, outputs, provisioning, projects);
            var preflight = new Preflight(provisioning, queries, judging, earlier, scratch, log, clock);
            var doors = keep(new Doors(
                    identity.accounts(),
                    projects,
                    provisioning,
                    queries,
                    submitting,
                    preflight,
                    outputs,
                    releases.judgements(),
                    vault,
                    scratch,
                    log,
                    clock));
            doors.attend(workspaces);
            var notebooks = new NotebookFiles(folders);
            var runner = keep(new JobRunner(
                    jobs,
                    projects,
                    queries,
                    provisioning,
                    new SandboxedNotebooks(
                            sandboxes,
                            images,
                            brought,
                            homes,
                            ranges,
                            doors,
                            project -> furniture(delivered, project),
                            home.resolve("run/n"),
                            LONGEST_NOTEBOOK),
                    notebooks,
                    airlock,
                    log,
                    signals,
                    meters::queried,
                    clock));
            var whole = new ReentrantLock();
            var closings = keep(new ClosingDesk(
                    home,
                    folders,
                    new Closings(store),
                    id -> jobs.find(id).ifPresent(runner::cancel),
                    engine::forget,
                    project -> workspaces.standIn(project) || projects.isWrittenFor(project),
                    whole,
                    log,
                    clock));
            var instance = new Instance(
                    settings.demo(),
                    new Instance.Sandbox(sandbox.isolated(), sandbox.words()),
                    VERSION,
                    identity.provider().map(Provider::name).orElse(null));
            var parts = new Parts(
                    identity,
                    log,
                    projects,
                    closings,
                    new Applications(store, clock),
                    jobs,
                    runner,
                    notebooks,
                    signals,
                    outputs,
                    held,
                    releases,
                    new ReviewDesk(
                            outputs, projects, releases.judgements(), releases, log, signals, clock, airlock::again),
                    ingress,
                    inputs,
                    Places.of(workspaces),
                    submitting,
                    preflight,
                    new WorkspaceParts(workspaces, sandboxes, images, brought, homes),
                    seats,
                    desktops,
                    recordings,
                    alerts,
                    new WeeklyReport(log, alerts, outputs, projects, this::name, Fonts.of(settings.web()), clock),
                    vault,
                    adoption,
                    instance,
                    settings.binding().tls() != null,
                    clock);
            workspaces.resume();
            airlock.resume();
            ingress.resume();
            runner.resume();
            closings.resume();
            door = keep(new Frontdoor(settings.binding(), settings.opsPort(), settings.web(), parts, meters));
            keep(BackupDesk.open(home, store, log, whole, clock));
            alerts.start();
            watchTheVault(adoption);
            projects.all().forEach(runner::prepare);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Returns when requests are answered. */
    static Gateway start(Settings settings) {
        return new Gateway(settings, null);
    }

    /** As {@link #start(Settings)}, with an engine that looks at other data. */
    static Gateway start(Settings settings, Function<Engine, QueryEngine> measured) {
        return new Gateway(settings, measured);
    }

    void grant(Permit permit) {
        projects.grant(permit, person("reviewer"));
    }

    String person(String name) {
        return identity.accounts().named(name).orElseThrow().id();
    }

    int port() {
        return door.port();
    }

    int opsPort() {
        return door.opsPort();
    }

    SandboxStatus sandbox() {
        return sandbox;
    }

    /** Stops what listens first and what others write to last. Calling it again does nothing. */
    @Override
    public void close() {
        synchronized (opened) {
            while (!opened.isEmpty()) {
                var part = opened.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    LOG.error("a part did not close", e);
                }
            }
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(() -> {
            try {
                part.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        return part;
    }

    /** Before anything of a project is read or written. */
    private ProjectFolders folders(Path home, @Nullable MasterKeySource rest) {
        if (rest != null) {
            return keep(SealedFolders.open(home, rest));
        }
        SealedFolders.mustBePlain(home);
        LOG.warn("projects lie on this disk in the clear: no master key for encryption at rest is configured (rest)");
        return ProjectFolders.in(home);
    }

    private Images images(Settings settings, AuditLog log) {
        return settings.images() == null ? new NoImages() : keep(new ProgramImages(settings.images(), log));
    }

    private String name(String id) {
        return identity.accounts().withId(id).map(User::name).orElse(id);
    }

    /** The name of whose job or output this is. */
    private Optional<String> owner(Jobs jobs, Outputs outputs, String id) {
        return jobs.find(id)
                .map(Job::author)
                .or(() -> outputs.find(id).map(Output::author))
                .flatMap(identity.accounts()::withId)
                .map(User::name);
    }

    /** What was brought in for a project, as its workspaces see it. */
    private static List<Mount> furniture(DeliveredFolders delivered, String project) {
        return List.of(
                Mount.readOnly(delivered.files(project), "/home/visitor/inputs"),
                Mount.readOnly(delivered.python(project), "/opt/project/python"),
                Mount.readOnly(delivered.r(project), "/opt/project/R"));
    }

    /** What another process loads is announced within a second. */
    private void watchTheVault(Adoption adoption) {
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("vault").daemon().factory());
        opened.push(watch::shutdownNow);
        var _ = watch.scheduleWithFixedDelay(
                () -> {
                    try {
                        adoption.datasets();
                    } catch (RuntimeException e) {
                        LOG.error("the vault cannot be read", e);
                    }
                },
                1,
                1,
                TimeUnit.SECONDS);
    }
}
