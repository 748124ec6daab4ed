package org.sekisho.engine.worker;

import java.io.IOException;
import java.util.List;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.duckdb.Database;
import org.sekisho.engine.duckdb.Parsed;
import org.sekisho.engine.duckdb.Ran;
import org.sekisho.engine.duckdb.Session;
import org.sekisho.engine.sql.Code;
import org.sekisho.engine.sql.Gate;
import org.sekisho.engine.sql.Objection;
import org.sekisho.engine.sql.RowLimit;

/** One connection to a worker: one request, its answer. */
final class Conversation {

    /** Exit statuses, which the gateway's log tells. */
    private static final int UNUSABLE = 3;

    private static final int SPENT = 4;

    private final Wire wire;
    private final Database database;
    private final List<Table> tables;

    /** Classes or memory of this process are no longer whole: it answers still, and the next one begins afresh. */
    private boolean spent;

    Conversation(Wire wire, Database database, List<Table> tables) {
        this.wire = wire;
        this.database = database;
        this.tables = tables;
    }

    void hold() {
        try (wire) {
            var request = Wire.json(wire.read(), Request.class);
            try (var session = session(request)) {
                wire.write(Wire.Kind.BEGUN);
                wire.writeJson(Wire.Kind.ENDING, watched(session, request));
                if (spent) {
                    Runtime.getRuntime().halt(SPENT);
                }
            }
        } catch (IOException e) {
            // The gateway is gone, and with it all interest in the answer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Session session(Request request) throws InterruptedException {
        return switch (request.wanted()) {
            case RESULT, PLAN -> database.session();
            case ROWS -> database.streamingSession();
        };
    }

    private Ending watched(Session session, Request request) throws IOException {
        try (var watch = new Watch(wire, session, request.millis())) {
            return answer(session, request, watch);
        } catch (RuntimeException | StackOverflowError e) {
            return failed(e);
        } catch (Error e) {
            spent = true;
            return failed(e);
        }
    }

    /** Text of an exception may hold data: its class is all that may leave. */
    private static Ending failed(Throwable e) {
        return Ending.of(new Objection(
                Code.INTERNAL,
                null,
                null,
                "The engine could not answer (" + e.getClass().getSimpleName() + ")."));
    }

    private Ending answer(Session session, Request request, Watch watch) throws IOException {
        var sql = request.sql();
        var tooMuch = Gate.measure(sql);
        if (tooMuch.isPresent()) {
            return Ending.of(tooMuch.get());
        }
        return switch (session.parse(sql)) {
            case Parsed.NotSelect ignored -> Ending.of(Gate.notSelect(sql));
            case Parsed.NotParsed(var problem) -> Ending.of(watch.reason().orElse(Objections.of(problem, sql)));
            case Parsed.Tree(var tree) -> {
                var objection = Gate.judge(sql, tree, tables);
                if (objection.isPresent()) {
                    yield Ending.of(objection.get());
                }
                yield switch (request.wanted()) {
                    case RESULT ->
                        run(session, RowLimit.on(sql, tree, request.resultRows() + 1, session::parse), request, watch);
                    case PLAN -> {
                        wire.writeJson(Wire.Kind.HEADER, Planning.plan(session, tree, tables));
                        yield Ending.whole(0, 0, 0);
                    }
                    case ROWS -> run(session, sql, request, watch);
                };
            }
        };
    }

    private Ending run(Session session, String sql, Request request, Watch watch) throws IOException {
        var start = System.nanoTime();
        try (var stream = new ResultStream(wire, request)) {
            return switch (session.run(sql, ResultStream.MEMORY, stream)) {
                case Ran.Whole ignored -> stream.whole((System.nanoTime() - start) / 1_000);
                case Ran.Stopped ignored -> Ending.of(stream.tooLarge());
                case Ran.Broken(var problem) -> {
                    if (problem.fatal()) {
                        throw new Unusable();
                    }
                    yield Ending.of(watch.reason().orElseGet(() -> Objections.of(problem, request.sql())));
                }
            };
        }
    }

    /** The database refuses every further statement: the process ends, and the next one begins afresh. */
    private static final class Unusable extends IOException {
        Unusable() {
            Runtime.getRuntime().halt(UNUSABLE);
        }
    }

    static Objection cancelled() {
        return new Objection(Code.CANCELLED, null, null, "The statement was cancelled.");
    }

    static Objection outOfTime(long millis) {
        return new Objection(
                Code.OUT_OF_TIME, null, null, "The statement ran longer than " + millis / 1000 + " seconds.");
    }
}
