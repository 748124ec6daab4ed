package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledWriterIT {
    @TempDir
    Path home;

    @Test
    void losesNothingAcknowledgedWhenItIsKilled() throws Exception {
        long newest = -1;
        for (int round = 0; round < 6; round++) {
            newest = Math.max(newest, writeAndKill(150 + 90 * round));
            try (var log = Samples.open(home)) {
                assertThat(log.entry(newest)).as("round " + round).isPresent();
                assertThat(log.verify().holds()).isTrue();
                assertThat(log.search(Filter.ANY, null, 1).entries().getFirst().action())
                        .isEqualTo("log.open");
            }
        }
        assertThat(newest).isGreaterThan(100);
    }

    /** The newest index that the writer said was acknowledged before it was killed. */
    private long writeAndKill(int entries) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriter.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long newest = -1;
        try (var lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < entries; i++) {
                newest = Math.max(newest, Long.parseLong(lines.readLine()));
            }
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return newest;
    }
}
