package org.sekisho.engine.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.arrow.Rows;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.sandbox.Modes;
import org.sekisho.engine.sandbox.SandboxStatus;
import org.sekisho.engine.sql.Aggregation;
import org.sekisho.engine.sql.Gate;

/** The engine of one gateway process: every worker, started when needed, stopped when idle. Safe for many threads. */
public final class Engine implements AutoCloseable {

    private static final String RESULT = "result.arrow";
    private static final int MOST_ROWS = 200_000;
    private static final long SHORTEST_ROUND_MILLIS = 50;

    private static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private final EngineSettings settings;
    private final Isolation isolation;
    private final Library library;
    private final Thread classCache;
    private long asked;
    private boolean works;
    private final Map<Path, Post> posts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(
            1, Thread.ofPlatform().daemon().name("engine-clock").factory());

    /** @throws org.sekisho.engine.EngineException {@code sandbox} when one is required and none works here */
    public Engine(EngineSettings settings) {
        this.settings = settings;
        try {
            var run = Files.createDirectories(settings.home().resolve("run"));
            Modes.set(run, "rwx------");
            library = Library.in(settings.home());
            isolation = Sandboxes.choose(settings, library);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        classCache = ClassCache.prepare(library, settings.home());
        var round = Math.max(SHORTEST_ROUND_MILLIS, settings.idle().toMillis() / 4);
        var ignored = clock.scheduleWithFixedDelay(this::stopIdle, round, round, TimeUnit.MILLISECONDS);
    }

    /**
     * Runs one statement over the provision and writes {@code result.arrow} (an Arrow IPC stream, fsynced) into
     * {@code directory}, which exists. Blocks until there is an answer; call from a virtual or a platform thread.
     */
    public QueryAnswer run(
            Provision provision, String sql, Path directory, Cancellation cancellation, Consumer<Progress> progress) {
        var objection = Gate.measure(sql);
        return objection.isPresent()
                ? Ending.answer(objection.get())
                : queued(provision, sql, directory.resolve(RESULT), cancellation, progress);
    }

    private QueryAnswer queued(
            Provision provision, String sql, Path target, Cancellation cancellation, Consumer<Progress> progress) {
        var post = post(provision);
        if (!post.lanes().enter(cancellation, position -> progress.accept(new Progress.Queued(position)))) {
            return new QueryAnswer.Cancelled();
        }
        try {
            return attempt(post, sql, target, cancellation, progress);
        } finally {
            post.used();
            post.lanes().leave();
        }
    }

    /** A statement that a worker has begun with is not tried again: it may be what ended the worker. */
    private QueryAnswer attempt(
            Post post, String sql, Path target, Cancellation cancellation, Consumer<Progress> progress) {
        for (var attempt = 0; attempt < 2; attempt++) {
            progress.accept(new Progress.Running(-1));
            var answer = new Call(post.worker(), request(sql, Request.Wanted.RESULT), clock)
                    .run(target, cancellation, progress);
            if (answer != null) {
                return answer;
            }
        }
        return Call.crashed();
    }

    private Request request(String sql, Request.Wanted wanted) {
        var limits = settings.limits();
        boolean all = wanted == Request.Wanted.ROWS;
        return new Request(
                sql,
                wanted,
                limits.time().toMillis(),
                all ? Long.MAX_VALUE : limits.resultRows(),
                all ? Long.MAX_VALUE : limits.resultBytes());
    }

    /**
     * After an {@link QueryAnswer.Answered} into the same directory: writes {@code statement.json} and, when known,
     * {@code contributions.arrow} and {@code contributors.sets}. Never fails for the shape of a statement: what is not understood is unknown.
     */
    public Statement contributions(Provision provision, String sql, Path directory, Cancellation cancellation) {
        try {
            var result = Rows.read(directory.resolve(RESULT));
            if (result.values().size() > MOST_ROWS) {
                return Contributors.save(
                        directory,
                        Statement.unknown(
                                "the result has too many rows", result.values().size()));
            }
            var plan = plan(provision, sql, cancellation);
            return Contributors.write(
                    directory, result, plan, provision, new Questions(provision, directory, cancellation));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Aggregation plan(Provision provision, String sql, Cancellation cancellation) throws IOException {
        var post = post(provision);
        if (!post.lanes().enter(cancellation, position -> {})) {
            return Aggregation.unknown("the counting of contributors was cancelled");
        }
        try {
            var plan = new Call(post.worker(), request(sql, Request.Wanted.PLAN), clock).plan(cancellation);
            return plan == null ? Aggregation.unknown("the statement could not be taken apart") : plan;
        } finally {
            post.used();
            post.lanes().leave();
        }
    }

    /** What is asked of the provision's own worker to count contributors. */
    private final class Questions implements Contributors.Asking {
        private final Provision provision;
        private final Path directory;
        private final Cancellation cancellation;

        Questions(Provision provision, Path directory, Cancellation cancellation) {
            this.provision = provision;
            this.directory = directory;
            this.cancellation = cancellation;
        }

        @Override
        public @Nullable Rows rows(String sql) throws IOException {
            var target = directory.resolve("counting.arrow");
            try {
                return queued(provision, sql, target, cancellation, progress -> {}) instanceof QueryAnswer.Answered
                        ? Rows.read(target)
                        : null;
            } finally {
                Files.deleteIfExists(target);
            }
        }

        @Override
        public boolean rows(String sql, Consumer<VectorSchemaRoot> batches) {
            var post = post(provision);
            if (!post.lanes().enter(cancellation, position -> {})) {
                return false;
            }
            try {
                return new Call(post.worker(), request(sql, Request.Wanted.ROWS), clock).rows(cancellation, batches);
            } finally {
                post.used();
                post.lanes().leave();
            }
        }
    }

    /** The isolation in force, found out once at the start. */
    public SandboxStatus sandbox() {
        return isolation.status();
    }

    /** Whether a worker could be started now. The machine is asked at most every half minute. */
    public synchronized boolean works() {
        var now = System.nanoTime();
        if (asked == 0 || now - asked > ASK_AGAIN.toNanos()) {
            asked = now;
            works = Sandboxes.work(isolation, settings.home());
        }
        return works;
    }

    /** Stops every worker; statements that run answer {@code worker-crashed}. */
    @Override
    public void close() {
        clock.shutdownNow();
        classCache.interrupt();
        try {
            classCache.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        posts.values().forEach(Post::close);
    }

    /** Stops the workers of a project, which then has nothing open; statements that run answer {@code worker-crashed}. */
    public void forget(String project) {
        posts.values().removeIf(post -> {
            boolean its = post.isOf(project);
            if (its) {
                post.close();
            }
            return its;
        });
    }

    Post post(Provision provision) {
        return posts.computeIfAbsent(
                provision.database().toAbsolutePath().normalize(),
                ignored -> new Post(provision, settings, isolation, library));
    }

    private void stopIdle() {
        posts.values().forEach(Post::stopIfIdle);
    }
}
