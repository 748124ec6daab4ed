package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.LogPolicy.WitnessAddress;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.VerifierKey;
import org.sekisho.gateway.audit.verify.VerifyCommand;

/** A log and the real witness program, of nothing but its own classes and the JDK, in a process of its own. */
final class WitnessedLogIT {
    @TempDir
    static Path classes;

    @TempDir
    Path home;

    @TempDir
    Path elsewhere;

    private @Nullable Process program;
    private final List<String> keys = new ArrayList<>();
    private String url = "";

    @BeforeEach
    void start() throws Exception {
        Samples.open(home).close();
        startWitness();
    }

    @AfterEach
    void stop() throws Exception {
        if (program != null) {
            program.destroyForcibly().waitFor();
        }
    }

    @Test
    void isSeenAndKeepsTheCosignatureBesideTheCheckpoint() throws Exception {
        try (var log = open()) {
            log.record(Samples.act(1), Result.DONE);
            var seen = await(log, state -> state.size() >= 3);

            assertThat(seen.trouble()).isNull();
            assertThat(seen.at()).isNotNull();
        }
        var said = new ByteArrayOutputStream();
        assertThat(VerifyCommand.run(
                        List.of(
                                home.toString(),
                                "--key",
                                home.resolve("log/key.pub").toString(),
                                "--witness",
                                witnessKeys()),
                        new PrintStream(new ByteArrayOutputStream()),
                        new PrintStream(said, true, StandardCharsets.UTF_8)))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Witness hospital.example/w saw the log of size");
    }

    /** Abuse case 37: the whole home is put back as it was yesterday, keys and all. */
    @Tag("abuse-37")
    @Test
    void catchesYesterdaysCopy() throws Exception {
        Tampering.copy(home, elsewhere.resolve("yesterday"));
        try (var log = open()) {
            Samples.fill(log, 20);
            await(log, state -> state.size() >= 20);
        }
        restore();

        assertThatThrownBy(this::open)
                .isInstanceOf(LogUnavailable.class)
                .hasMessageContaining("rolled back: witness hospital.example/w saw");
        assertThat(Files.readAllLines(home.resolve("log/entries-000000000.jsonl")))
                .as("nothing was written on it")
                .hasSize(1);
    }

    /** The copy was written on while the witness could not be asked: a fork, found when it answers again. */
    @Tag("abuse-38")
    @Test
    void catchesAForkAsSoonAsTheWitnessAnswers() throws Exception {
        Tampering.copy(home, elsewhere.resolve("yesterday"));
        try (var log = open()) {
            Samples.fill(log, 20);
            await(log, state -> state.size() >= 20);
        }
        restore();
        stop();

        try (var log = open()) {
            assertThat(await(log, state -> state.trouble() != null).trouble()).isEqualTo("does not answer");
            Samples.fill(log, 40);
            assertThat(log.available())
                    .as("no witness stands in the way of an entry")
                    .isTrue();
            startWitness();
            for (int i = 0; log.available() && i < 500; i++) {
                Thread.sleep(20);
            }
            assertThatThrownBy(() -> log.record(Samples.act(1), Result.DONE)).isInstanceOf(LogUnavailable.class);
            assertThat(log.verification().holds()).isFalse();
            assertThat(log.verification().note()).contains("fork: witness hospital.example/w");
            assertThat(log.verify().holds())
                    .as("its files alone do hold, and are another log's")
                    .isFalse();
            assertThat(log.verification().note()).contains("fork: witness hospital.example/w");
        }
    }

    /** What the index lacks is written again before anybody asks the tree. */
    @Test
    void isConfirmedThoughTheIndexIsLost() throws Exception {
        try (var log = open()) {
            Samples.fill(log, 300);
            await(log, state -> state.size() >= 300);
        }
        stop();
        try (var log = open()) {
            Samples.fill(log, 400);
        }
        Files.delete(home.resolve("log/index"));
        startWitness();
        try (var log = open()) {
            assertThat(log.record(Samples.act(1), Result.DONE).index()).isGreaterThan(700);
            assertThat(await(log, state -> state.size() > 700).trouble()).isNull();
        }
    }

    /** More than it serves at once begin a request and do not end it; begun again where it ended them first. */
    @Test
    void aWitnessWaitsForNobodyForEver() throws Exception {
        var slow = new ArrayList<Socket>();
        try (var http = HttpClient.newHttpClient()) {
            assertThat(status(http)).as("nobody is in the way").isEqualTo(404);
            int taken = 404;
            for (int i = 0; i < 10 && taken != 503; i++) {
                for (int j = 0; j < 33; j++) {
                    slow.add(begun());
                }
                taken = status(http);
            }
            assertThat(taken).as("all places are taken").isEqualTo(503);
            int free = 503;
            for (int i = 0; i < 300 && free == 503; i++) {
                Thread.sleep(100);
                free = status(http);
            }
            assertThat(free).as("places are free again").isEqualTo(404);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    private Socket begun() throws IOException {
        var socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort());
        socket.getOutputStream()
                .write("POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 900\r\n\r\nold 0"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private int status(HttpClient http) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url).resolve("/" + "0".repeat(64) + "/checkpoint"))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    @Test
    void isNotStoppedByAWitnessThatLies() throws Exception {
        try (var server = new LyingWitness();
                var log = open(server.url())) {
            assertThat(await(
                                    log,
                                    state -> state.trouble() != null
                                            && !state.trouble().startsWith("not asked"))
                            .trouble())
                    .contains("cannot show it");
            assertThat(log.record(Samples.act(1), Result.DONE).index()).isPositive();
            assertThat(log.verification().holds()).isTrue();
        }
    }

    private Witnessed await(AuditLog log, Predicate<Witnessed> enough) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            var state = log.verification().witnesses().getFirst();
            if (enough.test(state)) {
                return state;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("the witness said " + log.verification().witnesses());
    }

    private FileAuditLog open() {
        return open(url);
    }

    private FileAuditLog open(String where) {
        var address = new WitnessAddress(
                URI.create(where), keys.stream().map(VerifierKey::parse).toList());
        var policy = new LogPolicy(null, List.of(address), Duration.ofMillis(100));
        var settings = new FileAuditLog.Settings(Disk.REAL, Duration.ofMillis(5), Duration.ofDays(1), policy);
        return FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC(), settings);
    }

    private String witnessKeys() throws IOException {
        return Files.writeString(home.resolve("witness.pub"), String.join("\n", keys))
                .toString();
    }

    private void startWitness() throws Exception {
        StandaloneClasses.copy(classes, "tlog", "disk", "witness");
        int port = url.isEmpty() ? 0 : URI.create(url).getPort();
        program = new ProcessBuilder(
                        StandaloneClasses.java(),
                        "-cp",
                        classes.toString(),
                        "--limit-modules",
                        "java.base,jdk.httpserver",
                        "org.sekisho.gateway.audit.witness.WitnessCommand",
                        "--state",
                        elsewhere.resolve("witness").toString(),
                        "--name",
                        "hospital.example/w",
                        "--listen",
                        "127.0.0.1:" + port,
                        "--log",
                        home.resolve("log/key.pub").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        keys.clear();
        var lines = new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("Witness listens on ")) {
                url = line.substring("Witness listens on ".length());
                return;
            }
            keys.add(line);
        }
        throw new AssertionError("the witness did not start: " + program.waitFor(5, TimeUnit.SECONDS));
    }

    private void restore() throws IOException {
        delete(home.resolve("log"));
        delete(home.resolve("keys"));
        Tampering.copy(elsewhere.resolve("yesterday"), home);
        delete(elsewhere.resolve("yesterday"));
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
