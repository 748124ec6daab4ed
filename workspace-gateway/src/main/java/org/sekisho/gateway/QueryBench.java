package org.sekisho.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.life.BenchProvision;
import org.sekisho.engine.provision.Provision;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Visiting;

/**
 * {@code sekisho bench query [--rows N]}: from submission to held, and to checked, over plain HTTP, against DuckDB alone
 * in a process of its own on the same file with the same threads and memory. Medians of interleaved rounds.
 */
public final class QueryBench {
    private static final String TRIVIAL = "select 1 as one";
    private static final Map<String, String> HEAVY = Map.of(
            "group",
            "select prefecture_code, claim_type, count(*) as claims, count(distinct facility_id) as facilities,"
                    + " sum(points) as points, avg(days) as days from claim group by all",
            "distinct",
            "select age // 10 * 10 as age_group, count(distinct person_id) as persons, sum(points) as points,"
                    + " avg(points) as mean from claim group by all",
            "join",
            "select p.prefecture, p.sex, count(distinct c.person_id) as persons, sum(c.points) as points"
                    + " from claim c join person p using (person_id) group by all");
    // A gateway that has just started runs code that is not compiled yet; those who wait for it do so all day.
    private static final int WARM_UP = 30;
    private static final double MOST_ABOVE_MILLIS = 60;
    private static final double MOST_RATIO = 1.15;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private final String token;

    private QueryBench(int port) {
        address = "http://127.0.0.1:" + port;
        token = post("/api/session", Map.of("user", "analyst", "password", Demo.PASSWORD), "")
                .path("token")
                .asText();
    }

    public static void main(String[] arguments) throws IOException {
        var rows = arguments.length == 2 && arguments[0].equals("--rows") ? Long.parseLong(arguments[1]) : 20_000_000;
        var home = Files.createTempDirectory("bench");
        try {
            run(home, rows, System.out);
        } finally {
            remove(home);
        }
        System.exit(0);
    }

    private static void run(Path home, long rows, PrintStream out) throws IOException {
        var provision = BenchProvision.build(home.resolve("projects/bench/data/bench"), rows);
        var settings = Settings.parse(List.of("--home", home.toString(), "--port", "0", "--ops-port", "0", "--demo"));
        try (var gateway = Gateway.start(settings, engine -> new OneProvision(engine, provision));
                var peer = new DuckDbAlone(provision, settings)) {
            gateway.grant(permit(gateway));
            var bench = new QueryBench(gateway.port());
            bench.measure(TRIVIAL, peer, WARM_UP);
            print(out, "trivial", rows, bench.measure(TRIVIAL, peer, 21));
            HEAVY.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(each -> {
                bench.measure(each.getValue(), peer, 1);
                print(out, each.getKey(), rows, bench.measure(each.getValue(), peer, 3));
            });
        }
    }

    private static Permit permit(Gateway gateway) {
        var words = new Text("測定", "Measuring");
        var now = Instant.now();
        return new Permit(
                "bench",
                1,
                words,
                words,
                words,
                List.of(gateway.person("analyst")),
                List.of(),
                "ndb",
                1,
                false,
                Permit.Resources.USUAL,
                now,
                now.plus(Duration.ofDays(1)),
                Visiting.NONE);
    }

    /** Milliseconds from the submission until the job is held, until its output is checked, and of DuckDB alone. */
    private record Round(double held, double checked, double alone) {}

    private List<Round> measure(String sql, DuckDbAlone peer, int rounds) {
        var measured = new ArrayList<Round>();
        for (int i = 0; i < rounds; i++) {
            var alone = peer.run(sql);
            var began = System.nanoTime();
            var job = post("/api/projects/bench/jobs", Map.of("kind", "sql", "sql", sql), token)
                    .path("id")
                    .asText();
            var ended = until("/api/jobs/" + job, "queued", "running");
            var held = millis(began);
            if (!ended.path("state").asText().equals("held")) {
                throw new IllegalStateException(ended.toString());
            }
            until("/api/outputs/" + ended.path("output").asText(), "checking");
            measured.add(new Round(held, millis(began), alone));
        }
        return measured;
    }

    private JsonNode until(String path, String... passing) {
        while (true) {
            var now = send(
                    HttpRequest.newBuilder(URI.create(address + path + "?wait=30"))
                            .GET(),
                    token);
            if (!List.of(passing).contains(now.path("state").asText())) {
                return now;
            }
        }
    }

    private JsonNode post(String path, Map<String, String> body, String bearer) {
        return send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.valueToTree(body).toString())),
                bearer);
    }

    private JsonNode send(HttpRequest.Builder request, String bearer) {
        try {
            var whole = bearer.isEmpty() ? request : request.header("Authorization", "Bearer " + bearer);
            var answer = client.send(whole.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(PrintStream out, String name, long rows, List<Round> rounds) {
        var alone = median(rounds, Round::alone);
        for (var figure :
                Map.<String, ToDoubleFunction<Round>>of("held", Round::held, "checked", Round::checked)
                        .entrySet()
                        .stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
                        .toList()) {
            var millis = median(rounds, figure.getValue());
            var line = JSON.createObjectNode()
                    .put("bench", "query")
                    .put("figure", name + " submit to " + figure.getKey())
                    .put("rows", rows)
                    .put("rounds", rounds.size())
                    .put("milliseconds", tenths(millis))
                    .put("peer", "DuckDB alone in a process")
                    .put("peerMilliseconds", tenths(alone))
                    .put("ratio", Math.round(millis / alone * 1000) / 1000.0);
            if (figure.getKey().equals("held")) {
                if (name.equals("trivial")) {
                    line.put("above", tenths(millis - alone)).put("limitAbove", MOST_ABOVE_MILLIS);
                } else {
                    line.put("limitRatio", MOST_RATIO);
                }
            }
            out.println(line);
        }
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        var sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double tenths(double millis) {
        return Math.round(millis * 10) / 10.0;
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> below = Files.walk(folder)) {
            below.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
    }

    /** The peer: one DuckDB in one JVM that reads statements and answers when it has read every row. */
    private static final class DuckDbAlone implements AutoCloseable {
        private final Process process;
        private final Writer statements;
        private final BufferedReader answers;

        DuckDbAlone(Provision provision, Settings settings) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "--add-opens=java.base/java.nio=ALL-UNNAMED",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            DuckDbPeer.class.getName(),
                            provision.database().toString(),
                            Integer.toString(settings.engine().limits().threads()),
                            Long.toString(settings.engine().limits().memoryBytes()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            statements = process.outputWriter(StandardCharsets.UTF_8);
            answers = process.inputReader(StandardCharsets.UTF_8);
        }

        double run(String sql) {
            try {
                var began = System.nanoTime();
                statements.write(sql + "\n");
                statements.flush();
                if (answers.readLine() == null) {
                    throw new IllegalStateException("the peer has ended");
                }
                return millis(began);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
