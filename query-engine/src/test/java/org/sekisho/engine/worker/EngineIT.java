package org.sekisho.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.arrow.Rows;
import org.sekisho.engine.provision.Provision;

/** Workers as processes: their lives, their limits, their deaths. */
class EngineIT {

    /** Minutes of work that can be interrupted. */
    private static final String LONG =
            "select count(*) as n from range(10000000) a(i), range(10000000) b(j) where (i * j) % 7 = 3";

    private House house = new House(Path.of(""));

    @BeforeEach
    void open() throws IOException {
        house = new House();
    }

    @AfterEach
    void close() throws IOException {
        house.close();
    }

    private Engine engine(Limits limits, Duration idle, SandboxChoice sandbox) {
        return new Engine(new EngineSettings(house.home, limits, idle, sandbox));
    }

    private Engine engine(Limits limits) {
        return engine(limits, Duration.ofMinutes(5), SandboxChoice.PREFERRED);
    }

    private static Limits limits(Duration time) {
        return new Limits(512L << 20, 2, time, 1_000_000, 64L << 20);
    }

    private QueryAnswer run(Engine engine, Provision provision, String sql, Cancellation cancellation)
            throws IOException {
        return engine.run(provision, sql, house.outputs("o" + System.nanoTime()), cancellation, p -> {});
    }

    private QueryAnswer run(Engine engine, Provision provision, String sql) throws IOException {
        return run(engine, provision, sql, new Cancellation());
    }

