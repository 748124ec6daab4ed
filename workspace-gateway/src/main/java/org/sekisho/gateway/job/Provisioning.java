package org.sekisho.gateway.job;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.provision.Provision;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data of projects: built ahead of the first statement, one after the other, or at the latest for it. */
public final class Provisioning implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
    private static final String GATEWAY = "sekisho";
    private static final int SECONDS_TO_FINISH = 10;

    private final QueryEngine engine;
    private final Projects projects;
    private final AuditLog log;
    private final Map<String, Object> turns = new ConcurrentHashMap<>();
    private final ExecutorService ahead = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("provisions").daemon().factory());
    private volatile boolean stopping;

    public Provisioning(QueryEngine engine, Projects projects, AuditLog log) {
        this.engine = engine;
        this.projects = projects;
        this.log = log;
    }

    /** Returns at once; what fails here is met again, and answered, by the first statement. */
    void prepare(Permit permit) {
        try {
            ahead.execute(() -> tryOf(permit));
        } catch (RejectedExecutionException closed) {
            // nothing is asked of it any more
        }
    }

    private void tryOf(Permit permit) {
        try {
            if (!stopping) {
                of(permit);
            }
        } catch (RuntimeException unexpected) {
            LOG.warn("the data of {} could not be built ahead", permit.project(), unexpected);
        }
    }

    /**
     * Waits for a build of the same project that is under way, so that the log names each build once.
     *
     * @throws EngineException {@code closed} when the project is
     */
    public Provision of(Permit permit) {
        return projects.during(permit.project(), () -> inTurn(permit))
                .orElseThrow(() -> new EngineException("closed", "the project is closed"));
    }

    private Provision inTurn(Permit permit) {
        synchronized (turns.computeIfAbsent(permit.project(), absent -> new Object())) {
            return engine.isProvided(permit) ? engine.provide(permit) : build(permit);
        }
    }

    private Provision build(Permit permit) {
        var intent = log.intent(new Act(
                GATEWAY,
                "provision.build",
                permit.project(),
                null,
                Map.of("permit", Integer.toString(permit.version()))));
        try {
            var provision = engine.provide(permit);
            log.outcome(
                    intent,
                    Result.DONE,
                    Map.of("provision", provision.id(), "snapshots", String.join(" ", provision.snapshots())));
            return provision;
        } catch (EngineException e) {
            log.outcome(intent, Result.FAILED, Map.of("code", e.code()));
            throw e;
        }
    }

    /** Builds that have not begun are left to the next start. */
    @Override
    public void close() {
        stopping = true;
        ahead.shutdown();
        try {
            ahead.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
