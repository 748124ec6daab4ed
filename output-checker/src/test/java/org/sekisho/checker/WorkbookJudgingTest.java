package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.checker.policy.RulePacks;

class WorkbookJudgingTest {
    private static final String ROWS =
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>n</t></is></c></row>"
                    + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>120</v></c></row>"
                    + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\"><f>2+2</f><v>4</v></c></row>"
                    + "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>3</v></c><c r=\"B4\"><v>4000</v></c></row>"
                    + "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>4</v></c><c r=\"B5\"><v>35</v></c></row>";

    @TempDir
    Path home;

    private Path submitted;
    private Path leaving;
    private final OutputChecker ndb = OutputChecker.with(RulePacks.load("ndb"));
    private final Map<String, String> parts = new LinkedHashMap<>();

    @BeforeEach
    void workbook() throws IOException {
        submitted = Files.createDirectory(home.resolve("submitted"));
        leaving = Files.createDirectory(home.resolve("leaving"));
        parts.put("[Content_Types].xml", "<Types/>");
        sheets("<sheet name=\"x\" r:id=\"r1\"/>");
        parts.put(
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>");
        parts.put(
                "xl/sharedStrings.xml",
                "<sst><si><t>area</t></si><si><t>A</t></si><si><r><t>B</t></r><rPh><t>reading</t></rPh></si><si><t>C</t></si><si><t>D</t></si></sst>");
        sheet(1, ROWS);
    }

    @Test
    void judgesASheetAndLetsItLeaveAsCsv() {
        var judgement = judge();
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.files()).extracting(CheckedFile::name).containsExactly("w.csv");
        assertThat(judgement.findings())
                .extracting(Finding::rule)
                .contains("minimum-persons", "converted", "formula-results");
        assertThat(Samples.read(leaving.resolve("w.csv"))).isEqualTo("area,n\nA,120\nB,4\nC,4000\nD,35\n");
        assertThat(Samples.read(leaving.resolve("amended-w.csv"))).isEqualTo("area,n\nA,120\nB,-\nC,4000\nD,-\n");
    }

