package org.sekisho.gateway.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.engine.worker.Progress;
import org.sekisho.engine.worker.QueryAnswer;
import org.sekisho.gateway.airlock.Hashes;
import org.sekisho.gateway.project.Permit;

/** Answers by the words of the statement: {@code refuse}, {@code fail}, {@code wait}, {@code throw}, else a result. */
public final class FakeQueryEngine implements QueryEngine {
    private static final int LONG = 1_000_000;
    public final AtomicInteger runs = new AtomicInteger();
    private final Set<String> provided = ConcurrentHashMap.newKeySet();
    public volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public Provision provide(Permit permit) {
        provided.add(permit.project());
        return new Provision(
                "provision-1",
                permit.project(),
                permit.version(),
                Path.of("none"),
                List.of(),
                List.of("life@1"),
                "none",
                Instant.EPOCH);
    }

    @Override
    public boolean isProvided(Permit permit) {
        return provided.contains(permit.project());
    }

    @Override
    public QueryAnswer run(
            Provision provision, String sql, Path directory, Cancellation cancellation, Consumer<Progress> progress) {
        runs.incrementAndGet();
        pass(gate);
        if (sql.contains("refuse")) {
            return new QueryAnswer.Refused("function-not-allowed", 1, 8, "This function is not allowed: read_text.");
        }
        if (sql.contains("fail")) {
            return new QueryAnswer.Failed("out-of-memory", null, null, "Too much.");
        }
        if (sql.contains("throw")) {
            throw new IllegalStateException("a fault of ours");
        }
        if (sql.contains("wait")) {
            return waitFor(cancellation, progress);
        }
        return answer(sql.contains("long") ? sql.repeat(LONG) : sql, directory);
    }

    @Override
    public void explain(Provision provision, String sql, Path directory, Cancellation cancellation) {
        if (sql.contains("unexplained")) {
            throw new IllegalStateException("nobody knows");
        }
    }

    @Override
    public Map<Integer, Integer> mergedPersons(String project) {
        return Map.of();
    }

    @Override
    public Optional<Provision> provision(Permit permit, String id) {
        return Optional.of(provide(permit));
    }

    private static QueryAnswer answer(String sql, Path directory) {
        var bytes = ("result of " + sql).getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(directory.resolve("result.arrow"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new QueryAnswer.Answered(
                directory.resolve("result.arrow"), Hashes.sha256(bytes), 3, bytes.length, List.of(), Duration.ZERO);
    }

    private static QueryAnswer waitFor(Cancellation cancellation, Consumer<Progress> progress) {
        progress.accept(new Progress.Running(40));
        for (int i = 0; i < 3_000 && !cancellation.isCancelled(); i++) {
            pause();
        }
        return new QueryAnswer.Cancelled();
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
