package org.sekisho.checker.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.table.Column;

class ParquetFileTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"uncompressed, V1", "snappy, V1", "gzip, V1"})
    void readsWhatEveryCodecWrote(String codec, String version) {
        write(
                "SELECT i AS n, i / 7 AS r, 'label ' || (i % 5) AS label, CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS m"
                        + " FROM range(5000) t(i)",
                "COMPRESSION " + codec + ", PARQUET_VERSION " + version + ", ROW_GROUP_SIZE 2048");
        var table = read().table();
        assertThat(table.rows()).isEqualTo(5_000);
        assertThat(((Column.Numbers) table.columns().get(0)).exact())
                .isEqualTo(IntStream.range(0, 5_000).mapToLong(i -> i).toArray());
        assertThat(((Column.Numbers) table.columns().get(1)).values()[100]).isEqualTo(100 / 7.0);
        assertThat(table.columns().get(2).label(4_999)).isEqualTo("label 4");
        assertThat(table.columns().get(3).label(3)).isNull();
        assertThat(table.columns().get(3).label(4)).isEqualTo("4");
    }

    @Test
    void readsTypesAsWhatTheyMean() {
        write(
                "SELECT true AS flag, 200::UTINYINT AS u8, 4000000000::UINTEGER AS u32, (-5)::TINYINT AS i8, 12.5::DECIMAL(9,2) AS d,"
                        + " 123456789012345678::DECIMAL(30,0) AS wide, DATE '2024-02-29' AS day, TIMESTAMP '2024-02-29 12:30:00' AS at,"
                        + " TIME '01:02:03' AS clock, 2.5::FLOAT AS f, 'é' AS word, '1'::BLOB AS bytes, [1, 2] AS list, {'a': 1} AS struct,"
                        + " uuid() AS id",
                "COMPRESSION snappy");
        var loaded = read();
        assertThat(labels(loaded))
                .startsWith(
                        "flag=true",
                        "u8=200",
                        "u32=4000000000",
                        "i8=-5",
                        "d=12.5",
                        "wide=123456789012346000",
                        "day=2024-02-29",
                        "at=2024-02-29T12:30",
                        "clock=01:02:03",
                        "f=2.5",
                        "word=é",
                        "bytes=null",
                        "list=null",
                        "struct=null");
        assertThat(loaded.notUnderstood()).containsExactly("bytes", "list", "struct", "id");
        assertThat(loaded.missingMeansHidden()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPRESSION zstd", "COMPRESSION lz4_raw", "COMPRESSION snappy, PARQUET_VERSION V2"})
    void saysHowToWriteWhatItDoesNotRead(String options) {
        write("SELECT i AS n, 'a' || i AS label FROM range(3000) t(i)", options);
        assertThatThrownBy(this::read)
                .isInstanceOf(Unreadable.class)
                .hasMessageMatching("t.parquet: (is compressed in a way|uses an encoding).*write it with.*or as CSV");
    }

    @Test
    void refusesAFileThatIsCutShort() throws IOException {
        write("SELECT i AS n FROM range(3000) t(i)", "COMPRESSION snappy");
        var whole = Files.readAllBytes(file());
        for (int length : new int[] {0, 3, 11, 12, whole.length / 2, whole.length - 1}) {
            Files.write(file(), Arrays.copyOf(whole, length));
            assertThatThrownBy(this::read).isInstanceOf(Unreadable.class).hasMessageContaining("broken or cut short");
        }
    }

    @Test
    void stopsAtTheBoundOfRows() {
        write("SELECT 1 AS n FROM range(200001)", "COMPRESSION snappy");
        assertThat(ParquetFile.read(file())).isEmpty();
        write("SELECT repeat('x', 10001) AS label, 1 AS n", "COMPRESSION snappy");
        assertThat(ParquetFile.read(file())).isEmpty();
    }

    @Test
    void countsTheCharactersOfAllCells() {
        // One label of a dictionary, written as often as it stands.
        write("SELECT repeat('x', 9000) AS label, 1 AS n FROM range(8000)", "COMPRESSION snappy");
        assertThat(ParquetFile.read(file())).isEmpty();
        write("SELECT repeat('x', 9000) AS label, 1 AS n FROM range(7000)", "COMPRESSION snappy");
        assertThat(read().table().rows()).isEqualTo(7_000);
    }

    @Test
    void readsAThousandColumnsInHundredsOfGroupsInOnePass() throws IOException {
        Files.write(file(), ParquetSamples.empty(1_000, 250));
        assertTimeout(Duration.ofSeconds(30), this::read);
        assertThat(read().table().columns()).hasSize(1_000);
    }

    @Test
    void refusesAnEncryptedFile() throws IOException {
        Files.write(file(), "PARExxxxxxxxPARE".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(this::read).hasMessageContaining("is encrypted");
    }

    @Tag("abuse-56")
    @Test
    void allocatesNothingThatAHeaderPromises() throws IOException {
        write("SELECT i AS n, 'a' || (i % 3) AS label FROM range(300) t(i)", "COMPRESSION uncompressed");
        var whole = Files.readAllBytes(file());
        var random = new SplittableRandom(11);
        for (int round = 0; round < 3_000; round++) {
            var bytes = whole.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                bytes[random.nextInt(4, bytes.length - 8)] = (byte) random.nextInt(256);
            }
            Files.write(file(), bytes);
            try {
                ParquetFile.read(file());
            } catch (Unreadable expected) {
                assertThat(expected).hasMessageStartingWith("t.parquet");
            }
        }
    }

    @Test
    void decompressesSnappy() throws IOException {
        var block = new byte[] {9, 8, 'a', 'b', 'c', 0x12, 3, 0, 0, 'd'};
        block[1] = 2 << 2;
        assertThat(new String(Snappy.decompress(ByteBuffer.wrap(block), 9), StandardCharsets.US_ASCII))
                .isEqualTo("abcabcabd");
        assertThatThrownBy(() -> Snappy.decompress(ByteBuffer.wrap(new byte[] {9, 0x12, 3, 0}), 9))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Snappy.decompress(ByteBuffer.wrap(new byte[] {2, 0, 'a'}), 2))
                .isInstanceOf(IOException.class);
    }

    private void write(String query, String options) {
        ParquetSamples.write(file(), query, options);
    }

    private Path file() {
        return home.resolve("t.parquet");
    }

    private Loaded read() {
        return ParquetFile.read(file()).orElseThrow();
    }

    private static List<String> labels(Loaded loaded) {
        return loaded.table().columns().stream()
                .map(column -> column.name() + "=" + column.label(0))
                .toList();
    }
}
