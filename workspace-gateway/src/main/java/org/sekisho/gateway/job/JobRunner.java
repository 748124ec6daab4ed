package org.sekisho.gateway.job;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.engine.worker.Progress;
import org.sekisho.engine.worker.QueryAnswer;
import org.sekisho.engine.worker.QueryAnswer.Answered;
import org.sekisho.engine.worker.QueryAnswer.Cancelled;
import org.sekisho.engine.worker.QueryAnswer.Failed;
import org.sekisho.engine.worker.QueryAnswer.Refused;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.intake.TakenFile;
import org.sekisho.gateway.job.Job.JobError;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs accepted jobs, one after the other within a project, projects beside one another. Notebooks have a queue of their
 * own: a statement does not wait for an hour of somebody's cells.
 */
public final class JobRunner implements AutoCloseable {
    /** Where a result goes when it is there. */
    public interface Holding {
        /** An empty folder for the result of this job; what an interrupted run left there is gone. */
        Path prepare(Job job);

        /** Makes result and job one held output, durably. @return false when the job had ended otherwise */
        boolean hold(Job job, Permit permit, Provision provision, Answered answer);

        /** An empty folder for the files of this notebook job; what an interrupted run left there is gone. */
        Path prepareFiles(Job job);

        /** Makes files and job one held output, durably. @return false when the job had ended otherwise */
        boolean holdFiles(Job job, Permit permit, Provision provision, List<TakenFile> files);

        void discard(Job job);
    }

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    private static final String GATEWAY = "sekisho";

    private final Jobs jobs;
    private final Projects projects;
    private final QueryEngine engine;
    private final NotebookEngine notebooks;
    private final NotebookFiles files;
    private final Holding holding;
    private final AuditLog log;
    private final Signals signals;
    private final Consumer<Duration> took;
    private final Clock clock;
    private final Provisioning provisioning;
    private final Map<String, ExecutorService> queues = new ConcurrentHashMap<>();
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /** A job in the hands of the engine and the last thing heard of it. */
    private static final class Running {
        private final Cancellation cancellation = new Cancellation();
        private volatile @Nullable Progress progress;
        private volatile @Nullable CellProgress cell;
    }

    /** @param took told how long each statement was in the hands of the engine, however it ended */
    public JobRunner(
            Jobs jobs,
            Projects projects,
            QueryEngine engine,
            Provisioning provisioning,
            NotebookEngine notebooks,
            NotebookFiles files,
            Holding holding,
            AuditLog log,
            Signals signals,
            Consumer<Duration> took,
            Clock clock) {
        this.jobs = jobs;
        this.projects = projects;
        this.engine = engine;
        this.notebooks = notebooks;
        this.files = files;
        this.holding = holding;
        this.log = log;
        this.signals = signals;
        this.took = took;
        this.clock = clock;
        this.provisioning = provisioning;
    }

    /** Takes up what the last run of this gateway left unfinished. */
    public void resume() {
        jobs.unfinished().forEach(this::enqueue);
    }

    /** Has the data of a project built before somebody asks for it; returns at once. */
    public void prepare(Permit permit) {
        if (!permit.isExpiredAt(clock.instant())) {
            provisioning.prepare(permit);
        }
    }

    /** The job is on the disk; this only says that it is time. */
    public void enqueue(Job job) {
        if (!stopping) {
            queues.computeIfAbsent(
                            job.kind() + "-" + job.project(),
                            queue -> Executors.newSingleThreadExecutor(
                                    Thread.ofPlatform().name(queue).daemon().factory()))
                    .execute(() -> take(job.id()));
        }
    }

    /** Ends a job soon, whether it waits or runs. @return false when it has ended */
    public boolean cancel(Job job) {
        if (!jobs.wishCancelled(job.id())) {
            return false;
        }
        var now = running.get(job.id());
        if (now != null) {
            now.cancellation.cancel();
        } else if (job.state() == JobState.QUEUED) {
            endCancelled(job);
        }
        return true;
    }

    public Optional<Progress> progress(String job) {
        return Optional.ofNullable(running.get(job)).map(now -> now.progress);
    }

    public Optional<CellProgress> cell(String job) {
        return Optional.ofNullable(running.get(job)).map(now -> now.cell);
    }

