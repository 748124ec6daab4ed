package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real writer that is killed with SIGKILL; {@code -Dsekisho.log-kills=1000} for a thousand times. Abuse case 33. */
final class KilledWriterIT {
    private static final int ROUNDS = Integer.getInteger("sekisho.log-kills", 12);
    private static final int WHOLE_EVERY = 50;
    /** Opening a log reads its newest segments, so a short log makes short rounds. */
    private static final int ROUNDS_OF_A_LOG = 100;

    @TempDir
    Path homes;

    private final Random random = new Random(33);

    @Tag("abuse-33")
    @Test
    void losesNothingAcknowledgedWhenItIsKilled() throws Exception {
        long acknowledged = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var home = homes.resolve("home-" + round / ROUNDS_OF_A_LOG);
            var written = writeAndKill(home, random.nextInt(1, 250));
            acknowledged += written.size();
            try (var log = Samples.open(home)) {
                for (var each : written.entrySet()) {
                    assertThat(log.entry(each.getKey()))
                            .as("round %d, entry %d", round, each.getKey())
                            .hasValueSatisfying(
                                    entry -> assertThat(entry.object()).isEqualTo(each.getValue()));
                }
                if (round % WHOLE_EVERY == WHOLE_EVERY - 1 || round == ROUNDS - 1) {
                    assertThat(log.verify().holds()).isTrue();
                }
                var opened = log.search(new Filter(null, null, Opening.OPENED, null, null, null), null, 1);
                assertThat(opened.entries().getFirst().index())
                        .isEqualTo(log.search(Filter.ANY, null, 1)
                                .entries()
                                .getFirst()
                                .index());
            }
        }
        assertThat(acknowledged).isGreaterThan(ROUNDS);
    }

    /** What the writer said was acknowledged before it was killed, by index. */
    private Map<Long, String> writeAndKill(Path home, int entries) throws Exception {
        var process = new ProcessBuilder(
                        StandaloneClasses.java(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var written = new HashMap<Long, String>();
        try (var lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < entries; i++) {
                note(lines.readLine(), written);
            }
            process.toHandle().destroyForcibly(); // leaves its output to be read
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line, written);
            }
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return written;
    }

    /** The last line may be torn: then it was not said. */
    private static void note(String line, Map<Long, String> written) {
        int space = line.indexOf(' ');
        if (space > 0 && line.matches("[0-9]+ job-[0-9]+")) {
            written.put(Long.valueOf(line.substring(0, space)), line.substring(space + 1));
        }
    }
}
