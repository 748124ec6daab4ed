package org.sekisho.gateway.visit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.sekisho.engine.vault.Vault;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.engine.worker.QueryAnswer;
import org.sekisho.engine.worker.QueryAnswer.Answered;
import org.sekisho.engine.worker.QueryAnswer.Cancelled;
import org.sekisho.engine.worker.QueryAnswer.Failed;
import org.sekisho.engine.worker.QueryAnswer.Refused;
import org.sekisho.gateway.access.Operation;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.catalogue.GrantedTables;
import org.sekisho.gateway.job.Provisioning;
import org.sekisho.gateway.job.QueryEngine;

/** Statements out of sandboxes: through the engine's gate, into the log, and of the result nothing stays with us. */
final class Statements {
    private final Threshold threshold;
    private final Provisioning provisioning;
    private final QueryEngine engine;
    private final Vault vault;
    private final Scratch scratch;
    private final AuditLog log;

    Statements(
            Threshold threshold,
            Provisioning provisioning,
            QueryEngine engine,
            Vault vault,
            Scratch scratch,
            AuditLog log) {
        this.threshold = threshold;
        this.provisioning = provisioning;
        this.engine = engine;
        this.vault = vault;
        this.scratch = scratch;
        this.log = log;
    }

    /**
     * @return the result, an Arrow IPC stream, whose file has no name any more and is gone when this is closed
     * @throws Denied with what the engine or the table of access says
     */
    FileChannel run(Visit visit, String sql, Cancellation cancellation) {
        var operation = visit.unseen() ? Operation.QUERY_IN_NOTEBOOK : Operation.QUERY_IN_WORKSPACE;
        var passed = threshold.pass(visit, operation);
        var intent = log.intent(new Act(
                passed.user().name(),
                "workspace.query",
                visit.project(),
                visit.place(),
                Map.of(
                        "sql-sha256",
                        Hashes.sha256(sql),
                        "tables",
                        GrantedTables.namedIn(vault, passed.permit(), sql))));
        var result = Result.FAILED;
        try (var folder = scratch.of(visit.project())) {
            var answer = engine.run(provisioning.of(passed.permit()), sql, folder.path(), cancellation, progress -> {});
            result = result(answer);
            return opened(answer);
        } finally {
            log.outcome(intent, result, Map.of());
        }
    }

    private static FileChannel opened(QueryAnswer answer) {
        return switch (answer) {
            case Answered answered -> open(answered.result());
            case Refused refused ->
                throw new Denied(
                        Problem.ofStatement(400, refused.code(), refused.line(), refused.column(), refused.message()));
            case Failed failed ->
                throw new Denied(
                        Problem.ofStatement(422, failed.code(), failed.line(), failed.column(), failed.message()));
            case Cancelled cancelled ->
                throw new Denied(Problem.ofStatement(409, "cancelled", null, null, "It was cancelled."));
        };
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException("a result cannot be read", e);
        }
    }

    private static Result result(QueryAnswer answer) {
        return switch (answer) {
            case Answered answered -> Result.DONE;
            case Refused refused -> Result.REFUSED;
            case Failed failed -> Result.FAILED;
            case Cancelled cancelled -> Result.FAILED;
        };
    }
}
