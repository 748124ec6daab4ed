package org.sekisho.checker.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.Samples;
import org.sekisho.checker.table.Column;

class FilesTest {
    @TempDir
    Path directory;

    @Test
    void readsNumbersWordsAndMarksOfHiddenCells() {
        var loaded = csv("\uFEFFcode,n,x\n001,\"1,234\",1.5\n002,-,<10\n").orElseThrow();
        assertThat(loaded.table().columns().get(0)).isInstanceOf(Column.Words.class);
        var n = (Column.Numbers) loaded.table().columns().get(1);
        assertThat(n.name()).isEqualTo("n");
        assertThat(n.exact()).containsExactly(1234, 0);
        assertThat(n.missing().get(1)).isTrue();
        assertThat(loaded.table().columns().get(2)).isInstanceOf(Column.Numbers.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b\\n1,2\\n1,2,3\\n | t.csv:3:3: has 3 fields where the header has 2",
                "a,b\\n1\\n           | t.csv:2:2: has 1 fields where the header has 2",
                "a;b\\n1;2\\n            | t.csv:1: has semicolons between its columns; write it with commas",
                "a\tb\\n1\t2\\n            | t.csv:1: has tabs between its columns; write it with commas",
                "''                    | t.csv:1: is empty; the first line must name the columns"
            })
    void saysWhereAFileIsWrong(String text, String message) {
        assertThatThrownBy(() -> csv(text.replace("\\n", "\n")))
                .isInstanceOf(Unreadable.class)
                .hasMessage(message);
    }

    @Test
    void readsOneColumnOfWordsWithSemicolonsInSomeOfThem() {
        assertThat(csv("note\na;b\nc\n").orElseThrow().table().rows()).isEqualTo(2);
        assertThat(csv("a;b\nc;d\ne\n").orElseThrow().table().rows()).isEqualTo(2);
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        var file = Files.write(directory.resolve("t.csv"), "年,n\n".getBytes(Charset.forName("MS932")));
        assertThatThrownBy(() -> CsvFile.read(file)).hasMessageContaining("not UTF-8");
    }

    @Test
    void stopsReadingAtTheBound() throws IOException {
        var file = directory.resolve("large.csv");
        try (var out = Files.newBufferedWriter(file)) {
            out.write("a\n");
            for (int row = 0; row <= Loaded.ROWS_AT_MOST; row++) {
                out.write("1\n");
            }
        }
        assertThat(CsvFile.read(file)).isEmpty();
    }

