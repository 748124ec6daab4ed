package org.sekisho.gateway.http;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.airlock.HeldFolders;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.airlock.Releases;
import org.sekisho.gateway.airlock.ReviewDesk;
import org.sekisho.gateway.alert.Alerts;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.catalogue.Adoption;
import org.sekisho.gateway.closing.ClosingDesk;
import org.sekisho.gateway.desktop.Desktops;
import org.sekisho.gateway.desktop.Recordings;
import org.sekisho.gateway.desktop.Seats;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.ingress.Ingress;
import org.sekisho.gateway.ingress.Inputs;
import org.sekisho.gateway.job.JobRunner;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.job.NotebookFiles;
import org.sekisho.gateway.job.Signals;
import org.sekisho.gateway.project.Applications;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.report.WeeklyReport;
import org.sekisho.gateway.visit.Places;
import org.sekisho.gateway.visit.Preflight;
import org.sekisho.gateway.visit.Submitting;

/** Everything that routes ask, put together once. */
public record Parts(
        Identity identity,
        AuditLog log,
        Projects projects,
        ClosingDesk closings,
        Applications applications,
        Jobs jobs,
        JobRunner runner,
        NotebookFiles notebooks,
        Signals signals,
        Outputs outputs,
        HeldFolders held,
        Releases releases,
        ReviewDesk desk,
        Ingress ingress,
        Inputs inputs,
        Places places,
        Submitting submitting,
        Preflight preflight,
        WorkspaceParts workspaces,
        Seats seats,
        Desktops desktops,
        Recordings recordings,
        Alerts alerts,
        WeeklyReport report,
        Vault vault,
        Adoption adoption,
        Instance instance,
        boolean secure,
        Clock clock) {
    DesktopSocket desktopSocket() {
        return new DesktopSocket(desktops, seats, identity.sessions(), projects, gate());
    }

    private Gate gate() {
        return new Gate(log, projects, identity.accounts().trainings(), clock);
    }

    /** The table of routes. */
    List<Route> routes() {
        var gate = gate();
        var people = new People(identity.accounts());
        var outputView = new OutputView(releases.judgements(), projects, people);
        var projectRoutes = new ProjectRoutes(projects, closings.closings(), vault, people, gate, clock);
        return Stream.of(
                        new SessionRoutes(identity, people, projects, gate, log, instance, secure, clock).routes(),
                        new LiveSessionRoutes(identity.sessions(), workspaces.workspaces(), people, gate, log).routes(),
                        new AccountRoutes(identity, gate, log, secure).routes(),
                        new ProviderRoutes(identity, gate, log, secure, clock).routes(),
                        new PeopleRoutes(identity, workspaces.workspaces(), gate, log).routes(),
                        new ChangeRoutes(identity, people, gate, log).routes(),
                        new WorkspaceRoutes(workspaces, identity, projects, people, gate, log).routes(),
                        projectRoutes.routes(),
                        new ClosingRoutes(closings, projects, people, gate, log, clock).routes(),
                        new ApplicationRoutes(applications, vault, people, projects, runner, gate, log, clock).routes(),
                        new JobRoutes(
                                        jobs,
                                        runner,
                                        notebooks,
                                        projects,
                                        workspaces.brought(),
                                        signals,
                                        people,
                                        vault,
                                        gate,
                                        log)
                                .routes(),
                        new InputRoutes(ingress, inputs, projects, new InputView(projects, people), gate, log).routes(),
                        new OutputRoutes(
                                        outputs,
                                        jobs,
                                        held,
                                        releases.judgements(),
                                        desk,
                                        signals,
                                        outputView,
                                        gate,
                                        log,
                                        new Looks(clock))
                                .routes(),
                        new SubmissionRoutes(places, submitting, preflight, projects, outputView, gate).routes(),
                        new CatalogueRoutes(
                                        adoption, vault, projects, projectRoutes, instance, releases.certificateKey())
                                .routes(),
                        List.of(desktopSocket().route()),
                        new RecordingRoutes(recordings, people, gate, log).routes(),
                        new AlertRoutes(alerts, gate, log).routes(),
                        new ReportRoutes(report, gate, log).routes(),
                        new AuditRoutes(log, gate).routes())
                .flatMap(List::stream)
                .toList();
    }
}
