package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesJudgingTest extends SubmittedFiles {
    @Test
    void judgesSeveralFilesTogetherAndEachByItself() {
        text("a.csv", "area,n\nA,120\nB,4\nC,4000\nD,35\n");
        text("b.csv", "sex,n\nF,300\nM,400\n");
        text("notes.md", "# Result\n\nSee a.csv. \n");
        var judgement = judge("a.csv", "b.csv", "notes.md");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.files()).extracting(CheckedFile::name).containsExactly("a.csv", "b.csv", "notes.md");
        assertThat(judgement.amended()).extracting(CheckedFile::name).containsExactly("amended-a.csv");
        assertThat(judgement.evidence().tables())
                .extracting(Evidence.OfTable::file)
                .containsExactly("a.csv", "b.csv");
        assertThat(judgement.evidence().audit().hidden()).isEqualTo(2);
        assertThat(read("notes.md")).isEqualTo("# Result\n\nSee a.csv.\n");
        assertThat(JudgementJson.read(JudgementJson.write(judgement))).isEqualTo(judgement);
    }

    @Test
    void countsTheHiddenCellsOfEveryColumn() {
        text("a.csv", "area,n,total_yen\nA,120,5000\nB,4,300\nC,4000,90000\nD,35,700\n");
        var evidence = judge("a.csv").evidence();
        assertThat(evidence.cells())
                .filteredOn(cell -> cell.row() == 1 && cell.status() != CellStatus.SAFE)
                .as("a sum goes with its count")
                .hasSize(2);
        assertThat(evidence.audit().primary()).isEqualTo(count(evidence, CellStatus.PRIMARY));
        assertThat(evidence.audit().secondary()).isEqualTo(count(evidence, CellStatus.SECONDARY));
        assertThat(evidence.audit().hidden()).isEqualTo(4);
    }

    private static int count(Evidence evidence, CellStatus status) {
        return (int) evidence.cells().stream()
                .filter(cell -> cell.status() == status)
                .count();
    }

    @Test
    void isNeverClearAboutAFileThatAPersonMade() {
        text("a.csv", "area,n\nA,120\nB,400\n");
        text("a.txt", "nothing\n");
        assertThat(judge("a.csv").verdict()).isEqualTo(Verdict.REFER);
        assertThat(judge("a.txt").verdict()).isEqualTo(Verdict.REFER);
    }

    @Test
    void oneRefusedFileRefusesAll() {
        text("a.csv", "area,n\nA,120\nB,400\n");
        bytes("m.pkl", HexFormat.of().parseHex("80049500000000"));
        var judgement = judge("a.csv", "m.pkl");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.files()).extracting(CheckedFile::name).containsExactly("a.csv");
    }

    @Test
    void amendsNothingBesideARefusedFile() {
        text("a.csv", "area,n\nA,120\nB,4\nC,4000\nD,35\n");
        text("b.csv", "person_id,n\n1,20\n2,30\n");
        assertThat(judge("a.csv").amended()).hasSize(1);
        var judgement = judge("a.csv", "b.csv");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.amended()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "model.pkl,  8004950000, model-file",
        "model.csv,  8004950000, model-file",
        "model.h5,   894844460d0a1a0a00, model-file",
        "a.csv,      89504e470d0a1a0a00, wrong-type",
        "a.csv,      504b030414000000, type-not-allowed",
        "a.txt,      255044462d312e37, wrong-type",
        "a.txt,      3c737667206f6e6c6f61643d22223e, wrong-type",
        "a.md,       3c21646f63747970652068746d6c3e, wrong-type",
        "a.gz,       1f8b0800, type-not-allowed",
        "a.bin,      00010203, type-not-allowed",
        "a.exe,      68656c6c6f0a, wrong-type",
        "noending,   68656c6c6f0a, wrong-type",
    })
    @Tag("abuse-93")
    void knowsATypeByItsContent(String name, String hex, String rule) {
        bytes(name, HexFormat.of().parseHex(hex));
        var judgement = judge(name);
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings()).extracting(Finding::rule).containsExactly(rule);
        assertThat(judgement.files()).isEmpty();
        assertThat(leaving).isEmptyDirectory();
    }

    @Test
    void saysOfATableInAnotherEncodingHowToSaveIt() {
        bytes("a.csv", "都道府県,患者数\n富山県,12\n".getBytes(Charset.forName("MS932")));
        var judgement = judge("a.csv");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo("unreadable");
            assertThat(finding.message().en()).contains("save it as CSV UTF-8");
        });
        assertThat(leaving).isEmptyDirectory();
    }

    @Tag("abuse-95")
    @Test
    void saysHowToAskForAModel() {
        bytes("model.pkl", HexFormat.of().parseHex("80049500000000"));
        assertThat(judge("model.pkl").findings().getFirst().message().en())
                .contains("ask the checkers")
                .contains("as a table");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.csv",
                "/etc/passwd",
                "a/b.csv",
                "",
                ".hidden.csv",
                "a\u200B.csv",
                "a\u202Ecsv.exe",
                "a\n.csv",
                "a\u0000.csv",
                "amended-a.csv",
                "n.csv.",
                "aGVsbG8gd29ybGQgdGhpcyBpcyBkYXRhIGFuZCBtb3JlIGRhdGEgc3RpbGw.csv"
            })
    @Tag("abuse-98")
    void refusesANameThatIsMoreThanAName(String name) throws IOException {
        Files.writeString(home.resolve("a.csv"), "area,n\nA,120\n");
        var judgement = judge(name);
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings()).extracting(Finding::rule).containsExactly("file-name");
        assertThat(JudgementJson.write(judgement)).doesNotContain("passwd").doesNotContain("aGVs");
    }

    @Test
    void refusesTwoNamesThatDifferInCaseAlone() {
        text("a.csv", "area,n\nA,120\n");
        text("A.csv", "area,n\nA,120\n");
        assertThat(judge("a.csv", "A.csv").findings()).extracting(Finding::rule).contains("file-name");
    }

    @Test
    void followsNoLinkAndReadsNoDirectory() throws IOException {
        Files.writeString(home.resolve("secret.csv"), "area,n\nA,120\n");
        Files.createSymbolicLink(submitted.resolve("a.csv"), home.resolve("secret.csv"));
        Files.createDirectory(submitted.resolve("b.csv"));
        for (var name : List.of("a.csv", "b.csv", "c.csv")) {
            assertThat(judge(name).findings()).extracting(Finding::rule).containsExactly("no-such-file");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pa\u200Btient | invisible-characters",
                "раtient | look-alike-letters",
                "aGVsbG8gd29ybGQgdGhpcyBpcyBkYXRhIGFuZCBtb3JlIGRhdGEgc3RpbGw= | encoded-run",
                "3a7f91b2c4d5e6f708192a3b4c5d6e7f3a7f91b2c4d5e6f7 | encoded-run",
                "\\x3a\\x7f\\x91\\xb2\\xc4\\xd5\\xe6\\xf7\\x08 | encoded-run",
                "taro@example.jp | e-mail-address",
                "call 03-1234-5678 | telephone-number",
                "call 09012345678 | telephone-number",
                "no 1234-5678-9018 | my-number",
                "insurer 06139992 | insurer-number",
                "patient_id = 88120 | person-key",
                "患者番号：A88120 | person-key",
                "8120394857261039485 | pseudonym"
            })
    @Tag("abuse-90")
    void findsInTextWhatCarriesMore(String line, String rule) {
        text("a.txt", "first\n" + line + "\n");
        var judgement = judge("a.txt");
        assertThat(judgement.findings()).extracting(Finding::rule).contains(rule);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals(rule))
                .allSatisfy(finding ->
                        assertThat(finding.message().en()).contains("line 2").doesNotContain(line));
        assertThat(read("a.txt")).doesNotContain("\u200B");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "library(survival); fit <- coxph(Surv(time, status) ~ age + sex, data = d)",
                "df.groupby(['sex', 'age_class'])['points'].sum().reset_index(name='total_points')",
                "糖尿病の患者を 2015年4月1日 から 20240331 まで追跡した（α=0.05、β遮断薬、Δ=3）。",
                "see https://www.example.org/a/very/long/path/with/many/parts/and-words-in-it/index.html",
                "SELECT count(*) FROM claims WHERE icd10 LIKE 'E11%' AND year BETWEEN 2015 AND 2020",
                "============================================================================",
                "the_very_long_name_of_a_variable_that_someone_invented_for_a_column_of_a_table = 1",
                "p = 0.0000000123456789, 95% CI 1.234567 to 2.345678, 10.1093/ije/dyab123"
            })
    void doesNotSuspectOrdinaryLines(String line) {
        text("a.txt", line + "\n");
        assertThat(judge("a.txt").findings()).extracting(Finding::rule).containsExactly("text-for-review");
        assertThat(read("a.txt")).isEqualTo(line + "\n");
    }

    @Test
    void refusesTextThatCarriesACanaryInAnyDress() {
        var mark = "CANARY-7f3a91";
        for (var line : List.of(
                "x CANARY-7f3a91 y",
                "canary 7F3A91",
                "C.A.N.A.R.Y.7.f.3.a.9.1",
                new StringBuilder(mark).reverse().toString(),
                Base64.getEncoder().encodeToString(("a" + mark + "bcd").getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encodeToString(("ab" + mark + "b").getBytes(StandardCharsets.UTF_8)),
                Base64.getEncoder().encodeToString(("abc" + mark).getBytes(StandardCharsets.UTF_8)),
                HexFormat.of().formatHex(mark.getBytes(StandardCharsets.UTF_8)),
                "CANARY-\n7f3a91")) {
            text("a.txt", line + "\n");
            var judgement = judge("a.txt");
            assertThat(judgement.verdict()).as(line).isEqualTo(Verdict.REFUSE);
            assertThat(judgement.files()).isEmpty();
            assertThat(JudgementJson.write(judgement)).doesNotContain("7f3a91");
        }
        text("a.csv", "area,n\nCANARY-7f3a91,120\nB,400\n");
        assertThat(judge("a.csv").verdict()).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void refusesTextThatNobodyReadsThrough() {
        text("a.txt", "x\n".repeat(600_000));
        assertThat(judge("a.txt").findings()).extracting(Finding::rule).containsExactly("too-large");
        text("a.txt", "x".repeat(6_000));
        assertThat(judge("a.txt").findings()).extracting(Finding::rule).containsExactly("too-large");
    }

    @Tag("abuse-90")
    @Test
    void roundsDigitsThatNobodyReads() {
        text("a.csv", "area,n,mean_points\nA,120,3.141592653589793\nB,400,2.5\n");
        var judgement = judge("a.csv");
        assertThat(judgement.findings()).extracting(Finding::rule).contains("excess-digits");
        assertThat(read("a.csv")).isEqualTo("area,n,mean_points\nA,120,3.1415927\nB,400,2.5\n");
    }

    @Tag("abuse-90")
    @Test
    void leavesNoOrderOfRowsToTheAuthor() {
        text("a.csv", "area,n\nB,400\nA,120\nA,90\n");
        text("b.csv", "area,n\nA,90\nA,120\nB,400\n");
        judge("a.csv", "b.csv");
        assertThat(read("a.csv")).isEqualTo(read("b.csv"));
    }

    @Test
    void neitherJudgesNorKeepsTheRowNumbersOfPandas() {
        text("a.csv", ",area,n\n0,A,120\n1,B,400\n2,C,300\n");
        var judgement = judge("a.csv");
        assertThat(judgement.findings()).extracting(Finding::rule).contains("row-numbers");
        assertThat(judgement.findings()).extracting(Finding::severity).doesNotContain(Severity.FAIL);
        assertThat(judgement.amended()).isEmpty();
        assertThat(read("a.csv")).isEqualTo("area,n\nA,120\nB,400\nC,300\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Unnamed: 0"})
    void judgesNumbersThatAreNoRowNumbersForWantOfOrder(String name) {
        text("a.csv", name + ",area,n\n3,A,120\n1,B,400\n2,C,300\n");
        var judgement = judge("a.csv");
        assertThat(judgement.findings())
                .extracting(Finding::rule)
                .contains("minimum-persons")
                .doesNotContain("row-numbers");
        assertThat(read("amended-a.csv")).contains("\n-,A,", "\n-,B,", "\n-,C,");
    }

    @Test
    void tellsAThousandCellsOfOneRuleAndOfEachColumnThatThereAreMore() {
        var names = IntStream.range(0, 400).mapToObj(column -> "n_" + column).toList();
        var line = String.join(",", Collections.nCopies(400, "3")) + "\n";
        text("a.csv", "area," + String.join(",", names) + "\nA," + line + "B," + line + "C," + line);
        var told = judge("a.csv").findings().stream()
                .filter(finding -> finding.rule().equals("minimum-persons"))
                .toList();
        assertThat(told).hasSizeBetween(1_001, 1_400);
        assertThat(told).extracting(finding -> finding.where().column()).containsAll(names);
    }

    @Tag("abuse-96")
    @Test
    void neutralisesFormulasAndFindsIdentifiersInTables() {
        text("a.csv", "area,note,n\nA,=cmd|' /C calc'!A0,120\nB,taro@example.jp,400\nC,8120394857261039485,90\n");
        assertThat(judge("a.csv").findings())
                .extracting(Finding::rule)
                .contains("formula", "e-mail-address", "pseudonym");
        assertThat(read("a.csv")).contains("'=cmd");
    }

    @Test
    void saysWhereATableCannotBeRead() {
        text("a.csv", "area,n\nA,120,7\n");
        var judgement = judge("a.csv");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings().getFirst().message().en()).contains("a.csv:2:3");
        bytes("b.csv", new byte[] {'a', ',', 'b', '\n', (byte) 0x93, (byte) 0xfa, ',', '1', '\n'});
        assertThat(judge("b.csv").verdict()).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void refusesNoFilesAndTooManyFiles() {
        assertThat(judge().verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judge("x,".repeat(101).split(",")).verdict()).isEqualTo(Verdict.REFUSE);
    }

    /** G is a0 and a1, and nobody is in a0: whoever is alone in a1 is alone in G, which is no reason to hide more. */
    @Test
    void whoIsAloneInAGroupAndInItsPartLearnsNothing() {
        text("a.csv", """
                area,sex,n
                a0,F,0
                a1,F,1
                G,F,1
                c,F,30
                Total,F,31
                a0,M,40
                a1,M,50
                G,M,90
                c,M,70
                Total,M,160
                a0,Total,40
                a1,Total,51
                G,Total,91
                c,Total,100
                Total,Total,191
                """);
        var judgement = judge("a.csv");
        assertThat(judgement.findings()).extracting(Finding::rule).doesNotContain("singletons");
        assertThat(read("amended-a.csv")).contains("G,F,-", "a1,F,-");
    }
}
