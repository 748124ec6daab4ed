package org.sekisho.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Some threads, and the line of requests before them. Whoever has left stays in it until it is their turn, so a line has
 * an end: behind that nobody is let in. For one thread at a time.
 */
final class Line {
    private static final Duration TO_FIND_ROOM = Duration.ofSeconds(5);

    private final WorkerExecutor threads;
    private final int longest;
    private int length;

    /** @param longest requests that are worked on or wait, at which the line is full */
    Line(WorkerExecutor threads, int longest) {
        this.threads = threads;
        this.longest = longest;
    }

    boolean isFull() {
        return length >= longest;
    }

    /**
     * Nothing is begun for somebody who has left before it was their turn.
     *
     * @throws Refusal when the line is full, and whatever the task throws
     */
    <T> T work(HttpServerRequest request, Callable<T> task) {
        if (isFull()) {
            throw busy();
        }
        length++;
        try {
            return Future.await(run(() -> ifPresent(request, task)));
        } finally {
            length--;
        }
    }

    static Refusal busy() {
        return new Refusal(Reason.BUSY, null, Map.of("Retry-After", Long.toString(TO_FIND_ROOM.toSeconds())));
    }

    /** Counts as no request. */
    <T> Future<@Nullable T> run(Callable<T> task) {
        return threads.executeBlocking(task, false);
    }

    private static <T> T ifPresent(HttpServerRequest request, Callable<T> task) throws Exception {
        if (request.response().closed()) {
            throw new HttpClosedException("the other end has left");
        }
        return task.call();
    }
}
