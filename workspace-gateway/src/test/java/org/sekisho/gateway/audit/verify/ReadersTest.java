package org.sekisho.gateway.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small readers by which a verifier does without libraries. */
final class ReadersTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"index\":7} | 7",
                "{\"index\":0,\"a\":1} | 0",
                "{\"a\":\"x\",\"index\":123456789012345} | 123456789012345",
                "{\"a\":{\"index\":9,\"b\":{}},\"index\":8} | 8",
                "{\"a\":\"\\\"index\\\":5\",\"index\":6} | 6",
                "{\"a\":\"}{,\",\"index\":6} | 6",
                "{\"a\":\"\\\\\",\"index\":6} | 6",
                "{\"a\":null,\"index\":6,\"b\":1} | 6",
                "{\"index\":12345678901234567} | -1",
                "{\"index\":\"7\"} | -1",
                "{\"index\":-7} | -1",
                "{\"index\":} | -1",
                "{\"index\":7 | -1",
                "{\"index\":7x} | -1",
                "{\"index\":7.5} | -1",
                "{\"indes\":7} | -1",
                "{\"index\" | -1",
                "{\"index | -1",
                "{\"a\":\"x | -1",
                "{\"a\":{\"index\":7} | -1",
                "{\"a\"=1,\"index\":7} | -1",
                "{\"a\":1;\"index\":7} | -1",
                "{a:1,\"index\":7} | -1",
                "{:1,\"index\":7} | -1",
                "{\"index\":1234567890123456} | 1234567890123456",
                "{} | -1",
                "[\"index\":7] | -1",
                "x | -1"
            })
    void findTheIndexOfALine(String line, long index) {
        var bytes = ("##" + line + "##").getBytes(StandardCharsets.UTF_8);
        assertThat(LineIndex.of(bytes, 2, bytes.length - 4)).isEqualTo(index);
    }

    @Test
    void findNothingBehindTheEndOfALine() {
        var bytes = "{\"index\":7}".getBytes(StandardCharsets.UTF_8);
        assertThat(LineIndex.of(bytes, 0, bytes.length)).isEqualTo(7);
        assertThat(LineIndex.of(bytes, 0, bytes.length - 1)).isEqualTo(-1);
    }

    @Property(tries = 2000)
    void findNothingInNoise(@ForAll @Size(max = 60) byte[] noise) {
        assertThat(LineIndex.of(noise, 0, noise.length)).isGreaterThanOrEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "7",
                "\"2026-04-01T03:00\"",
                "\"2026-04-01T03:00:00.00xZ\"",
                "\"2026-13-01T03:00:00.000Z\"",
                "\"+1000000000-12-31T23:59:59Z\"",
                "\"\\x\""
            })
    void findNoTimeWhereThereIsNone(String value) {
        var bytes = ("{\"time\":" + value + ",\"index\":7}").getBytes(StandardCharsets.UTF_8);
        assertThat(LineIndex.read(bytes, 0, bytes.length).millis()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "null", "{}", "\"\"", "\"\\x\""})
    void findNoNameWhereThereIsNone(String value) {
        assertThat(actor(value)).isZero();
        assertThat(actor("\"researcher\"")).isNotZero();
    }

    /** As the index keeps it. */
    private static int actor(String value) {
        var line = ("{\"actor\":" + value + ",\"index\":7}").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(LineIndex.read(line, 0, line.length).record(new byte[32], 0))
                .getInt(48);
    }

    @Test
    void readJson() {
        assertThat(
                        Json.object(
                                " {\"a\" : [1, -20 ,{\"b\":\"\\u00e9\\n\\\"\\\\\\/\\b\\f\\r\\t\"}],\"c\":{},\"d\":[ ] , \"e\":\"東京\"}\n"))
                .isEqualTo(Map.of(
                        "a",
                        List.of(1L, -20L, Map.of("b", "\u00e9\n\"\\/\b\f\r\t")),
                        "c",
                        Map.of(),
                        "d",
                        List.of(),
                        "e",
                        "東京"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "{",
                "{}x",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1.5}",
                "{\"a\":true}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":[1;2]}",
                "{\"a\":[1}",
                "{'a':1}"
            })
    void refuseWhatIsNoJson(String text) {
        assertThatThrownBy(() -> Json.object(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refuseJsonThatIsTooDeep() {
        var deepest = "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}";
        assertThat(Json.object(deepest)).hasSize(1);
        var deeper = "{\"a\":" + "[".repeat(17) + "]".repeat(17) + "}";
        assertThatThrownBy(() -> Json.object(deeper)).hasMessageContaining("too deep");
        assertThatThrownBy(() -> Json.object("{\"a\":".repeat(100_000))).hasMessageContaining("too deep");
    }

    @Property(tries = 500)
    void readWhatAnotherWrites(@ForAll @Size(max = 8) Map<String, String> object) throws Exception {
        assertThat(Json.object(new ObjectMapper().writeValueAsString(object))).isEqualTo(object);
    }

    @Test
    void nameTheFilesOfALog() throws Exception {
        var layout = new Layout(home);
        assertThat(layout.segment(70_000)).hasFileName("entries-000065536.jsonl");
        assertThat(layout.leaves(65_535)).hasFileName("leaves-000000000");
        for (var name : List.of(
                "entries-000065536.jsonl",
                "leaves-000000000",
                "leaves-000065536",
                "entries-1.jsonl",
                "leaves-000000000.next",
                "index")) {
            Files.createFile(home.resolve(name));
        }
        assertThat(layout.segments()).containsExactly(0L, 65_536L);
    }

    /** What a file of checkpoints has behind an offset. */
    private record Found(List<String> notes, long end, boolean torn) {}

    private static Found checkpoints(Path file, long from) throws IOException {
        try (var read = CheckpointFile.open(file, from)) {
            var notes = new ArrayList<String>();
            for (var note = read.next(); note != null; note = read.next()) {
                notes.add(note);
            }
            return new Found(notes, read.end(), read.torn());
        }
    }

    @Test
    void readTheCheckpointsBehindAnOffset() throws Exception {
        var file = home.resolve("checkpoints");
        assertThat(checkpoints(file, 0)).isEqualTo(new Found(List.of(), 0, false));
        assertThat(CheckpointFile.last(file)).isEmpty();
        var one = "log\n1\nroot\n\n— log sig\n";
        var two = "log\n2\nroot\n\n— log sig\n— log other\n";
        Files.writeString(file, one + "\n" + two + "\n");
        int first = one.getBytes(StandardCharsets.UTF_8).length + 1;
        int second = first + two.getBytes(StandardCharsets.UTF_8).length + 1;

        assertThat(checkpoints(file, 0)).isEqualTo(new Found(List.of(one, two), second, false));
        assertThat(checkpoints(file, first)).isEqualTo(new Found(List.of(two), second, false));
        assertThat(checkpoints(file, second)).isEqualTo(new Found(List.of(), second, false));
        assertThat(CheckpointFile.last(file)).contains(new CheckpointFile.Last(two, second, false));
        for (var torn : List.of(two, two.substring(0, 9), "log\n2\nroot\n\n", "l")) {
            Files.writeString(file, one + "\n" + torn);
            assertThat(checkpoints(file, 0)).as(torn).isEqualTo(new Found(List.of(one), first, true));
            assertThat(CheckpointFile.last(file)).contains(new CheckpointFile.Last(one, first, true));
        }
        Files.writeString(file, "torn");
        assertThat(CheckpointFile.last(file)).isEmpty();
    }

    /** A hole of three gigabytes stands for what was signed in between. */
    @Test
    void readCheckpointsThatNoMemoryHolds() throws Exception {
        var file = home.resolve("checkpoints");
        var note = "log\n1\nroot\n\n— log sig\n";
        Files.writeString(file, note + "\n");
        try (var hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(3L << 30);
        }
        Files.writeString(file, "\n\n" + note + "\n" + note.replace('1', '2') + "\n", StandardOpenOption.APPEND);

        try (var read = CheckpointFile.open(file, 0)) {
            assertThat(read.next()).isEqualTo(note);
            assertThat(read.end()).isEqualTo(note.getBytes(StandardCharsets.UTF_8).length + 1);
        }
        assertThat(CheckpointFile.last(file))
                .contains(new CheckpointFile.Last(note.replace('1', '2'), Files.size(file), false));
    }

    @Test
    void handBackInPiecesWhatIsTooLongForACheckpoint() throws Exception {
        var file = home.resolve("checkpoints");
        Files.writeString(file, ("x".repeat(1_000) + "\n").repeat(2_500));

        var found = checkpoints(file, 0);
        assertThat(found.notes()).hasSize(2).allMatch(piece -> piece.length() >= 1 << 20);
        assertThat(found.end())
                .isEqualTo(found.notes().stream().mapToInt(String::length).sum());
        assertThat(found.torn()).isTrue();
    }

    /** The end of the file is read first, and begins at any byte of a note. */
    @Test
    void readTheLastCheckpointOfManyYears() throws Exception {
        var file = home.resolve("checkpoints");
        var text = new StringBuilder();
        for (int i = 0; text.length() < 134_000; i++) {
            text.append(note(i, 997 + i)).append('\n');
        }
        for (int more = 1; more < 1300; more++) {
            var last = note(299, more);
            Files.writeString(file, text + last + "\n");
            assertThat(CheckpointFile.last(file))
                    .as("%s bytes", more)
                    .contains(new CheckpointFile.Last(last, Files.size(file), false));
        }
    }

    private static String note(int size, int signature) {
        return "log\n" + size + "\nroot\n\n— log " + "A".repeat(signature) + "\n";
    }

    /** 128 KiB are read first. */
    @Test
    void readTheLastCheckpointThatTheEndOfTheFileDoesNotHold() throws Exception {
        var file = home.resolve("checkpoints");
        for (int length : new int[] {131_072, 131_073, 262_144}) {
            var one = note(7, length - note(7, 0).getBytes(StandardCharsets.UTF_8).length - 1);
            Files.writeString(file, one + "\n");
            assertThat(CheckpointFile.last(file)).contains(new CheckpointFile.Last(one, length, false));
            Files.writeString(file, note(8, 9) + "torn".repeat(20_000), StandardOpenOption.APPEND);
            assertThat(CheckpointFile.last(file)).contains(new CheckpointFile.Last(one, length, true));
        }
        Files.writeString(file, note(7, 9) + "\n" + "torn".repeat(40_000));
        assertThat(CheckpointFile.last(file).map(CheckpointFile.Last::note)).contains(note(7, 9));
    }

    @Test
    void handBackAsAPieceWhatIsAsLongAsACheckpointCanBe() throws Exception {
        var file = home.resolve("checkpoints");
        var longest = "x".repeat(ReadFile.LONGEST_TEXT - 1) + "\n";
        Files.writeString(file, longest + "rest\n");
        assertThat(checkpoints(file, 0)).isEqualTo(new Found(List.of(longest), longest.length(), true));
    }

    @Test
    void keepNoFileOpen() throws Exception {
        var lines = Files.writeString(home.resolve("lines"), "a\n");
        try (var _ = new SegmentLines(lines, 0);
                var _ = new ReadFile(lines)) {
            assertThat(openFiles()).isEqualTo(2);
        }
        assertThat(openFiles()).isZero();
        CheckpointFile.last(lines);
        assertThat(openFiles()).isZero();
        var layout = new Layout(home);
        Files.writeString(layout.segment(0), "a\n");
        Files.write(layout.leaves(Layout.SEGMENT), new byte[32]);
        Files.write(layout.index(), new byte[Layout.RECORD]);
        for (long segment : new long[] {0, Layout.SEGMENT}) {
            try (var _ = SegmentLeaves.open(layout, segment, 0);
                    var _ = new KeptHashes(layout)) {
                assertThat(openFiles()).isEqualTo(2);
            }
            assertThat(openFiles()).isZero();
        }
    }

    private int openFiles() throws IOException {
        return OpenFiles.below(home);
    }

    @Test
    void recogniseTheEntryThatSaysWhatIsDropped() {
        var line = "{\"action\":\"log.retire\",\"detail\":{\"up-to\":\"65536\"},\"index\":7}";
        assertThat(upTo(line)).isEqualTo(65_536);
        for (var other : List.of(
                line.replace("retire", "review"),
                line.replace("up-to", "upto"),
                line.replace("65536", "many"),
                line.replace("detail", "details"),
                line.replace("7}", "7"),
                "{\"action\"",
                "")) {
            assertThat(upTo(other)).as(other).isZero();
        }
    }

    private static long upTo(String line) {
        return Retirement.upTo(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readLinesOfAnyLength() throws Exception {
        var file = home.resolve("lines");
        var lines = List.of("a", "", "x".repeat(300_000), "東京", "y".repeat(262_143), "z".repeat(262_144), "end");
        Files.writeString(file, String.join("\n", lines) + "\ntorn");
        try (var read = new SegmentLines(file, 0, 300_000)) {
            long offset = 0;
            for (var line : lines) {
                assertThat(read.next()).isTrue();
                assertThat(new String(read.line(), StandardCharsets.UTF_8)).isEqualTo(line);
                assertThat(read.offset()).isEqualTo(offset);
                assertThat(read.complete()).isTrue();
                offset += read.length() + 1;
                assertThat(read.end()).isEqualTo(offset);
                assertThat(read.overlong()).isFalse();
            }
            assertThat(read.next()).isTrue();
            assertThat(read.complete()).isFalse();
            assertThat(read.next()).isFalse();
        }
        try (var read = new SegmentLines(file, 2)) {
            assertThat(read.next()).isTrue();
            assertThat(read.length()).isZero();
            assertThat(read.offset()).isEqualTo(2);
        }
    }

    @Test
    void cutLinesThatAreTooLong() throws Exception {
        var file = home.resolve("lines");
        var lines = List.of("x".repeat(1000), "y".repeat(1001), "z".repeat(600_000), "", "a", "b".repeat(2000));
        Files.writeString(file, String.join("\n", lines));
        try (var read = new SegmentLines(file, 0, 1000)) {
            long offset = 0;
            for (var line : lines) {
                assertThat(read.next()).isTrue();
                assertThat(new String(read.line(), StandardCharsets.UTF_8))
                        .isEqualTo(line.substring(0, Math.min(1000, line.length())));
                assertThat(read.overlong()).isEqualTo(line.length() > 1000);
                assertThat(read.offset()).isEqualTo(offset);
                assertThat(read.complete()).isEqualTo(!line.startsWith("b"));
                offset += line.length() + (read.complete() ? 1 : 0);
                assertThat(read.end()).isEqualTo(offset);
            }
            assertThat(read.next()).isFalse();
        }
    }

    @Test
    void readNoLongerTextThanANote() throws Exception {
        var file = Files.writeString(home.resolve("text"), "— x\n");
        assertThat(ReadFile.text(file)).isEqualTo("— x\n");
        Files.writeString(file, "x".repeat(1 << 20));
        assertThat(ReadFile.text(file)).hasSize(1 << 20);
        Files.writeString(file, "x", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> ReadFile.text(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is longer");
    }

    @Test
    void readRegularFilesAlone() throws Exception {
        assertThat(ReadFile.regular(home.resolve("none"))).isEqualTo(home.resolve("none"));
        assertThatThrownBy(() -> new ReadFile(home)).hasMessageContaining("is no regular file");
        assertThatThrownBy(() -> new SegmentLines(Path.of("/dev/null"), 0)).hasMessageContaining("is no regular file");
    }
}
