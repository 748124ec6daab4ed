package org.sekisho.engine.worker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.duckdb.Batches;
import org.sekisho.engine.duckdb.Confinement;
import org.sekisho.engine.duckdb.Database;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.provision.Provisions;
import org.sekisho.engine.sandbox.Modes;

/**
 * Measures the worker against DuckDB run directly in a plain process of the same JVM and settings, statement by
 * statement in turns, over 20 million rows. One JSON line per figure; times are medians in milliseconds.
 */
public final class EngineBench {

    private static final Text NONE = new Text("", "");
    private static final int ROUNDS = 9;
    private static final long MEMORY = 4L << 30;
    private static final int THREADS = 2;

    private static final String CLAIMS = "create table claim as select (hash(i // 20) >> 1)::bigint as person_id,"
            + " (hash(i % 4001) >> 1)::bigint as facility_id, 'C' || lpad(((i * 7919) % 997)::varchar, 4, '0') as code,"
            + " (i * 31 % 47 + 1)::int as prefecture, date '2015-01-01' + ((i * 13) % 3650)::int as day,"
            + " ((i * 48271) % 100000)::int as points, (i % 5)::int as age_band from range(20000000) t(i)";

    private static final List<Table> TABLES = List.of(new Table(
            "claim",
            NONE,
            List.of(
                    new Column("person_id", "BIGINT", ColumnKind.PERSON, NONE),
                    new Column("facility_id", "BIGINT", ColumnKind.FACILITY, NONE),
                    new Column("code", "VARCHAR", ColumnKind.CODE, NONE),
                    new Column("prefecture", "INTEGER", ColumnKind.CODE, NONE),
                    new Column("day", "DATE", ColumnKind.DATE, NONE),
                    new Column("points", "INTEGER", ColumnKind.VALUE, NONE),
                    new Column("age_band", "INTEGER", ColumnKind.QUASI_IDENTIFIER, NONE))));

    private static final Map<String, String> STATEMENTS = new LinkedHashMap<>(Map.of());

    static {
        STATEMENTS.put("trivial", "select 1 as one");
        STATEMENTS.put("sums", "select prefecture, count(*) as n, sum(points) as s from claim group by prefecture");
        STATEMENTS.put(
                "many-groups", "select code, year(day) as y, count(*) as n, avg(points) as m from claim group by all");
        STATEMENTS.put("distinct", "select prefecture, count(distinct person_id) as n from claim group by prefecture");
        STATEMENTS.put(
                "rollup",
                "select prefecture, age_band, sum(points) as s, max(points) as m from claim"
                        + " where day >= date '2018-01-01' group by rollup (prefecture, age_band)");
    }