    private CompletableFuture<QueryAnswer> start(
            Engine engine, Provision provision, String sql, Cancellation cancellation) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return run(engine, provision, sql, cancellation);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static String code(QueryAnswer answer) {
        return switch (answer) {
            case QueryAnswer.Failed failed -> failed.code();
            case QueryAnswer.Refused refused -> refused.code();
            case QueryAnswer.Cancelled ignored -> "cancelled";
            case QueryAnswer.Answered ignored -> "answered";
        };
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (var i = 0; i < 1_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Something that runs in a worker for sure. */
    private CompletableFuture<QueryAnswer> running(Engine engine, Provision provision) throws InterruptedException {
        var answer = start(engine, provision, LONG, new Cancellation());
        await(() -> engine.post(provision).present() != null
                && engine.post(provision).lanes().occupation().getFirst() > 0);
        Thread.sleep(700);
        return answer;
    }

    @ParameterizedTest
    @EnumSource(
            value = SandboxChoice.class,
            names = {"PREFERRED", "NONE"})
    void answersWithADurableFileAndItsHash(SandboxChoice sandbox) throws Exception {
        try (var engine = engine(limits(Duration.ofSeconds(20)), Duration.ofMinutes(1), sandbox)) {
            var answer =
                    (QueryAnswer.Answered) run(engine, house.small("a"), "select code, grade from claim order by all");
            assertThat(answer.rows()).isEqualTo(2000);
            assertThat(answer.bytes()).isEqualTo(Files.size(answer.result()));
            assertThat(answer.columns())
                    .containsExactly(new ResultColumn("code", "VARCHAR"), new ResultColumn("grade", "BIGINT"));
            var digest = java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(answer.result()));
            assertThat(answer.sha256()).isEqualTo(HexFormat.of().formatHex(digest));
            assertThat(Rows.read(answer.result()).values()).hasSize(2000);
            try (var files = Files.list(answer.result().resolveSibling(""))) {
                assertThat(files).hasSize(1);
            }
        }
    }

    @Test
    void keepsNanNullAndEmptyResults() throws IOException {
        try (var engine = engine(limits(Duration.ofSeconds(20)))) {
            var provision = house.small("a");
            var odd = (QueryAnswer.Answered) run(engine, provision, "select 'nan'::double as d, null as n, '' as e");
            assertThat(Rows.read(odd.result()).values().getFirst()).containsExactly("NaN", null, "");
            var none = (QueryAnswer.Answered) run(engine, provision, "select code from claim where false");
            assertThat(none.rows()).isZero();
            assertThat(Rows.read(none.result()).names()).containsExactly("code");
        }
    }

    @Test
    void refusesMoreRowsOrBytesThanAllowed() throws IOException {
        try (var engine = engine(limits(Duration.ofSeconds(20)))) {
            var provision = house.small("a");
            assertThat(code(run(engine, provision, "select i from range(5000000) t(i)")))
                    .isEqualTo("result-too-large");
            assertThat(code(run(engine, provision, "select repeat('x', 2000) as t from range(50000)")))
                    .isEqualTo("result-too-large");
            assertThat(code(run(engine, provision, "select i from range(1000000) t(i)")))
                    .isEqualTo("answered");
        }
    }

    @Test
    void cancelsLongBeforeTheTimeLimit() throws Exception {
        try (var engine = engine(limits(Duration.ofMinutes(2)))) {
            var provision = house.small("a");
            var cancellation = new Cancellation();
            run(engine, provision, "select 1");
            var answer = start(engine, provision, LONG, cancellation);
            Thread.sleep(1_000);
            var start = System.nanoTime();
            cancellation.cancel();
            assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(QueryAnswer.Cancelled.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(code(run(engine, provision, "select 1"))).isEqualTo("answered");
        }
    }

    @Test
    void endsAStatementAtItsTimeLimit() throws IOException {
        try (var engine = engine(limits(Duration.ofSeconds(1)))) {
            assertThat(code(run(engine, house.small("a"), LONG))).isEqualTo("out-of-time");
        }
    }

    /** DuckDB cannot interrupt this one: the worker is killed after its grace. */
    @Tag("abuse-52")
    @Test
    void killsWhatCannotBeInterrupted() throws IOException {
        try (var engine = engine(limits(Duration.ofSeconds(5)))) {
            var provision = house.small("a");
            var start = System.nanoTime();
            var answer = run(
                    engine,
                    provision,
                    "select levenshtein(repeat('ab', 150000), repeat('ba', 150000)) as d from range(3)");
            assertThat(code(answer)).isEqualTo("out-of-time");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            assertThat(code(run(engine, provision, "select 1"))).isEqualTo("answered");
        }
    }

    @Test
    void refusesHugeSingleValuesAndLivesOn() throws IOException {
        try (var engine = engine(limits(Duration.ofSeconds(20)))) {
            var provision = house.small("a");
            for (var sql : List.of(
                    "select len(list_distinct(range(1000000000))) as n",
                    "select length(repeat('x', 2000000000)) as n",
                    "select printf('%2000000000d', 1) as n",
                    "select count(*) from (select i, count(*) from range(100000000) t(i) group by i)")) {
                assertThat(code(run(engine, provision, sql)))
                        .as(sql)
                        .isIn("out-of-memory", "out-of-time", "worker-crashed", "conversion", "result-too-large");
            }
            assertThat(code(run(engine, provision, "select 1"))).isEqualTo("answered");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SandboxChoice.class,
            names = {"PREFERRED", "NONE"})
    void saysThatAWorkerCrashedAndStartsTheNextOne(SandboxChoice sandbox) throws Exception {
        try (var engine = engine(limits(Duration.ofMinutes(2)), Duration.ofMinutes(1), sandbox)) {
            var provision = house.small("a");
            var answer = running(engine, provision);
            var first = Objects.requireNonNull(engine.post(provision).present());
            first.kill();
            assertThat(code(answer.get(20, TimeUnit.SECONDS))).isEqualTo("worker-crashed");
            assertThat(code(run(engine, provision, "select 1"))).isEqualTo("answered");
            assertThat(engine.post(provision).present()).isNotSameAs(first);
        }
    }

    @Test
    void runsTwoAtATimeAndTellsTheOthersTheirPosition() throws Exception {
        try (var engine = engine(limits(Duration.ofMinutes(2)))) {
            var provision = house.small("a");
            var one = new Cancellation();
            var two = new Cancellation();
            var first = start(engine, provision, LONG, one);
            var second = start(engine, provision, LONG, two);
            await(() -> engine.post(provision).lanes().occupation().getFirst() == 2);
            var heard = new ConcurrentLinkedQueue<Progress>();
            var third = CompletableFuture.supplyAsync(() -> {
                try {
                    return engine.run(provision, "select 1", house.outputs("third"), new Cancellation(), heard::add);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            await(() -> heard.contains(new Progress.Queued(1)));
            assertThat(third).isNotDone();
            one.cancel();
            assertThat(code(third.get(20, TimeUnit.SECONDS))).isEqualTo("answered");
            two.cancel();
            assertThat(code(first.get(20, TimeUnit.SECONDS))).isEqualTo("cancelled");
            assertThat(code(second.get(20, TimeUnit.SECONDS))).isEqualTo("cancelled");
        }
    }

    @Test
    void answersManyStatementsOfSeveralProjectsAtATime() throws Exception {
        try (var engine = engine(limits(Duration.ofSeconds(60)))) {
            var projects = List.of(house.small("a"), house.small("b"));
            var answers = IntStream.range(0, 40)
                    .mapToObj(i -> start(
                            engine,
                            projects.get(i % 2),
                            "select code, sum(points) as s from claim group by code",
                            new Cancellation()))
                    .toList();
            for (var answer : answers) {
                assertThat(code(answer.get(60, TimeUnit.SECONDS))).isEqualTo("answered");
            }
        }
    }

    @Test
    void stopsAWorkerThatHasNothingToDo() throws Exception {
        try (var engine = engine(limits(Duration.ofSeconds(20)), Duration.ofMillis(300), SandboxChoice.PREFERRED)) {
            var provision = house.small("a");
            run(engine, provision, "select 1");
            var worker = Objects.requireNonNull(engine.post(provision).present());
            await(() -> engine.post(provision).present() == null);
            assertThat(worker.alive()).isFalse();
            assertThat(code(run(engine, provision, "select 1"))).isEqualTo("answered");
        }
    }

    @Test
    void refusesToStartWithoutTheSandboxThatItRequires() {
        var status = new PlainProcess(Path.of("/"), 1, "runc is not installed").status();
        assertThat(status.isolated()).isFalse();
        assertThat(status.words().en()).contains("without isolation");
        assertThat(status.words().ja()).isNotBlank();
        if (!Sandboxes.present()) {
            assertThatThrownBy(
                            () -> engine(limits(Duration.ofSeconds(1)), Duration.ofMinutes(1), SandboxChoice.REQUIRED))
                    .isInstanceOf(EngineException.class);
        }
    }
}