    @Tag("abuse-56")
    @Test
    void survivesRandomBytes() throws IOException {
        var random = new Random(5);
        for (int round = 0; round < 300; round++) {
            var bytes = new byte[random.nextInt(200)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) "a1,\"\n\r;-.=é\u0000".charAt(random.nextInt(12));
            }
            var file = Files.write(directory.resolve("t.csv"), bytes);
            try {
                CsvFile.read(file);
            } catch (Unreadable expected) {
                assertThat(expected).hasMessageStartingWith("t.csv");
            }
            try {
                ArrowFile.read(file);
            } catch (Unreadable expected) {
                assertThat(expected).hasMessageStartingWith("t.csv");
            }
        }
    }

    @Tag("abuse-56")
    @Test
    void refusesATruncatedArrowFile() throws IOException {
        var file = directory.resolve("r.arrow");
        Samples.arrow(file, Samples.column("n", 1L, 2L, 3L));
        var bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
        assertThatThrownBy(() -> ArrowFile.read(file)).isInstanceOf(Unreadable.class);
    }

    @Test
    void countsTheCharactersOfAllCellsOfAnArrowFile() {
        var file = directory.resolve("r.arrow");
        var labels = new Object[7_200];
        java.util.Arrays.fill(labels, "x".repeat(9_000));
        Samples.arrow(file, Samples.column("label", labels));
        assertThat(ArrowFile.read(file)).isEmpty();
        Samples.arrow(file, Samples.column("label", java.util.Arrays.copyOf(labels, 7_000)));
        assertThat(ArrowFile.read(file)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ",n\\n0,3\\n1,50\\n         | n",
                "Unnamed: 0,n\\n1,3\\n2,50\\n | n",
                "Unnamed: 0,n\\n2,3\\n1,50\\n | Unnamed: 0,n",
                "...1,n\\n1,3\\n2,50\\n       | n",
                "n,__index_level_0__\\n3,0\\n50,1\\n | n",
                "n,__index_level_0__\\n3,1\\n50,0\\n | n,__index_level_0__",
                ",n\\n3,30\\n1,50\\n2,60\\n   | ,n",
                ",n\\n2,3\\n3,50\\n         | ,n",
                ",n\\n1,3\\n3,50\\n         | ,n",
                ",n\\n1,3\\n1,50\\n         | ,n",
                "k,n\\n0,3\\n1,50\\n        | k,n",
                ",n\\n-,3\\n1,50\\n         | ,n",
            })
    void dropsColumnsThatOnlyNumberTheRows(String text, String kept) {
        var loaded = csv(text.replace("\\n", "\n")).orElseThrow().withoutRowNumbers();
        assertThat(loaded.table().columns().stream().map(Column::name).map(String::strip))
                .containsExactly(kept.split(","));
        assertThat(loaded.rowNumbersDropped()).isEqualTo(kept.equals("n"));
    }

    @Test
    void keepsTheOnlyColumnWhateverItHolds() {
        assertThat(csv("\"\"\n1\n2\n").orElseThrow().withoutRowNumbers().table().columns())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "=1+1       | '=1+1",
                "+81-3-0000 | '+81-3-0000",
                "@SUM(A1)   | '@SUM(A1)",
                "-cmd       | '-cmd",
                "-5         | -5",
                "+3.5%      | +3.5%",
                "-          | -",
                "0-4        | 0-4",
                "北海道       | 北海道"
            })
    @Tag("abuse-96")
    void neutralisesWhatASpreadsheetWouldRun(String text, String plain) {
        assertThat(PlainText.of(text)).isEqualTo(plain);
    }

    @Tag("abuse-91")
    @ParameterizedTest
    @ValueSource(strings = {"a\u200Bb", "a\u202Eb", "\uFEFFab", "a\u00ADb", "a\uDB40\uDC41b", "a\u3164b"})
    void dropsWhatNobodySees(String text) {
        assertThat(PlainText.hasInvisible(text)).isTrue();
        assertThat(PlainText.of(text)).isEqualTo("ab");
    }

    @Tag("abuse-91")
    @ParameterizedTest
    @ValueSource(strings = {"a b ", "  a\t b", "a\u3000\u00A0b", "a\u2003b\n", "a\u200B \u200Bb", "\u200Ba b"})
    void leavesOneSpaceWhereNobodyCountsThem(String text) {
        assertThat(PlainText.of(text)).isEqualTo("a b");
    }

    @Test
    void composesLetters() {
        assertThat(PlainText.of("か\u3099Ka\u0308")).isEqualTo("がKä");
    }

    @Tag("abuse-98")
    @Test
    void writesTheSameBytesForTheSameTable() throws IOException {
        var loaded = csv("k,n,x\n\"a,\"\"b\",12,0.30000000000000004\nc,,2\n").orElseThrow();
        var csv = new CanonicalCsv(loaded.table(), 15, (row, column) -> row == 0 && column == 1, "-");
        var written = csv.write(directory.resolve("out.csv"));
        assertThat(Samples.read(directory.resolve("out.csv"))).isEqualTo("k,n,x\n\"a,\"\"b\",-,0.3\nc,,2\n");
        assertThat(csv.measure()).isEqualTo(written);
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(List.of("t.csv", "out.csv"));
        }
    }

    private java.util.Optional<Loaded> csv(String text) {
        return CsvFile.read(Samples.write(directory.resolve("t.csv"), text));
    }
}
