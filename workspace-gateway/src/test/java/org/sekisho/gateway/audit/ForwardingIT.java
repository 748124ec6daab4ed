package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.export.SyslogOverTls;

/** A log, the program that forwards it, and a collector behind a real TLS socket. */
@Timeout(60)
final class ForwardingIT {
    /** RFC 5424 section 6, as far as these messages use it. */
    private static final String MESSAGE = "<1(?:08|10)>1 [0-9T:.-]+Z - sekisho - [a-z.]+"
            + " \\[sekisho@32473(?: [!-~&&[^=\\]\"]]{1,32}=\"(?:[^\"\\\\\\]]|\\\\[\"\\\\\\]])*\")+] \ufeff[a-z.]+ [a-z]+ [a-z]+";

    @TempDir
    static Path certificates;

    @TempDir
    Path home;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private @Nullable TlsCollector collector;
    private @Nullable Thread forwarding;

    @BeforeAll
    static void certify() throws Exception {
        TlsCollector.certify(certificates, "here", "ip:127.0.0.1,dns:localhost");
        TlsCollector.certify(certificates, "elsewhere", "dns:collector.example");
    }

    @AfterEach
    void stop() throws Exception {
        stopForwarding();
        if (collector != null) {
            collector.close();
        }
    }

    @Test
    void sendsEveryEntryOnceAndInOrderWhileTheConnectionLasts() throws Exception {
        var there = open("here", 0);
        try (var log = Samples.open(home)) {
            Samples.fill(log, 1_200);
            forward(there.port(), "here");
            await(() -> there.received().size() >= 1_201);
            log.record(Act.of("newcomer", "session.open"), Result.DONE);
            await(() -> there.received().size() >= 1_202);
            await(() -> sent().equals("1202"));
        }
        assertThat(there.received()).allMatch(message -> message.matches(MESSAGE));
        assertThat(indexes(there)).isEqualTo(upTo(1_202));
        assertThat(there.received().getLast()).contains(" actor=\"newcomer\" ");
        assertThat(there.protocol()).isEqualTo("TLSv1.3");
    }

    /** Nobody waits for a collector that is away, and it misses nothing. */
    @Test
    @Tag("abuse-42")
    void goesOnWhereItWasWhenTheCollectorIsThereAgain() throws Exception {
        var first = open("here", 0);
        try (var log = Samples.open(home)) {
            Samples.fill(log, 100);
            forward(first.port(), "here");
            await(() -> first.received().size() >= 101);
            first.close();
            Samples.fill(log, Forwarding.AGAIN);
            await(() -> words().contains("No collector at"));
            var again = open("here", first.port());
            await(() -> !again.received().isEmpty() && indexes(again).getLast() == 100L + Forwarding.AGAIN);
            var got = new ArrayList<>(indexes(again));
            assertThat(got).isSorted().doesNotHaveDuplicates().startsWith(0L);
            assertThat(got).hasSize(101 + Forwarding.AGAIN);
        }
    }

    @Test
    void beginsAfterARestartWithWhatMayHaveBeenLost() throws Exception {
        try (var log = Samples.open(home)) {
            Samples.fill(log, Forwarding.AGAIN + 500);
        }
        Files.writeString(home.resolve("sent"), Integer.toString(Forwarding.AGAIN + 300));
        var there = open("here", 0);
        forward(there.port(), "here");
        await(() -> there.received().size() >= Forwarding.AGAIN + 201);

        assertThat(indexes(there)).startsWith(300L).endsWith(Forwarding.AGAIN + 500L);
    }

    @Test
    void endsWhenMoreWasSentThanTheLogHas() throws Exception {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 10);
        }
        Files.writeString(home.resolve("sent"), "12");
        var there = open("here", 0);
        var words = new ByteArrayOutputStream();
        var exit = AuditCommand.run(
                List.of(
                        "forward",
                        home.toString(),
                        "--to",
                        "127.0.0.1:" + there.port(),
                        "--state",
                        home.resolve("sent").toString(),
                        "--ca",
                        certificates.resolve("here.pem").toString()),
                System.out,
                new PrintStream(words, true, StandardCharsets.UTF_8));

        assertThat(exit).isEqualTo(2);
        assertThat(words.toString(StandardCharsets.UTF_8))
                .contains("says that 12 entries were sent, and the log has 11");
        assertThat(there.received()).isEmpty();
    }

    @Test
    void saysNothingToSomebodyWhoIsNotTheCollector() throws Exception {
        try (var log = Samples.open(home)) {
            log.record(Samples.act(1), Result.DONE);
        }
        var impostor = open("elsewhere", 0);
        forward(impostor.port(), "elsewhere");
        await(() -> words().contains("No collector at"));
        assertThat(words()).contains("127.0.0.1");
        stopForwarding();

        said.reset();
        forward(impostor.port(), "here");
        await(() -> words().contains("No collector at"));
        assertThat(words()).contains("PKIX");
        assertThat(impostor.received()).isEmpty();
        assertThat(home.resolve("sent")).doesNotExist();
    }

    private TlsCollector open(String certificate, int port) throws Exception {
        var opened = new TlsCollector(certificates, certificate, port);
        collector = opened;
        return opened;
    }

    private void forward(int port, String authority) throws IOException {
        var trust = SyslogOverTls.trusting(certificates.resolve(authority + ".pem"));
        var there = new Forwarding.Collector("127.0.0.1", port, trust);
        var forward = new Forwarding(
                home,
                there,
                home.resolve("sent"),
                Duration.ofMillis(50),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        forwarding = Thread.ofPlatform().start(() -> {
            try {
                forward.run();
            } catch (InterruptedException stopped) {
                // as it should
            }
        });
    }

    private void stopForwarding() throws InterruptedException {
        if (forwarding != null) {
            forwarding.interrupt();
            forwarding.join();
        }
    }

    /** As the program keeps it, a moment after the collector has it. */
    private String sent() {
        try {
            return Files.readString(home.resolve("sent"));
        } catch (IOException notYet) {
            return "";
        }
    }

    private String words() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static List<Long> indexes(TlsCollector collector) {
        return collector.received().stream()
                .map(message -> Long.valueOf(message.replaceAll("(?s).* index=\"([0-9]+)\".*", "$1")))
                .toList();
    }

    private static List<Long> upTo(long end) {
        return LongStream.range(0, end).boxed().toList();
    }

    private static void await(BooleanSupplier enough) throws InterruptedException {
        while (!enough.getAsBoolean()) {
            Thread.sleep(20);
        }
    }
}
