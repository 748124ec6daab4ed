package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.gateway.audit.export.SyslogOverTls;
import org.sekisho.gateway.audit.verify.Layout;

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
            Thread.sleep(300);
        }
        assertThat(words()).isEqualToIgnoringNewLines("Connected with 127.0.0.1:" + there.port() + ".");
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
    void noticesThatTheCollectorHangsUpWhileThereIsNothingToSend() throws Exception {
        var there = open("here", 0);
        try (var log = Samples.open(home)) {
            log.record(Samples.act(1), Result.DONE);
        }
        forward(there.port(), "here");
        await(() -> there.received().size() >= 2);
        there.hangUp();
        await(() -> words().contains("No collector at"));
        await(() -> there.received().size() >= 4);
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
        var program = forwarding(there.port(), "here", Duration.ofMillis(1));

        var why = "says that 12 entries were sent, and the log has 11: it is another log, or it was put back, or the"
                + " gateway has not started since the machine stopped";
        assertThatThrownBy(program::run).isInstanceOf(LogUnavailable.class).hasMessageContaining(why);
        assertThat(words()).containsOnlyOnce(why);
        assertThat(there.received()).isEmpty();
    }

    /** As a loss of power may leave it: entries are on the disk before the index is. */
    @ParameterizedTest
    @CsvSource({"11, 'says that 11 entries were sent, and the log has 5'", "3, the index ends before entry 11"})
    void waitsUntilTheGatewayHasWrittenTheIndexAnew(int sent, String why) throws Exception {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 10);
        }
        try (var index = new RandomAccessFile(home.resolve("log/index").toFile(), "rw")) {
            index.setLength(5 * Layout.RECORD);
        }
        Files.writeString(home.resolve("sent"), Integer.toString(sent));
        var there = open("here", 0);
        forward(there.port(), "here", Duration.ofMillis(400));
        await(() -> words().contains(why));
        assertThat(there.received()).isEmpty();
        try (var _ = Samples.open(home)) {
            await(() -> there.received().size() >= 12);
        }
        assertThat(indexes(there)).isEqualTo(upTo(12));
    }

    /** As in a home that was restored: the first start makes the index. */
    @Test
    void waitsForALogThatHasNoIndexYet() throws Exception {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 10);
        }
        Files.delete(home.resolve("log/index"));
        var there = open("here", 0);
        forward(there.port(), "here");
        await(() -> words().contains("The log is looked at again: "));
        assertThat(there.received()).isEmpty();
        try (var _ = Samples.open(home)) {
            await(() -> there.received().size() >= 12);
        }
        assertThat(indexes(there)).isEqualTo(upTo(12));
    }

    @Test
    void givesUpALogThatNobodyPutsInOrderHoweverOftenTheCollectorHangsUp() throws Exception {
        try (var log = Samples.open(home)) {
            Samples.fill(log, 10);
        }
        Files.writeString(home.resolve("sent"), "12");
        var there = open("here", 0);
        var pause = Duration.ofMillis(20);
        var program = forwarding(there.port(), "here", pause);
        var hangingUp = Thread.ofPlatform().start(() -> hangUpOn(there));
        long begun = System.nanoTime();
        try {
            assertThatThrownBy(program::run).isInstanceOf(LogUnavailable.class);
        } finally {
            hangingUp.interrupt();
            hangingUp.join();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("a gateway that starts has its time")
                .isGreaterThan(pause.multipliedBy(Forwarding.LOOKS - 1));
        assertThat(words().split("Connected with", -1)).as("connections").hasSizeGreaterThan(3);
    }

    private static void hangUpOn(TlsCollector collector) {
        try {
            while (true) {
                collector.hangUp();
                Thread.sleep(150);
            }
        } catch (InterruptedException | IOException over) {
            // as it should
        }
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
        forward(port, authority, Duration.ofMillis(50));
    }

    private void forward(int port, String authority, Duration pause) throws IOException {
        var forward = forwarding(port, authority, pause);
        forwarding = Thread.ofPlatform().start(() -> {
            try {
                forward.run();
            } catch (InterruptedException stopped) {
                // as it should
            }
        });
    }

    private Forwarding forwarding(int port, String authority, Duration pause) throws IOException {
        var trust = SyslogOverTls.trusting(certificates.resolve(authority + ".pem"));
        var there = new Forwarding.Collector("127.0.0.1", port, trust);
        var err = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Forwarding(home, there, home.resolve("sent"), pause, err);
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