    private EngineBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 2 && arguments[0].equals("--direct")) {
            WorkerMain.onDeepStack("direct", () -> direct(Path.of(arguments[1])))
                    .join();
            return;
        }
        var home = Files.createTempDirectory("sk");
        try {
            compare(home);
        } finally {
            Modes.delete(home);
        }
    }

    private static void compare(Path home) throws IOException, InterruptedException {
        var database =
                Files.createDirectories(home.resolve("projects/bench/data/v1")).resolve("data.duckdb");
        Database.create(database, List.of(CLAIMS));
        var provision = new Provision("v1", "bench", 1, database, TABLES, List.of(), "none", Instant.EPOCH);
        Provisions.number(provision);
        var limits = new Limits(MEMORY, THREADS, Duration.ofMinutes(5), 1_000_000, 256L << 20);
        var settings = new EngineSettings(home, limits, Duration.ofMinutes(5), SandboxChoice.PREFERRED);
        try (var engine = new Engine(settings);
                var peer = Peer.start(home, database)) {
            starts(engine, provision);
            for (var statement : STATEMENTS.entrySet()) {
                turns(engine, provision, peer, home, statement.getKey(), statement.getValue());
            }
            contributions(engine, provision, home);
        }
    }

    private static void starts(Engine engine, Provision provision) throws InterruptedException {
        // The class cache is made in the background of the first start.
        TimeUnit.SECONDS.sleep(10);
        var post = engine.post(provision);
        var times = new ArrayList<Double>();
        for (var i = 0; i < ROUNDS; i++) {
            var start = System.nanoTime();
            var worker = post.worker();
            times.add(millis(start));
            worker.kill();
        }
        print(Map.of(
                "figure",
                "worker-start",
                "ms",
                median(times),
                "sandbox",
                engine.sandbox().mechanism()));
    }

    private static void turns(Engine engine, Provision provision, Peer peer, Path home, String name, String sql)
            throws IOException {
        var ours = new ArrayList<Double>();
        var direct = new ArrayList<Double>();
        var output = Files.createDirectories(home.resolve("projects/bench/held").resolve(name));
        for (var round = -2; round < ROUNDS; round++) {
            var start = System.nanoTime();
            var answer = engine.run(provision, sql, output, new Cancellation(), progress -> {});
            var took = millis(start);
            if (!(answer instanceof QueryAnswer.Answered)) {
                throw new IllegalStateException(name + ": " + answer);
            }
            var theirs = peer.run(sql);
            if (round >= 0) {
                ours.add(took);
                direct.add(theirs);
            }
        }
        var figures = new LinkedHashMap<String, Object>();
        figures.put("figure", name);
        figures.put("ms", median(ours));
        figures.put("peer", "duckdb");
        figures.put("peer-ms", median(direct));
        figures.put("ratio", Math.round(1000 * median(ours) / median(direct)) / 1000.0);
        figures.put("added-ms", Math.round(10 * (median(ours) - median(direct))) / 10.0);
        print(figures);
    }

    private static void contributions(Engine engine, Provision provision, Path home) {
        for (var name : List.of("sums", "many-groups")) {
            var start = System.nanoTime();
            var statement = engine.contributions(
                    provision,
                    String.valueOf(STATEMENTS.get(name)),
                    home.resolve("projects/bench/held").resolve(name),
                    new Cancellation());
            print(Map.of("figure", "contributions-" + name, "ms", millis(start), "known", statement.contributions()));
        }
    }

    private static double millis(long start) {
        return Math.round((System.nanoTime() - start) / 100_000.0) / 10.0;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void print(Map<String, ?> figures) {
        try {
            System.out.println(Wire.JSON.writeValueAsString(figures));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** DuckDB and Arrow in a plain process: a statement per line in, its milliseconds out. */
    private static void direct(Path file) {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (var database = Database.open(file, new Confinement(MEMORY, THREADS, 1));
                var allocator = new RootAllocator()) {
            for (var sql = input.readLine(); sql != null; sql = input.readLine()) {
                try (var session = database.session()) {
                    var start = System.nanoTime();
                    var ignored = session.run(sql, allocator, new Discarded());
                    System.out.println(millis(start));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Discarded implements Batches {
        @Override
        public void begin(List<NamedType> columns, VectorSchemaRoot root, DictionaryProvider dictionaries) {}

        @Override
        public boolean batch() {
            return true;
        }
    }

    private record Peer(Process process, BufferedReader output) implements AutoCloseable {

        static Peer start(Path home, Path database) throws IOException {
            var library = Library.in(home);
            var at = library.directory().toString();
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.library.path=" + at));
            command.addAll(Worker.FLAGS);
            command.addAll(List.of(
                    "-cp", library.classPath(at), EngineBench.class.getName(), "--direct", database.toString()));
            var process = new ProcessBuilder(command)
                    .redirectError(new File("/dev/null"))
                    .start();
            return new Peer(process, process.inputReader(StandardCharsets.UTF_8));
        }

        double run(String sql) throws IOException {
            process.outputWriter(StandardCharsets.UTF_8)
                    .append(sql)
                    .append('\n')
                    .flush();
            return Double.parseDouble(output.readLine());
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
