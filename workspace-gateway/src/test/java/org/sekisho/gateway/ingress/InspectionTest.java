package org.sekisho.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InspectionTest {
    private static final Scan CLEAN = new Scan(Scan.State.CLEAN, "fake", null);
    private static final List<String> SOFTWARE = List.of("tiny-lib", "tinystat==1.2");

    @TempDir
    Path folder;

    private boolean sources;

    @Test
    void takesASoundWheelThatThePermitNames() throws IOException {
        var report = wheel("tiny_lib-0.3-py3-none-any.whl", Packages.wheel("tiny_lib", "0.3"));
        assertThat(report.remarks()).isEmpty();
        assertThat(report.software()).isEqualTo("tiny_lib 0.3");
        assertThat(report.names()).contains("tiny_lib/__init__.py");
    }

    @ParameterizedTest
    @CsvSource({
        "other, 1.0, permit",
        "tinystat, 1.3, permit",
    })
    void refusesAWheelThatThePermitDoesNotName(String name, String version, String words) throws IOException {
        var report = wheel(name + "-" + version + "-py3-none-any.whl", Packages.wheel(name, version));
        assertThat(refusals(report)).singleElement().asString().contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 ", "2 x", "2147483647 path=x\n", "1 ", "-5 a=b\n", "99 path=x\n"})
    void refusesATarWhoseExtendedHeaderLiesAboutItsLength(String records) throws IOException {
        assertThat(refusals(r(Packages.tarGzWithPax(records)))).isNotEmpty();
    }

    @Test
    void refusesAWheelThatIsCalledOtherwiseThanItIs() throws IOException {
        var report = wheel("tinystat-1.2-py3-none-any.whl", Packages.wheel("tiny_lib", "0.3"));
        assertThat(refusals(report)).singleElement().asString().contains("METADATA");
        var inside = new HashMap<>(Map.of("tinystat-1.2.dist-info/METADATA", "Name: requests\nVersion: 2\n\n"));
        assertThat(refusals(wheel("tinystat-1.2-py3-none-any.whl", Packages.wheel("tinystat", "1.2", inside))))
                .contains("inside it calls itself requests 2");
    }

    @Test
    void refusesAWheelWhoseRecordDoesNotVouchForAFile() throws IOException {
        var bytes = Packages.wheel(
                "tinystat", "1.2", Map.of("tinystat-1.2.dist-info/RECORD", "tinystat/__init__.py,sha256=abc,3\n"));
        assertThat(refusals(wheel("tinystat-1.2-py3-none-any.whl", bytes)))
                .anyMatch(words -> words.contains("vouch for tinystat/__init__.py"));
    }

    @Test
    void asksAPersonToLookAtFilesThatActByThemselves() throws IOException {
        var report = wheel(
                "tinystat-1.2-py3-none-any.whl", Packages.wheel("tinystat", "1.2", Map.of("evil.pth", "import os\n")));
        assertThat(refusals(report)).isEmpty();
        assertThat(report.remarks()).extracting(Remark::weight).containsExactly(Remark.Weight.LOOK);
    }

    @Test
    void takesABuiltRPackageAndNoSource() throws IOException {
        assertThat(r(Packages.builtR("tinystat", "1.2")).remarks()).isEmpty();
        var source = Packages.tarGz(Map.of("tinystat/DESCRIPTION", "Package: tinystat\nVersion: 1.2\n"));
        assertThat(refusals(r(source))).singleElement().asString().contains("source packages");
        sources = true;
        assertThat(r(source).remarks()).extracting(Remark::weight).containsExactly(Remark.Weight.LOOK);
        var compiled = Packages.tarGz(
                Map.of("tinystat/DESCRIPTION", "Package: tinystat\nVersion: 1.2\n", "tinystat/src/x.c", "int x;"));
        assertThat(refusals(r(compiled))).singleElement().asString().contains("compiled");
        assertThat(refusals(r(Packages.builtR("other", "1"))))
                .singleElement()
                .asString()
                .contains("permit");
    }

    @ParameterizedTest
    @CsvSource({"1, link", "2, link", "3, special", "6, special"})
    void refusesLinksAndDevicesInATar(char type, String words) throws IOException {
        var report = r(Packages.tarGz(Map.of("tinystat/passwd", "x"), type));
        assertThat(refusals(report)).anyMatch(said -> said.contains(words));
    }

    /** Abuse case 24, inside archives. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.py",
                "a/../../evil",
                "/etc/passwd",
                "a\\b",
                "C:/x",
                "a\u0000b",
                "a\r\nb",
                "a\u202eb",
                "a//b"
            })
    @Tag("abuse-24")
    void refusesNamesThatLeaveOrDeceive(String path) throws IOException {
        assertThat(Names.isSoundPath(path)).isFalse();
        assertThat(refusals(file("data.zip", Packages.zip(Map.of(path, "x"))))).isNotEmpty();
        if (path.indexOf('\u0000') < 0) {
            assertThat(refusals(r(Packages.tarGz(Map.of(path, "x"))))).isNotEmpty();
        }
    }

    /** Abuse case 23: what is small and unpacks to gigabytes. */
    @Test
    @Tag("abuse-23")
    void refusesADecompressionBombWithoutUnpackingAllOfIt() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("zeros.csv"));
            for (int i = 0; i < 200; i++) {
                zip.write(new byte[1 << 20]);
            }
        }
        assertThat(refusals(file("bomb.zip", bytes.toByteArray())))
                .singleElement()
                .asString()
                .contains("decompression bomb");
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 200; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        assertThat(refusals(file("bomb.csv.gz", packed.toByteArray()))).anyMatch(said -> said.contains("bomb"));
        assertThat(refusals(r(packed.toByteArray()))).isNotEmpty();
    }

    /** Abuse case 23: very many entries. */
    @Test
    void refusesAnArchiveOfMoreEntriesThanAnybodyNeeds() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < 50_001; i++) {
                zip.putNextEntry(new ZipEntry("f" + i));
            }
        }
        assertThat(refusals(file("many.zip", bytes.toByteArray()))).anyMatch(said -> said.contains("50,000"));
    }

    @Test
    void refusesAnEntryThatIsThereTwice() throws IOException {
        var one = Packages.zip(Map.of("aaaa.txt", "1", "bbbb.txt", "2"));
        var text = new String(one, StandardCharsets.ISO_8859_1).replace("bbbb.txt", "aaaa.txt");
        assertThat(refusals(file("twice.zip", text.getBytes(StandardCharsets.ISO_8859_1))))
                .isNotEmpty();
    }

    /** Abuse case 93. */
    @ParameterizedTest
    @CsvSource({
        "table.csv, 504b0304, csv",
        "table.csv, 7f454c4602, program",
        "picture.png, 4d5a900003ff00ff, program",
        "picture.png, 25504446, png",
        "table.parquet, 61622c63, parquet",
        "data.zip, 61622c63, zip",
    })
    @Tag("abuse-93")
    void refusesWhatIsNotWhatItsNameSays(String name, String hex, String words) throws IOException {
        assertThat(refusals(file(name, HexFormat.of().parseHex(hex)))).anyMatch(said -> said.contains(words));
    }

    @Test
    void refusesAPictureWithAZipBehindIt() throws IOException {
        var both = new ByteArrayOutputStream();
        both.write(HexFormat.of().parseHex("89504e470d0a1a0a"));
        both.write(Packages.zip(Map.of("hidden.py", "x")));
        assertThat(refusals(file("picture.png", both.toByteArray()))).anyMatch(said -> said.contains("polyglot"));
    }

    @Test
    void refusesAProgramInsideAZip() throws IOException {
        assertThat(refusals(file("data.zip", Packages.zip(Map.of("run", "\u007fELF\u0002...")))))
                .singleElement()
                .asString()
                .contains("program");
    }

    @Test
    void takesTextInUtf8AndInShiftJis() throws IOException {
        assertThat(file("都道府県.csv", "コード,名前\n01,北海道\n".getBytes(StandardCharsets.UTF_8))
                        .type())
                .isEqualTo("text");
        var report = file("都道府県.csv", "コード,名前\n01,北海道\n".getBytes(Charset.forName("windows-31j")));
        assertThat(report.type()).isEqualTo("text (Shift_JIS)");
        assertThat(refusals(report)).isEmpty();
    }

    @Test
    void refusesWhatIsCutShort() throws IOException {
        var whole = Packages.builtR("tinystat", "1.2");
        for (int length = 20; length < whole.length - 8; length += 7) {
            assertThat(refusals(r(Arrays.copyOf(whole, length)))).isNotEmpty();
        }
    }

    @Test
    void survivesAnyDamageToAnArchive() throws IOException {
        var random = new Random(3);
        for (int i = 0; i < 300; i++) {
            var wheel = Packages.wheel("tinystat", "1.2");
            var tar = Packages.builtR("tinystat", "1.2");
            wheel[random.nextInt(wheel.length)] ^= (byte) (1 + random.nextInt(255));
            tar[random.nextInt(tar.length)] ^= (byte) (1 + random.nextInt(255));
            assertThat(wheel("tinystat-1.2-py3-none-any.whl", wheel)).isNotNull();
            assertThat(r(tar)).isNotNull();
        }
    }

    private Report wheel(String name, byte[] bytes) throws IOException {
        return report(name, InputKind.PYTHON_WHEEL, bytes);
    }

    private Report r(byte[] bytes) throws IOException {
        return report("tinystat_1.2.tar.gz", InputKind.R_PACKAGE, bytes);
    }

    private Report file(String name, byte[] bytes) throws IOException {
        return report(name, InputKind.FILE, bytes);
    }

    private Report report(String name, InputKind kind, byte[] bytes) throws IOException {
        var file = folder.resolve("content");
        Files.write(file, bytes);
        return Inspection.inspect(file, name, kind, SOFTWARE, sources).report(CLEAN);
    }

    private static List<String> refusals(Report report) {
        return report.remarks().stream()
                .filter(remark -> remark.weight() == Remark.Weight.REFUSE)
                .map(remark -> remark.message().en())
                .toList();
    }
}
