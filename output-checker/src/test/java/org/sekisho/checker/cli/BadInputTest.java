package org.sekisho.checker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.checker.Finding;
import org.sekisho.checker.JudgementJson;
import org.sekisho.checker.Samples;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.parquet.ParquetSamples;
import org.sekisho.checker.picture.PictureSamples;

/** Files that ask for far more than there is, before a checker that has little. */
class BadInputTest {
    private static final String HEAP = "-Xmx160m";

    @TempDir
    Path home;

    @Test
    void refusesEachWithItsReasonInALittleHeap() throws IOException, InterruptedException {
        repeated("rows.csv", "area,n\n", "area number one,1200\n", 4_000_000);
        repeated("columns.csv", "a", ",a", 1_000_000);
        repeated("few-columns.csv", "a", ",a", 1_000);
        repeated("quote.csv", "area,n\n\"", "never closed ", 4_000_000);
        repeated("line.csv", "area,n\n", "x", 40_000_000);
        var parquet = ParquetSamples.all().getFirst();
        bytes("cut.parquet", Arrays.copyOf(parquet, parquet.length - 5));
        sparse("notebook.ipynb", "{\"cells\":[", 200L << 20);
        sparse("words.txt", "words ", 200L << 20);
        bytes("lies.png", PictureSamples.promising(4_000, 4_000, 1_000));
        bytes("huge.png", PictureSamples.promising(100_000, 100_000, 1_000));
        bomb("bomb.xlsx");
        sparse("large.svg", "<svg>", 200L << 20);
        var findings = check();
        assertThat(findings)
                .extracting(Finding::file, Finding::rule)
                .contains(
                        told("rows.csv", "too-large"),
                        told("columns.csv", "too-large"),
                        told("few-columns.csv", "too-large"),
                        told("quote.csv", "unreadable"),
                        told("line.csv", "unreadable"),
                        told("cut.parquet", "unreadable"),
                        told("notebook.ipynb", "too-large"),
                        told("words.txt", "too-large"),
                        told("lies.png", "picture"),
                        told("huge.png", "picture"),
                        told("bomb.xlsx", "too-large"),
                        told("large.svg", "picture"));
        assertThat(message(findings, "cut.parquet")).contains("broken or cut short");
        assertThat(message(findings, "lies.png")).contains("not what its header says");
        assertThat(message(findings, "huge.png")).contains("16 million pixels");
        assertThat(message(findings, "columns.csv")).contains("1000 columns");
        assertThat(message(findings, "quote.csv")).contains("quote.csv:2: has a field of more than 16 million");
    }

    private static org.assertj.core.groups.Tuple told(String file, String rule) {
        return org.assertj.core.groups.Tuple.tuple(file, rule);
    }

    private static String message(List<Finding> findings, String file) {
        return findings.stream()
                .filter(finding -> finding.file().equals(file))
                .findFirst()
                .orElseThrow()
                .message()
                .en();
    }

    /** In a process of its own, which ends at once when its memory is used up. */
    private List<Finding> check() throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                CheckCommand.class.getName()));
        try (var files = Files.list(home)) {
            files.sorted().map(Path::toString).forEach(command::add);
        }
        command.addAll(List.of("--rules", "ndb", "--json"));
        var out = home.resolve("out.json").toFile();
        var process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // 3 would be: no memory left.
        assertThat(process.waitFor()).isEqualTo(2);
        var judgement = JudgementJson.read(Samples.read(out.toPath()));
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.files()).isEmpty();
        return judgement.findings();
    }

    private void bytes(String name, byte[] bytes) throws IOException {
        Files.write(home.resolve(name), bytes);
    }

    private void repeated(String name, String head, String part, int times) throws IOException {
        var many = part.repeat(1_000).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(home.resolve(name))) {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            for (int part1000 = 0; part1000 < times / 1_000; part1000++) {
                out.write(many);
            }
            out.write('\n');
        }
    }

    /** A file that is as long as it says and hardly takes room. */
    private void sparse(String name, String head, long length) throws IOException {
        try (var channel =
                Files.newByteChannel(home.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap((head + " ".repeat(5_000)).getBytes(StandardCharsets.UTF_8)));
            channel.position(length);
            channel.write(ByteBuffer.wrap(new byte[] {'}'}));
        }
    }

    private void bomb(String name) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(home.resolve(name)))) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            var parts = List.of(
                    "xl/workbook.xml",
                    "<workbook xmlns:r='http://x/relationships'><sheets><sheet r:id='r1'/></sheets></workbook>",
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships><Relationship Id='r1' Target='worksheets/1.xml'/></Relationships>",
                    "xl/worksheets/1.xml",
                    "<worksheet><sheetData><row><c><v>");
            for (int at = 0; at < parts.size(); at += 2) {
                zip.putNextEntry(new ZipEntry(parts.get(at)));
                zip.write(parts.get(at + 1).getBytes(StandardCharsets.UTF_8));
            }
            var spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int megabyte = 0; megabyte < 300; megabyte++) {
                zip.write(spaces);
            }
        }
    }
}
