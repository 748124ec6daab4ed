package org.sekisho.gateway.airlock;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Finding;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.review.Ballot;
import org.sekisho.checker.review.Decision;
import org.sekisho.checker.review.OutputState;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.engine.worker.QueryAnswer.Answered;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.intake.TakenFile;
import org.sekisho.gateway.job.Job;
import org.sekisho.gateway.job.JobRunner;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.job.QueryEngine;
import org.sekisho.gateway.job.Signals;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds results and submitted files and has them judged. What a kill interrupts is taken up again by {@link #resume}. */
public final class Airlock implements JobRunner.Holding, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Airlock.class);
    private static final String GATEWAY = "sekisho";
    private static final String FILE = "result.csv";

    private final Outputs outputs;
    private final HeldFolders held;
    private final Judgements judgements;
    private final Judging judging;
    private final Releases releases;
    private final Earlier earlier;
    private final QueryEngine engine;
    private final Jobs jobs;
    private final Projects projects;
    private final AuditLog log;
    private final Signals signals;
    private final Clock clock;
    private final ExecutorService checking = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().name("checking-", 0).daemon().factory());

    private final Cancellation cancellation = new Cancellation();
    private volatile boolean stopping;

    public Airlock(
            Outputs outputs,
            HeldFolders held,
            Judging judging,
            Releases releases,
            Earlier earlier,
            QueryEngine engine,
            Jobs jobs,
            Projects projects,
            AuditLog log,
            Signals signals,
            Clock clock) {
        this.outputs = outputs;
        this.held = held;
        this.judgements = releases.judgements();
        this.judging = judging;
        this.releases = releases;
        this.earlier = earlier;
        this.engine = engine;
        this.jobs = jobs;
        this.projects = projects;
        this.log = log;
        this.signals = signals;
        this.clock = clock;
    }

    @Override
    public Path prepare(Job job) {
        return held.empty(job.project(), job.outputId());
    }

    @Override
    public void discard(Job job) {
        held.remove(job.project(), job.outputId());
    }

    @Override
    public boolean hold(Job job, Permit permit, Provision provision, Answered answer) {
        var id = job.outputId();
        held.sync(job.project(), id);
        var intent = log.intent(new Act(
                GATEWAY,
                "output.hold",
                job.project(),
                id,
                Map.of("job", job.id(), "provision", provision.id(), "seal", releases.seal(id, answer.sha256()))));
        var held = Held.ofQuery(job, permit, provision.id(), FILE, answer.sha256());
        return begin(held, intent);
    }

    @Override
    public Path prepareFiles(Job job) {
        return held.emptyForFiles(job.project(), job.outputId());
    }

    @Override
    public boolean holdFiles(Job job, Permit permit, Provision provision, List<TakenFile> files) {
        var made = Held.ofNotebook(job, permit, provision.id(), files);
        held.sync(job.project(), made.id());
        var intent = log.intent(new Act(
                GATEWAY,
                "output.hold",
                job.project(),
                made.id(),
                Map.of(
                        "job",
                        job.id(),
                        "files",
                        Integer.toString(files.size()),
                        "provision",
                        provision.id(),
                        "seal",
                        releases.seal(made.id(), made.result()))));
        return begin(made, intent);
    }

    /** Begins an output of files that lie in {@link HeldFolders#submitted} of its id. The intent is in the log first. */
    public Output submit(Submission submission, Provision provision) {
        var made = Held.ofWorkspace(submission, provision.id());
        held.sync(submission.permit().project(), made.id());
        var intent = log.intent(new Act(
                submission.author().name(),
                "output.submit",
                submission.permit().project(),
                made.id(),
                Map.of(
                        "workspace",
                        submission.workspace(),
                        "files",
                        Integer.toString(made.files().size()),
                        "context-sha256",
                        Hashes.sha256(submission.context()),
                        "seal",
                        releases.seal(made.id(), made.result()))));
        begin(made, intent);
        return outputs.find(made.id()).orElseThrow();
    }

    private boolean begin(Held made, Entry intent) {
        var done = outputs.hold(made, releases::seal, clock.instant());
        if (done && made.job() != null) {
            signals.changed(made.job());
        }
        log.outcome(intent, done ? Result.DONE : Result.REFUSED, Map.of());
        if (done) {
            enqueue(made.id());
        }
        return done;
    }

    /** Takes up checks and decided releases that the last run of this gateway left unfinished. Call it before any job. */
    public void resume() {
        if (!outputs.seal(releases::seal)) {
            LOG.warn("the store still has plain hashes of outputs in what it has replaced; the next start tries again");
        }
        held.sweep(id -> outputs.find(id).isPresent());
        outputs.in(OutputState.CHECKING).forEach(output -> enqueue(output.id()));
        outputs.in(OutputState.HELD).forEach(output -> checking.execute(() -> decide(output)));
    }

    /** Checks that have not ended are taken up again at the next start. Interrupts nobody: a file may be half written. */
    @Override
    public void close() {
        stopping = true;
        cancellation.cancel();
        checking.shutdown();
        try {
            checking.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has an output that is {@code checking} again judged once more. */
    public void again(String id) {
        enqueue(id);
    }

    private void enqueue(String id) {
        checking.execute(() -> {
            try {
                var output = outputs.find(id).orElseThrow();
                projects.during(output.project(), () -> check(output));
            } catch (RuntimeException unexpected) {
                LOG.error("the check of {} did not end; it is taken up again at the next start", id, unexpected);
            }
        });
    }

    private void check(Output output) {
        if (stopping || output.state() != OutputState.CHECKING) {
            return;
        }
        var permit = projects.permit(output.project(), output.permit()).orElseThrow();
        // Who stands behind it does not change with what left since.
        if (output.origin() == Origin.QUERY && output.checked() == null) {
            explain(output, permit);
        }
        var judgement = judge(output, permit);
        if (stopping) {
            return;
        }
        var seal = judgements.write(output, judgement);
        held.sync(output.project(), output.id());
        log.record(
                new Act(
                        GATEWAY,
                        "output.judge",
                        output.project(),
                        output.id(),
                        Map.of(
                                "verdict",
                                judgement.verdict().name().toLowerCase(Locale.ROOT),
                                "findings",
                                codes(judgement),
                                "rules",
                                judgement.rules(),
                                "seal",
                                seal)),
                Result.DONE);
        if (outputs.judged(output.id(), judgement.verdict(), judgement.rules(), seal, clock.instant())) {
            decide(outputs.find(output.id()).orElseThrow());
            signals.changed(output.id());
        }
    }

    /** Which rules found something, and nothing of what they found. */
    private static String codes(Judgement judgement) {
        return judgement.findings().stream()
                .map(Finding::rule)
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    /** Whatever fails here leaves the contributors unknown, which the rules refer to a person. */
    private void explain(Output output, Permit permit) {
        try {
            var job = jobs.find(output.job() == null ? "" : output.job()).orElseThrow();
            engine.provision(permit, output.provision())
                    .ifPresent(provision -> engine.explain(provision, job.sql(), held.of(output), cancellation));
        } catch (RuntimeException unknown) {
            LOG.warn("nobody knows who stands behind the cells of {}", output.id(), unknown);
        }
    }

    private Judgement judge(Output output, Permit permit) {
        try {
            return output.origin() == Origin.QUERY
                    ? judging.judge(
                            permit.rules(),
                            held.of(output),
                            output.names().getFirst(),
                            earlier.of(output.project(), output.id()))
                    : judging.judgeFiles(permit.rules(), given(output), output.names(), held.emptyLeaving(output));
        } catch (RuntimeException failed) {
            LOG.error("the rules could not be applied to {}", output.id(), failed);
            return Judgements.failed(permit.rules(), output.names(), whatLies(output));
        }
    }

    /** Where the files lie as they were given; throws when they are not those any more. */
    private Path given(Output output) {
        var folder = held.submitted(output);
        for (var file : outputs.submitted(output.id())) {
            var seal = held.readSubmitted(output, file.name())
                    .map(bytes -> releases.seal(output.id(), Hashes.sha256(bytes)));
            if (!seal.equals(Optional.of(file.seal()))) {
                throw new IllegalStateException("a submitted file of " + output.id() + " was changed");
            }
        }
        return folder;
    }

    // Of several files nobody knows which are whole when the rules fail midway: none may leave.
    private List<CheckedFile> whatLies(Output output) {
        if (output.origin() != Origin.QUERY) {
            return List.of();
        }
        var name = output.names().getFirst();
        return held.read(output, name)
                .map(bytes -> List.of(new CheckedFile(name, "text/csv", bytes.length, Hashes.sha256(bytes))))
                .orElse(List.of());
    }

    /** Takes up what was decided while the releases of the project were held. */
    public void lifted(String project) {
        outputs.in(OutputState.HELD).stream()
                .filter(output -> output.project().equals(project))
                .forEach(output -> checking.execute(() -> decide(output)));
    }

    /** Carries out what is decided already: by a full ballot, or by a permit that lets a clear output leave. */
    private void decide(Output output) {
        try {
            var permit = projects.permit(output.project(), output.permit()).orElseThrow();
            var ballot = Ballot.count(
                    output.reviews(),
                    output.votes().stream().map(Output.Vote::decision).toList());
            if (ballot instanceof Ballot.Decided(var decision)) {
                carryOut(output, decision);
            } else if (permit.autoRelease()
                    && output.verdict() == Verdict.CLEAR
                    && output.votes().isEmpty()) {
                carryOut(output, Decision.RELEASE);
            }
        } catch (RuntimeException unexpected) {
            LOG.error("the decision about {} could not be carried out", output.id(), unexpected);
        }
    }

    private void carryOut(Output output, Decision decision) {
        if (decision.isRelease() && projects.isOnHold(output.project())) {
            return;
        }
        if (releases.carryOut(output, decision) == Releases.Outcome.OVERTAKEN) {
            enqueue(output.id());
        }
    }
}
