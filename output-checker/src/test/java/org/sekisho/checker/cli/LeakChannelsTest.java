package org.sekisho.checker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Finding;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.JudgementJson;
import org.sekisho.checker.Remedies;
import org.sekisho.checker.Samples;
import org.sekisho.checker.Severity;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.picture.PictureSamples;

/** Every way in which a file could carry out what nobody sees, tried through the command that everybody has. */
class LeakChannelsTest {
    private static final String SECRET = "patient-4711-of-Ward-B";
    private static final String GOOD = "area,n\nA,120\nB,400\n";

    @TempDir
    Path home;

    private Path submitted;
    private Path leaving;

    @BeforeEach
    void folders() throws IOException {
        submitted = Files.createDirectory(home.resolve("submitted"));
        leaving = home.resolve("leaving");
    }

    @Test
    @Tag("abuse-86")
    void whatLeavesIsWhatWasJudgedWhateverBecomesOfTheFile() throws IOException {
        var judgement = check("a.csv", GOOD);
        Files.writeString(submitted.resolve("a.csv"), "area,n\nA,1\n");
        var file = judgement.files().getFirst();
        assertThat(left("a.csv")).isEqualTo(GOOD);
        assertThat(file.sha256()).isEqualTo(sha256(Files.readAllBytes(leaving.resolve("a.csv"))));
        assertThat(check("a.csv", "area,n\nA,1\nB,400\n").files().getFirst().sha256())
                .isNotEqualTo(file.sha256());
    }

