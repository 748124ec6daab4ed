package org.sekisho.gateway.visit;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.airlock.Judgements;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.job.Provisioning;
import org.sekisho.gateway.job.QueryEngine;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.workspace.Workspace;
import org.sekisho.gateway.workspace.Workspaces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data sockets of every sandbox that is visited now. They are gone with the gateway and made anew by the next one. */
public final class Doors implements AutoCloseable {
    /** Name of the socket in the directory that a sandbox sees as {@code /run/sekisho}. */
    static final String SOCKET = "data.sock";

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    private static final int SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setUseDaemonThread(true));
    private final Reception reception;
    private final Map<String, String> open = new ConcurrentHashMap<>();

    public Doors(
            Accounts accounts,
            Projects projects,
            Provisioning provisioning,
            QueryEngine engine,
            Submitting submitting,
            Preflight preflight,
            Outputs outputs,
            Judgements judgements,
            Vault vault,
            Scratch scratch,
            AuditLog log,
            Clock clock) {
        var threshold = new Threshold(accounts, projects, log, clock);
        reception = new Reception(
                threshold,
                new Statements(threshold, provisioning, engine, vault, scratch, log),
                submitting,
                preflight,
                outputs,
                judgements,
                vault);
    }

    /**
     * Opens the socket of a visit; one that is open already stays as it is.
     *
     * @param directory that the sandbox sees as {@code /run/sekisho}
     */
    public void open(Visit visit, Path directory) {
        open.computeIfAbsent(visit.place(), place -> {
            var options = new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
            var door = new Door(visit, directory.resolve(SOCKET), reception);
            return await(vertx.deployVerticle(door, options).toCompletionStage());
        });
    }

    /** Keeps the socket of every live workspace open, also of those that are taken over from an earlier gateway. */
    public void attend(Workspaces workspaces) {
        workspaces.onChange(workspace -> {
            try {
                changed(workspaces, workspace);
            } catch (RuntimeException failed) {
                LOG.error("the data socket of {} did not follow", workspace.id(), failed);
            }
        });
    }

    private void changed(Workspaces workspaces, Workspace now) {
        if (!now.state().isLive()) {
            close(now.id());
            return;
        }
        var home = workspaces.home(now.id());
        var doorway = workspaces.doorway(now.id());
        if (home.isPresent() && doorway.isPresent()) {
            open(
                    new Visit(
                            now.id(),
                            false,
                            now.project(),
                            now.owner(),
                            home.get().path()),
                    doorway.get());
        }
    }

    /** Closes it; what is under way behind it ends. Again: does nothing. */
    public void close(String place) {
        var deployment = open.remove(place);
        if (deployment != null) {
            await(vertx.undeploy(deployment).toCompletionStage());
        }
    }

    /** All at once; workspaces that end after this have no socket left to close. */
    @Override
    public void close() {
        open.clear();
        await(vertx.close().toCompletionStage());
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a data socket does not open or close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
