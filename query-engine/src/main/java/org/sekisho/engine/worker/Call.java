package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.sql.Aggregation;
import org.sekisho.engine.sql.Code;
import org.sekisho.engine.sql.Objection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to one worker, seen from the gateway. Does not trust the worker: counts rows and bytes itself, keeps the
 * time itself, and takes a stream without its trailer for what it is.
 */
final class Call {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    /** After a wish to stop, the worker has this long; then it is killed. */
    private static final long GRACE_MILLIS = 2_000;

    /** Memory for one batch of rows that are handed on. */
    private static final long BATCH_AT_MOST = 64L << 20;

    private final Worker worker;
    private final Request request;
    private final ScheduledExecutorService clock;
    private @Nullable Wire wire;
    private @Nullable Objection reason;
    private boolean over;
    private boolean begun;

    Call(Worker worker, Request request, ScheduledExecutorService clock) {
        this.worker = worker;
        this.request = request;
        this.clock = clock;
    }

    /** Null when the worker ended before it began. */
    @Nullable
    QueryAnswer run(Path target, Cancellation cancellation, Consumer<Progress> progress) {
        try (var file = new HeldFile(target)) {
            return talk(cancellation, connected -> read(connected, file, target, progress));
        } catch (IOException e) {
            return broken();
        }
    }

    /** Asks for the plan of contributions; null when the worker could not tell. */
    @Nullable
    Aggregation plan(Cancellation cancellation) {
        try {
            return this.<@Nullable Aggregation>talk(cancellation, Call::plan);
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Aggregation plan(Wire connected) throws IOException {
        Aggregation plan = null;
        while (true) {
            var frame = connected.read();
            if (frame.kind() == Wire.Kind.HEADER) {
                plan = Wire.json(frame, Aggregation.class);
            } else if (frame.kind() == Wire.Kind.ENDING) {
                return plan;
            }
        }
    }

    /**
     * Hands on each batch of rows while they come.
     *
     * @return whether they came to their end, as far as the worker knows
     */
    boolean rows(Cancellation cancellation, Consumer<VectorSchemaRoot> batches) {
        try {
            return talk(cancellation, connected -> {
                var frames = new ArrivingRows(connected);
                try (var memory = new RootAllocator(BATCH_AT_MOST);
                        var reader = new ArrowStreamReader(frames, memory)) {
                    while (reader.loadNextBatch()) {
                        batches.accept(reader.getVectorSchemaRoot());
                    }
                    return frames.whole();
                }
            });
        } catch (IOException | RuntimeException e) {
            // A worker that has been taken over may send what is no Arrow at all.
            return false;
        }
    }

    /** What is said and heard over one connection. */
    private interface Talk<T extends @Nullable Object> {
        T over(Wire connected) throws IOException;
    }

    private <T extends @Nullable Object> T talk(Cancellation cancellation, Talk<T> talk) throws IOException {
        var late = clock.schedule(
                () -> stop(Conversation.outOfTime(request.millis())), request.millis(), TimeUnit.MILLISECONDS);
        try (var connected = worker.connect()) {
            connected.writeJson(Wire.Kind.REQUEST, request);
            wire(connected);
            var forget = cancellation.onCancel(() -> stop(Conversation.cancelled()));
            try {
                return talk.over(connected);
            } finally {
                forget.run();
            }
        } finally {
            late.cancel(false);
            synchronized (this) {
                over = true;
            }
        }
    }

    private QueryAnswer read(Wire connected, HeldFile file, Path target, Consumer<Progress> progress)
            throws IOException {
        List<ResultColumn> columns = List.of();
        var start = System.nanoTime();
        var rows = 0L;
        while (true) {
            var frame = connected.read();
            switch (frame.kind()) {
                case BEGUN -> begin();
                case HEADER -> columns = List.of(Wire.json(frame, ResultColumn[].class));
                case PROGRESS ->
                    progress.accept(new Progress.Running(frame.payload().getDouble()));
                case DATA -> {
                    rows += frame.payload().getInt();
                    file.write(frame.payload());
                    if (rows > request.resultRows() || file.bytes() > request.resultBytes() + MARGIN) {
                        stop(ResultStream.tooLarge(request.resultRows(), request.resultBytes()));
                    }
                    progress.accept(new Progress.Streaming(file.bytes()));
                }
                case ENDING -> {
                    var ending = Wire.json(frame, Ending.class);
                    return ended(ending, rows, columns, file, target, Duration.ofNanos(System.nanoTime() - start));
                }
                case REQUEST, CANCEL -> throw new IOException("not for the gateway");
            }
        }
    }

    /** What the worker sends after its own count has reached the limit: one batch at most. */
    private static final long MARGIN = 64L << 20;

    private QueryAnswer ended(
            Ending ending, long rows, List<ResultColumn> columns, HeldFile file, Path target, Duration took)
            throws IOException {
        var told = told();
        if (told != null) {
            return Ending.answer(told);
        }
        if (ending.code() != null) {
            var message = ending.message() == null ? "" : ending.message();
            return Ending.answer(Code.of(ending.code()), ending.line(), ending.column(), message);
        }
        if (ending.rows() != rows || ending.bytes() != file.bytes()) {
            return new QueryAnswer.Failed(
                    Code.INTERNAL.id(), null, null, "The result arrived incomplete and was discarded.");
        }
        var bytes = file.bytes();
        return new QueryAnswer.Answered(target, file.commit(), rows, bytes, columns, took);
    }

    private @Nullable QueryAnswer broken() {
        var told = told();
        if (told != null) {
            return Ending.answer(told);
        }
        LOG.warn("an engine worker no longer answers: {}", worker.end());
        worker.kill();
        return begun ? crashed() : null;
    }

    static QueryAnswer crashed() {
        return new QueryAnswer.Failed(
                Code.WORKER_CRASHED.id(),
                null,
                null,
                "The engine worker of this project ended while it ran the statement. It is started again for the next"
                        + " one.");
    }

    private void stop(Objection why) {
        Wire connected;
        synchronized (this) {
            if (over || reason != null) {
                return;
            }
            reason = why;
            connected = wire;
        }
        var ignored = clock.schedule(this::killIfNotOver, GRACE_MILLIS, TimeUnit.MILLISECONDS);
        if (connected != null) {
            try {
                connected.write(Wire.Kind.CANCEL);
            } catch (IOException e) {
                // Then it is ending already.
            }
        }
    }

    private void killIfNotOver() {
        synchronized (this) {
            if (over) {
                return;
            }
        }
        worker.kill();
    }

    private synchronized void wire(Wire connected) {
        wire = connected;
    }

    private void begin() {
        begun = true;
    }

    private synchronized @Nullable Objection told() {
        return reason;
    }
}