    @Test
    @Tag("abuse-89")
    void aSmallCountLeavesHiddenWithAnotherSoThatNoTotalGivesItAway() {
        var judgement = check("a.csv", "area,n\nA,120\nB,9\nC,4000\nD,35\nTotal,4164\n");
        assertThat(rules(judgement)).contains("minimum-persons", "secondary-suppression");
        assertThat(left("amended-a.csv")).isEqualTo("area,n\nA,120\nB,-\nC,4000\nD,-\nTotal,4164\n");
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "area,n\\nA,120\\nB,４\\nC,4000\\nD,35\\n | minimum-persons",
                "area,n,m\\nA,4人,120\\nB,120人,400\\n | numbers-in-text",
                "area,n,m\\nA,4 (3.3%),120\\nB,120 (97%),400\\n | numbers-in-text",
                "area,n,m\\nA,n = 4,120\\nB,n = 120,400\\n | numbers-in-text",
                "area,n,m\\nA,٤,120\\nB,١٢٠,400\\n | look-alike-letters"
            })
    @Tag("abuse-89")
    @Tag("abuse-91")
    void aSmallCountIsNotHiddenByTheWayItIsWritten(String csv, String rule) {
        assertThat(rules(check("a.csv", csv.replace("\\n", "\n")))).contains(rule);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sex,F,F.1,M\\ndm,no,yes,no\\narea,,,\\nA,120,4,300\\nB,400,90,80\\n | names-in-rows",
                "238,7\\n4,251\\n | no-column-names",
                "area,variable,value\\nA,n,4\\nA,mean_bmi,21.5\\nB,n,400\\nB,mean_bmi,22.5\\n | statistics-in-rows"
            })
    @Tag("abuse-89")
    void aSmallCountIsNotHiddenByWhereItsNameStands(String csv, String rule) {
        assertThat(rules(check("a.csv", csv.replace("\\n", "\n")))).contains(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "area,2023,2024\\nA,120,130\\nB,400,90\\n",
                "0,1\\n240,251\\n250,300\\n",
                "age,n\\n98,120\\n99,400\\n100+,90\\n",
                "side,n\\nN,120\\nS,400\\nE,90\\n"
            })
    void labelsAndYearsAreNoNamesInTheWrongPlace(String csv) {
        assertThat(rules(check("a.csv", csv.replace("\\n", "\n"))))
                .doesNotContain("names-in-rows", "no-column-names", "statistics-in-rows");
    }

    @Test
    @Tag("abuse-90")
    void findsIdentifiersInTheCellsOfATable() {
        var random = new SplittableRandom(7);
        var long64 = new byte[60];
        random.nextBytes(long64);
        assertThat(rules(check("a.csv", "area,n\n" + Base64.getEncoder().encodeToString(long64) + ",120\nB,400\n")))
                .contains("encoded-run");
        var pieces = new StringBuilder("area,n\n");
        for (int row = 0; row < 40; row++) {
            var piece = new byte[9];
            random.nextBytes(piece);
            pieces.append(Base64.getUrlEncoder().encodeToString(piece)).append(",120\n");
        }
        assertThat(rules(check("b.csv", pieces.toString()))).contains("encoded-run");
        assertThat(rules(check("c.csv", "area,n\nA,8120394857261039485\nB,400\n")))
                .contains("pseudonym");
        assertThat(rules(check("d.csv", "area,n\nA,1203948572610394\nB,400\n"))).contains("encoded-run");
        assertThat(rules(check("e.csv", "ward,n\nHospital12,120\nWard3East,400\nICU2West,90\nE11.9,80\nA10BA02,70\n")))
                .doesNotContain("encoded-run");
    }

    @Test
    @Tag("abuse-90")
    void lowDigitsAndTheOrderOfRowsSayNothing() {
        var judgement = check("a.csv", "area,n,mean_points\nA,120,3.14159265358979\nB,400,2.5\nC,90,1.25\n");
        assertThat(rules(judgement)).contains("excess-digits");
        var one = left("a.csv");
        check("a.csv", "area,n,mean_points\nC,90,1.2500000001\nA,120,3.14159271\nB,400,2.50000000002\n");
        assertThat(left("a.csv")).isEqualTo(one);
        check("a.csv", ",area,n,mean_points\n0,C,90,1.25\n1,A,120,3.1415927\n2,B,400,2.5\n");
        assertThat(left("a.csv")).isEqualTo(one);
        assertThat(rules(check("a.csv", ",area,n,mean_points\n2,C,90,1.25\n0,A,120,3.1415927\n1,B,400,2.5\n")))
                .contains("minimum-persons");
    }

    @Test
    @Tag("abuse-91")
    void textLeavesWithoutWhatNobodySees() {
        var plain = "see table a\nand b\n";
        for (var dressed : List.of(
                "see t\u200Bable a\nand b\n",
                "see table a \t\nand b   \n\n",
                "\uFEFFsee table\u00AD a\r\nand\u2060 b",
                "see table a\uDB40\uDC41\uDB40\uDC42\nand b\u202E\n",
                "see table a\nan\u001B[8md\u001B[0m b\n")) {
            var judgement = check("a.txt", dressed);
            assertThat(left("a.txt")).isEqualTo(plain);
            assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        }
        assertThat(rules(check("b.txt", "see t\u200Bable\n"))).contains("invisible-characters");
        assertThat(rules(check("c.txt", "see t\u0430ble\n"))).contains("look-alike-letters");
        assertThat(rules(check("d.txt", "see table \n"))).contains("trailing-space");
    }

    @Test
    @Tag("abuse-91")
    void cellsLeaveWithoutWhatNobodySees() {
        check("a.csv", "area,n\nA B,120\nC,400\n");
        var plain = left("a.csv");
        var judgement = check("a.csv", "ar\u200Bea,n\nA\u3000\u200D B \u2003,120\nC\u2063,400\n");
        assertThat(left("a.csv")).isEqualTo(plain);
        assertThat(rules(judgement)).contains("invisible-characters");
        assertThat(rules(check("b.csv", "\u0430rea,n\nA,120\n"))).contains("look-alike-letters");
    }

    @Test
    @Tag("abuse-92")
    void aPictureLeavesAsItsPixelsAlone() throws IOException {
        var png = PictureSamples.withChunk(
                PictureSamples.png(), "tEXt", ("k\0" + SECRET).getBytes(StandardCharsets.UTF_8));
        var judgement = check("p.png", PictureSamples.joined(png, zip(SECRET)));
        assertThat(rules(judgement)).contains("picture-metadata", "picture-appended", "figure-for-review");
        var clean = Files.readAllBytes(leaving.resolve("p.png"));
        assertThat(new String(clean, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
        check("p.png", PictureSamples.png());
        assertThat(Files.readAllBytes(leaving.resolve("p.png"))).isEqualTo(clean);
        var jpeg = PictureSamples.jpeg();
        var exif = ("Exif\0\0" + SECRET).getBytes(StandardCharsets.ISO_8859_1);
        var head = new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE1, 0, (byte) (exif.length + 2)};
        check("p.jpg", PictureSamples.joined(head, exif, Arrays.copyOfRange(jpeg, 2, jpeg.length), zip(SECRET)));
        assertThat(Files.readString(leaving.resolve("p.jpg"), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET)
                .doesNotContain("Exif");
    }

    @Test
    @Tag("abuse-92")
    void theLowBitsOfColoursSayNothing() throws IOException {
        var image = PictureSamples.drawing(60, 40, BufferedImage.TYPE_INT_RGB);
        check("p.png", PictureSamples.bytes(image, "png"));
        var clean = Files.readAllBytes(leaving.resolve("p.png"));
        for (int x = 0; x < 60; x++) {
            for (int y = 0; y < 40; y++) {
                // White is kept in its upper bits: two of 256 levels lower is still the same of 32.
                if (image.getRGB(x, y) == 0xFFFFFFFF && (x * 7 + y * 3) % 2 == 0) {
                    image.setRGB(x, y, 0xFFFDFEFD);
                }
            }
        }
        check("p.png", PictureSamples.bytes(image, "png"));
        assertThat(Files.readAllBytes(leaving.resolve("p.png"))).isEqualTo(clean);
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv, 89504e470d0a1a0a00",
        "a.txt, 255044462d312e370a",
        "a.png, 47494638396101000100",
        "a.jpg, 3c68746d6c3e3c7363726970743e",
        "a.md, 3c73766720786d6c6e733d22",
        "a.txt, 504b0304140000000800",
        "a.csv, 504152310000000050415231",
        "a.ipynb, 255044462d312e370a",
        "a.pdf, 89504e470d0a1a0a00"
    })
    @Tag("abuse-93")
    void aFileThatIsNotWhatItsNameSaysIsRefused(String name, String hex) {
        assertRefused(check(name, HexFormat.of().parseHex(hex)));
    }

    @Test
    @Tag("abuse-93")
    void whatLeavesOpensAsNothingElse() {
        assertRefused(check("a.csv", "%PDF-1.7 area,n\nA,120\n"));
        assertRefused(check("b.txt", "\u200B<html><script>x</script>\n"));
        var polyglot = PictureSamples.joined(GOOD.getBytes(StandardCharsets.UTF_8), zip(SECRET));
        assertRefused(check("c.csv", polyglot));
    }

    @Test
    @Tag("abuse-94")
    void scriptsAndHiddenPartsStayBehindOrAreShown() throws IOException {
        check(
                "p.svg",
                "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20' onload='x()'><script>" + SECRET
                        + "</script><metadata>" + SECRET + "</metadata><rect width='9' height='9'/></svg>");
        assertThat(Files.readString(leaving.resolve("p.png"), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET);
        var blob = Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8));
        check(
                "h.html",
                "<html><!-- " + SECRET + " --><body data-x='" + blob + "'><script>var x='" + blob
                        + "'</script><a href='data:text/plain;base64," + blob
                        + "'>a</a><img src='data:image/png;base64,"
                        + blob + "'><p>b</p></html>");
        assertThat(left("h.html")).doesNotContain(SECRET).doesNotContain(blob);
        var shown = check("i.html", "<html><p style='display:none'>shown</p></html>");
        assertThat(left("i.html")).contains("<p>shown</p>");
        assertThat(shown.verdict()).isEqualTo(Verdict.REFER);
    }

    @Test
    @Tag("abuse-94")
    void hiddenCellsOutputsAndSheetsAreNamed() {
        var notebook = check(
                "n.ipynb",
                "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":4711,\"metadata\":{\"jupyter\":{\"outputs_hidden\":true},"
                        + "\"x\":\"" + SECRET
                        + "\"},\"source\":\"df\",\"outputs\":[{\"output_type\":\"display_data\",\"metadata\":{\"y\":\""
                        + SECRET + "\"},\"data\":{\"text/plain\":\"ok\",\"application/x-z\":\"" + SECRET
                        + "\"}}]}],\"metadata\":{\"z\":\"" + SECRET + "\"},\"nbformat\":4,\"nbformat_minor\":5}");
        assertThat(rules(notebook)).contains("hidden-cell", "dropped-output", "notebook-metadata");
        assertThat(left("n.ipynb"))
                .doesNotContain(SECRET)
                .doesNotContain("4711")
                .contains("ok");
        var workbook = check("w.xlsx", workbook("veryHidden"));
        assertThat(rules(workbook)).contains("workbook-extras");
        assertThat(left("w.csv")).isEqualTo(GOOD);
        assertThat(check("v.xlsx", workbook("visible")).files())
                .extracting(CheckedFile::name)
                .containsExactly("v-1.csv", "v-2.csv");
    }

    @ParameterizedTest
    @CsvSource({
        "model.pkl, 80049500000000",
        "model.txt, 8005950000",
        "weights.h5, 894844460d0a1a0a",
        "weights.npy, 934e554d5059",
        "model.rds, 1f8b0800",
        "model.csv, 524458330a",
        "model.gguf, 47475546",
        "model.pt, 504b0304",
        "model.safetensors, 10000000000000007b7d",
        "model.onnx, 08071206",
        "model.json, 7b226c6561726e6572223a7b7d7d",
        "model.txt, 747265650a76657273696f6e3d7633",
        "model.pmml, 3c3f786d6c2076657273696f6e3d22312e30223f3e3c504d4d4c2f3e"
    })
    @Tag("abuse-95")
    void modelsAndWeightsAreRefusedWithTheWayToAsk(String name, String hex) {
        var judgement = check(name, HexFormat.of().parseHex(hex));
        assertRefused(judgement);
        assertThat(judgement.findings().getFirst().rule()).isIn("model-file", "type-not-allowed");
        assertThat(judgement.findings().getFirst().message().en()).contains("ask the checkers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|' /C calc'!A0",
                "@SUM(1+1)*cmd|' /C calc'!A0",
                "+1+cmd|' /C calc'!A0",
                "-2+3+cmd|' /C calc'!A0",
                "\t=1+1",
                "\r=1+1",
                "\u200B=1+1",
                " =HYPERLINK(\"\"http://x\"\")",
                "＝1+1",
                "'\n=1+1"
            })
    @Tag("abuse-96")
    void noCellOpensAsAFormula(String cell) {
        var judgement = check("a.csv", "\"" + cell + "\",n\n\"" + cell + "\",120\nB,400\n");
        assertThat(judgement.files()).hasSize(1);
        for (var line : left("a.csv").lines().toList()) {
            assertThat(line.startsWith("\"") ? line.substring(1) : line).doesNotMatch("[=+@\t\r＝＋－＠-].*");
        }
    }

    @Test
    @Tag("abuse-98")
    void theNameOfAFileIsNoMessage() {
        for (var name : List.of(
                "aGVsbG8gd29ybGQgdGhpcyBpcyBkYXRhIGFuZCBtb3JlIGRhdGEgc3RpbGw.csv",
                "a=1+1.csv",
                "amended-a.csv",
                ".patient-4711.csv",
                "x".repeat(90) + ".csv")) {
            var judgement = check(name, GOOD);
            assertRefused(judgement);
            assertThat(JudgementJson.write(judgement)).doesNotContain(name);
        }
    }

    @Test
    @Tag("abuse-98")
    void neitherSizeNorTimeOfWhatWasSubmittedLeaves() throws IOException {
        check("a.csv", GOOD);
        var first = left("a.csv");
        var file = Files.writeString(submitted.resolve("a.csv"), "\"area\",\"n\"\r\n\"A\",1.2e2\r\nB,   400\r\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
        run(file);
        assertThat(left("a.csv")).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(leaving.resolve("a.csv")).toInstant())
                .isAfter(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    @Tag("abuse-99")
    void nothingIsFetchedWhileAFileIsLookedAt() throws IOException {
        try (var listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var address = "http://127.0.0.1:" + listening.getLocalPort() + "/x";
            check("a.md", "![x](" + address + ".png) <img src=" + address + "> [a](" + address + ")\n");
            check(
                    "h.html",
                    "<html><head><link rel=stylesheet href='" + address + "'></head><img src='" + address
                            + "'><iframe src='" + address + "'></iframe><p>a</p></html>");
            check(
                    "p.svg",
                    "<!DOCTYPE svg SYSTEM '" + address + "'><svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink="
                            + "'http://www.w3.org/1999/xlink' width='40' height='20'><image xlink:href='" + address
                            + "' width='9' height='9'/><style>@import url(" + address
                            + ");</style><rect width='9' height='9'"
                            + " fill='url(" + address + "#a)'/></svg>");
            check(
                    "n.ipynb",
                    "{\"cells\":[{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"![x](" + address
                            + ")\"}],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}");
            check("w.xlsx", workbook("visible", "<!DOCTYPE x SYSTEM '" + address + "'>"));
            assertThat(left("a.md")).doesNotContain("![").doesNotContain("<img");
            assertThat(left("h.html")).doesNotContain("127.0.0.1");
            assertThat(left("n.ipynb")).doesNotContain("![");
            listening.setSoTimeout(200);
            assertThat(org.assertj.core.api.Assertions.catchThrowable(listening::accept))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @Tag("abuse-100")
    void nothingIsWrittenOfWhatIsRefused() {
        assertRefused(check("a.csv", "person_id,n\n81,120\n82,400\n"));
        assertRefused(check("m.pkl", HexFormat.of().parseHex("80049500000000")));
        var file = write("b.csv", GOOD.getBytes(StandardCharsets.UTF_8));
        assertRefused(run(file, submitted.resolve("m.pkl")));
    }

    /** Nothing leaves, and everybody is told what to do. */
    private void assertRefused(Judgement judgement) {
        assertThat(judgement.verdict()).as(judgement.findings().toString()).isEqualTo(Verdict.REFUSE);
        assertThat(leaving).isEmptyDirectory();
    }

    private Judgement check(String name, String text) {
        return check(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private Judgement check(String name, byte[] bytes) {
        return run(write(name, bytes));
    }

    private Path write(String name, byte[] bytes) {
        try {
            return Files.write(submitted.resolve(name), bytes);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Judgement run(Path... files) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var arguments = Stream.concat(
                        Stream.of(files).map(Path::toString),
                        Stream.of("--rules", "ndb", "--json", "--out", leaving.toString()))
                .toArray(String[]::new);
        int exit = new CheckCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
        assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isIn(1, 2);
        var judgement = JudgementJson.read(out.toString(StandardCharsets.UTF_8));
        assertThat(judgement.verdict()).isNotEqualTo(Verdict.CLEAR);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.severity() != Severity.INFO)
                .allSatisfy(finding -> assertThat(Remedies.of(finding.rule()))
                        .as(finding.rule())
                        .isPresent());
        return judgement;
    }

    private static List<String> rules(Judgement judgement) {
        return judgement.findings().stream().map(Finding::rule).toList();
    }

    private String left(String name) {
        return Samples.read(leaving.resolve(name));
    }

    private static byte[] zip(String text) {
        return zip("x", text);
    }

    private static byte[] zip(String... namesAndTexts) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int at = 0; at < namesAndTexts.length; at += 2) {
                zip.putNextEntry(new ZipEntry(namesAndTexts[at]));
                zip.write(namesAndTexts[at + 1].getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return bytes.toByteArray();
    }

    private static byte[] workbook(String state) {
        return workbook(state, "");
    }

    /** Two sheets, the second in this state. */
    private static byte[] workbook(String state, String before) {
        var good =
                "<worksheet><sheetData><row><c t=\"str\"><v>area</v></c><c t=\"str\"><v>n</v></c></row><row><c t=\"str\"><v>A</v></c>"
                        + "<c><v>120</v></c></row><row><c t=\"str\"><v>B</v></c><c><v>400</v></c></row></sheetData></worksheet>";
        return zip(
                "xl/workbook.xml",
                before + "<workbook xmlns:r=\"http://x/relationships\"><sheets><sheet r:id=\"r1\"/><sheet state=\""
                        + state + "\" r:id=\"r2\"/></sheets></workbook>",
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/1.xml\"/><Relationship Id=\"r2\" Target=\"worksheets/2.xml\"/>"
                        + "</Relationships>",
                "xl/worksheets/1.xml",
                good,
                "xl/worksheets/2.xml",
                good);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