    /** Stops what runs; every job that has not ended is queued again and starts anew with the next gateway. */
    @Override
    public void close() {
        stopping = true;
        running.values().forEach(now -> now.cancellation.cancel());
        queues.values().forEach(ExecutorService::shutdown);
        for (var queue : queues.values()) {
            try {
                queue.awaitTermination(Duration.ofSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        provisioning.close();
    }

    private void take(String id) {
        if (stopping) {
            return;
        }
        var job = jobs.find(id).orElseThrow();
        try {
            if (job.state().isFinal()) {
                return;
            }
            if (job.cancelling()) {
                endCancelled(job);
                return;
            }
            run(job);
        } catch (RuntimeException unexpected) {
            LOG.error("job {} met an error of ours", id, unexpected);
            endWith(job, new JobError("internal", null, null, Words.of("internal")), Result.FAILED);
        }
    }

    private void run(Job job) {
        var permit = projects.permit(job.project()).orElseThrow();
        if (permit.isExpiredAt(clock.instant())) {
            endWith(job, new JobError("permit-expired", null, null, Words.of("permit-expired")), Result.REFUSED);
            return;
        }
        var now = new Running();
        running.put(job.id(), now);
        try {
            // Whoever wished for the end before the line above could not reach this run.
            if (!jobs.start(job.id()) || jobs.find(job.id()).orElseThrow().cancelling()) {
                endCancelled(job);
                return;
            }
            signals.changed(job.id());
            if (job.notebook() == null) {
                query(job, permit, now);
            } else {
                notebook(job, permit, now);
            }
        } finally {
            running.remove(job.id());
        }
    }

    private void query(Job job, Permit permit, Running now) {
        var provision = provisioning.of(permit);
        var answer = measured(provision, job, holding.prepare(job), now);
        switch (answer) {
            case Answered answered -> hold(job, permit, provision, answered);
            case Refused refused ->
                refuse(job, new JobError(refused.code(), refused.line(), refused.column(), refused.message()));
            case Failed failed ->
                fail(job, new JobError(failed.code(), failed.line(), failed.column(), failed.message()));
            case Cancelled cancelled -> endCancelledOrRequeue(job);
        }
    }

    private void notebook(Job job, Permit permit, Running now) {
        var provision = provisioning.of(permit);
        var intent = log.intent(act(job, "notebook.run").with("provision", provision.id()));
        NotebookAnswer answer = new NotebookAnswer.Failed("internal");
        try {
            answer = notebooks.run(
                    job,
                    permit,
                    files.of(job.project(), job.id()),
                    holding.prepareFiles(job),
                    now.cancellation,
                    cell -> {
                        now.cell = cell;
                        signals.changed(job.id());
                    });
        } finally {
            log.outcome(intent, answer instanceof NotebookAnswer.Finished ? Result.DONE : Result.FAILED, Map.of());
        }
        switch (answer) {
            case NotebookAnswer.Finished(var made) -> holdFiles(job, permit, provision, made);
            case NotebookAnswer.CellFailed(var cell, var errorClass) ->
                fail(job, new JobError("cell-failed", null, null, Words.of("cell-failed"), cell, errorClass));
            case NotebookAnswer.Failed(var code) -> fail(job, new JobError(code, null, null, Words.of(code)));
            case NotebookAnswer.Cancelled cancelled -> endCancelledOrRequeue(job);
        }
    }

    private void holdFiles(Job job, Permit permit, Provision provision, List<TakenFile> made) {
        if (holding.holdFiles(job, permit, provision, made)) {
            ended(job, Result.DONE, Map.of("state", "held"));
        } else {
            holding.discard(job);
        }
    }

    private QueryAnswer measured(Provision provision, Job job, Path directory, Running now) {
        var begun = System.nanoTime();
        try {
            return engine.run(provision, job.sql(), directory, now.cancellation, progress -> now.progress = progress);
        } finally {
            took.accept(Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private void hold(Job job, Permit permit, Provision provision, Answered answered) {
        if (holding.hold(job, permit, provision, answered)) {
            ended(job, Result.DONE, Map.of("state", "held"));
        } else {
            holding.discard(job);
        }
    }

    private void refuse(Job job, JobError error) {
        holding.discard(job);
        log.record(act(job, "job.refused").with("code", error.code()), Result.REFUSED);
        endWith(job, error, Result.REFUSED);
    }

    private void fail(Job job, JobError error) {
        holding.discard(job);
        if (stopping) {
            jobs.requeue(job.id());
            return;
        }
        endWith(job, error, Result.FAILED);
    }

    private void endCancelledOrRequeue(Job job) {
        holding.discard(job);
        if (stopping && !jobs.find(job.id()).orElseThrow().cancelling()) {
            jobs.requeue(job.id());
        } else {
            endCancelled(job);
        }
    }

    private void endCancelled(Job job) {
        if (jobs.cancel(job.id())) {
            ended(job, Result.DONE, Map.of("state", "cancelled"));
        }
    }

    private void endWith(Job job, JobError error, Result result) {
        if (jobs.fail(job.id(), error)) {
            ended(job, result, Map.of("state", "failed", "code", error.code()));
        }
    }

    // The state is durable already: those who wait are told even when the log fails.
    private void ended(Job job, Result result, Map<String, String> detail) {
        signals.changed(job.id());
        log.record(new Act(GATEWAY, "job.finish", job.project(), job.id(), detail), result);
    }

    private static Act act(Job job, String action) {
        return new Act(GATEWAY, action, job.project(), job.id(), Map.of());
    }
}