    @Tag("abuse-94")
    @Test
    void leavesHiddenSheetsBehindAndNamesWhatElseThereIs() {
        sheets(
                "<sheet name=\"x\" r:id=\"r1\"/><sheet name=\"y\" state=\"veryHidden\" r:id=\"r2\"/><definedName name=\"secret\">1</definedName>");
        sheet(2, "<row><c><v>4711</v></c></row>");
        parts.put("xl/comments1.xml", "<x>4711</x>");
        parts.put("xl/vbaProject.bin", "x");
        parts.put("xl/externalLinks/externalLink1.xml", "<x/>");
        parts.put("xl/pivotCache/pivotCacheDefinition1.xml", "<x/>");
        parts.put("xl/media/image1.png", "x");
        sheet(1, "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>" + ROWS);
        var judgement = judge();
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("workbook-extras"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message().en())
                        .contains(
                                "hidden sheets",
                                "hidden rows",
                                "comments",
                                "defined names",
                                "links",
                                "pivot",
                                "pictures",
                                "macros")
                        .doesNotContain("secret"));
        assertThat(leaving.toFile().list()).containsExactlyInAnyOrder("w.csv", "amended-w.csv");
        assertThat(Samples.read(leaving.resolve("w.csv"))).doesNotContain("4711");
    }

    @Test
    void numbersSeveralSheetsAndSkipsTitles() {
        sheets("<sheet name=\"x\" r:id=\"r1\"/><sheet name=\"y\" r:id=\"r2\"/>");
        sheet(
                2,
                "<row><c t=\"inlineStr\"><is><t>Table 2: persons</t></is></c></row><row><c t=\"inlineStr\"><is><t>sex</t></is></c><c t=\"inlineStr\"><is><t>n</t></is></c></row>"
                        + "<row><c t=\"inlineStr\"><is><t>F</t></is></c><c><v>300</v></c></row><row><c t=\"inlineStr\"><is><t>M</t></is></c><c><v>400</v></c></row>");
        assertThat(judge().files()).extracting(CheckedFile::name).containsExactly("w-1.csv", "w-2.csv");
        assertThat(Samples.read(leaving.resolve("w-2.csv"))).isEqualTo("sex,n\nF,300\nM,400\n");
    }

    @Test
    void leavesTheRowNumbersOfPandasBehind() {
        sheet(
                1,
                "<row><c r=\"B1\" t=\"str\"><v>sex</v></c><c r=\"C1\" t=\"str\"><v>n</v></c></row><row><c><v>0</v></c><c t=\"str\"><v>F</v></c>"
                        + "<c><v>300</v></c></row><row><c><v>1</v></c><c t=\"str\"><v>M</v></c><c><v>400</v></c></row>");
        assertThat(judge().findings()).extracting(Finding::rule).contains("row-numbers");
        assertThat(Samples.read(leaving.resolve("w.csv"))).isEqualTo("sex,n\nF,300\nM,400\n");
    }

    @Test
    void doesNotWriteOverAnotherFileOfTheSameName() {
        Samples.write(submitted.resolve("w.csv"), "area,n\nA,120\nB,300\n");
        pack();
        var judgement = ndb.judgeFiles(submitted, List.of("w.csv", "w.xlsx"), leaving);
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(Samples.read(leaving.resolve("w.csv"))).doesNotContain("4000");
    }

    @Test
    void refusesBombs() {
        sheet(1, "<row><c><v>" + " ".repeat(120 << 20) + "1</v></c></row>");
        assertThat(judge().findings()).extracting(Finding::rule).containsExactly("too-large");
        sheet(1, "<row><c r=\"XFD1\"><v>1</v></c></row>");
        assertThat(judge().findings()).extracting(Finding::rule).containsExactly("too-large");
        sheet(1, "<row>" + "<c><v>1</v></c>".repeat(2_000) + "</row>");
        assertThat(judge().findings()).extracting(Finding::rule).containsExactly("too-large");
        for (int part = 0; part < 2_001; part++) {
            parts.put("x" + part, "");
        }
        assertThat(judge().findings()).extracting(Finding::rule).containsExactly("too-large");
    }

    @Test
    void countsCharactersAndCellsOfAllSheets() {
        var strings = parts.get("xl/sharedStrings.xml");
        parts.put("xl/sharedStrings.xml", "<sst><si><t>" + "x".repeat(9_000) + "</t></si></sst>");
        sheet(1, "<row><c t=\"s\"><v>0</v></c></row>".repeat(7_200));
        assertThat(judge().findings()).extracting(Finding::rule).containsExactly("too-large");
        parts.put("xl/sharedStrings.xml", String.valueOf(strings));
        var wide = "<row><c r=\"ALL1\"><v>1</v></c></row>" + "<row><c><v>1</v></c></row>".repeat(1_100);
        sheets("<sheet name=\"x\" r:id=\"r1\"/><sheet name=\"y\" r:id=\"r2\"/>");
        sheet(1, wide);
        sheet(2, wide);
        assertThat(judge().findings()).extracting(Finding::rule).containsExactly("too-large");
    }

    @Test
    void resolvesNoEntity() throws IOException {
        Files.writeString(home.resolve("secret"), "4711");
        parts.put(
                "xl/sharedStrings.xml",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + home.resolve("secret").toUri()
                        + "\"><!ENTITY a \"aaaa\">]><sst><si><t>&e;&a;</t></si></sst>");
        var judgement = judge();
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(leaving).isEmptyDirectory();
    }

    @Test
    void answersWhateverTheWorkbookIs() throws IOException {
        pack();
        var valid = Files.readAllBytes(submitted.resolve("w.xlsx"));
        var random = new SplittableRandom(3);
        for (int round = 0; round < 400; round++) {
            var bytes = valid.clone();
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                bytes[random.nextInt(4, bytes.length)] = (byte) random.nextInt(256);
            }
            var mutant = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(4, bytes.length)) : bytes;
            Files.write(submitted.resolve("w.xlsx"), mutant);
            assertThat(judgeFile().verdict()).isIn(Verdict.REFER, Verdict.REFUSE);
        }
        for (int round = 0; round < 300; round++) {
            var text = new StringBuilder("<row>" + ROWS);
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(32, 127));
            }
            sheet(1, text.toString());
            assertThat(judge().verdict()).isIn(Verdict.REFER, Verdict.REFUSE);
        }
    }

    private void sheets(String sheets) {
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns:r=\"http://x/relationships\"><sheets>" + sheets + "</sheets></workbook>");
    }

    private void sheet(int number, String rows) {
        parts.put(
                "xl/worksheets/sheet" + number + ".xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
    }

    private Judgement judge() {
        pack();
        return judgeFile();
    }

    private Judgement judgeFile() {
        return ndb.judgeFiles(submitted, List.of("w.xlsx"), leaving);
    }

    private void pack() {
        try (var zip = new ZipOutputStream(Files.newOutputStream(submitted.resolve("w.xlsx")))) {
            for (var part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
