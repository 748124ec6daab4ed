package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.disk.Disk;
import org.sekisho.gateway.audit.tlog.VerifierKeys;
import org.sekisho.gateway.audit.verify.LogVerifier;

/** A log of 10,000 entries of which every region is flipped, cut and reordered. Abuse cases 35 and 36. */
final class RegionsTest {
    private static final int ENTRIES = 10_000;
    private static final int STEP = 131;

    @TempDir
    static Path home;

    private static byte[] original = new byte[0];
    private static int[] starts = new int[0];

    private final Random random = new Random(97);

    @BeforeAll
    static void write() throws IOException {
        var settings =
                new FileAuditLog.Settings(Disk.REAL, Duration.ofMillis(200), Duration.ofDays(1), LogPolicy.USUAL);
        try (var log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC(), settings)) {
            Samples.fill(log, ENTRIES - 1);
        }
        original = Files.readAllBytes(entries());
        starts = starts(original);
    }

    @Tag("abuse-35")
    @Test
    void namesTheEntryOfAFlippedByteInEveryRegion() throws IOException {
        for (int entry = 0; entry < ENTRIES; entry += STEP) {
            var bytes = original.clone();
            int at = starts[entry] + random.nextInt(starts[entry + 1] - starts[entry]);
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            assertFirstBad(bytes, entry);
        }
    }

    @Test
    void namesTheFirstOfOverwrittenBytesInEveryRegion() throws IOException {
        for (int entry = 0; entry < ENTRIES - 60; entry += 3 * STEP) {
            var bytes = original.clone();
            var noise = new byte[1 + random.nextInt(20_000)];
            random.nextBytes(noise);
            int from = starts[entry] + 1;
            System.arraycopy(noise, 0, bytes, from, Math.min(noise.length, bytes.length - from));
            assertFirstBad(bytes, entry);
        }
    }

    @Test
    void namesTheFirstOfTheEntriesThatWereCutOutOfEveryRegion() throws IOException {
        for (int entry = 0; entry < ENTRIES; entry += STEP) {
            int upTo = Math.min(ENTRIES, entry + 1 + random.nextInt(500));
            assertFirstBad(without(starts[entry], starts[upTo]), entry);
        }
    }

    @Test
    void namesTheFirstEntryOfWhichBytesWereCutOut() throws IOException {
        for (int entry = 0; entry < ENTRIES; entry += 3 * STEP) {
            int from = starts[entry] + random.nextInt(starts[entry + 1] - starts[entry]);
            int to = Math.min(original.length, from + 1 + random.nextInt(3_000));
            var bytes = without(from, to);
            assertFirstBad(bytes, wholeEntries(bytes));
        }
    }

    @Test
    void namesTheFirstEntryBehindEveryPlaceWhereTheLogEnds() throws IOException {
        for (int entry = 0; entry < ENTRIES; entry += STEP) {
            int end = starts[entry] + random.nextInt(starts[entry + 1] - starts[entry]);
            assertFirstBad(Arrays.copyOf(original, end), entry);
        }
    }

    @Test
    void namesTheFirstOfTwoEntriesThatChangedPlaces() throws IOException {
        for (int entry = 0; entry < ENTRIES - 1; entry += STEP) {
            var lines = lines();
            Collections.swap(lines, entry, entry + 1 + random.nextInt(ENTRIES - 1 - entry));
            assertFirstBad(joined(lines), entry);
        }
    }

    @Test
    void namesTheFirstOfARegionThatWasTurnedAround() throws IOException {
        for (int entry = 0; entry < ENTRIES - 1; entry += 5 * STEP) {
            var lines = lines();
            Collections.reverse(lines.subList(entry, Math.min(ENTRIES, entry + 2 + random.nextInt(300))));
            assertFirstBad(joined(lines), entry);
        }
    }

    @Test
    void namesTheFirstPlaceWhereSomethingWasPutIn() throws IOException {
        for (int entry = 0; entry < ENTRIES; entry += 3 * STEP) {
            var lines = lines();
            lines.add(entry, lines.get(random.nextInt(ENTRIES)));
            if (lines.get(entry).equals(lines.get(entry + 1))) {
                continue;
            }
            assertFirstBad(joined(lines), entry);
        }
    }

    private static void assertFirstBad(byte[] bytes, long entry) throws IOException {
        Files.write(entries(), bytes);
        var keys = VerifierKeys.parse(Files.readString(home.resolve("log/key.pub")));
        assertThat(new LogVerifier(home.resolve("log"), keys).verify())
                .isInstanceOfSatisfying(
                        LogVerifier.Broken.class,
                        broken -> assertThat(broken.index()).isEqualTo(entry));
    }

    /** How many entries from the first on are as they were. */
    private static int wholeEntries(byte[] bytes) {
        int same = Arrays.mismatch(bytes, original);
        int found = Arrays.binarySearch(starts, same);
        return found >= 0 ? found : -found - 2;
    }

    private static Path entries() {
        return home.resolve("log/entries-000000000.jsonl");
    }

    private static byte[] without(int from, int to) {
        var out = new ByteArrayOutputStream();
        out.write(original, 0, from);
        out.write(original, to, original.length - to);
        return out.toByteArray();
    }

    private static List<String> lines() {
        return new ArrayList<>(
                new String(original, StandardCharsets.UTF_8).lines().toList());
    }

    private static byte[] joined(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Where each entry begins, and the end. */
    private static int[] starts(byte[] bytes) {
        var starts = new int[ENTRIES + 1];
        int entry = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                starts[++entry] = i + 1;
            }
        }
        return starts;
    }
}
