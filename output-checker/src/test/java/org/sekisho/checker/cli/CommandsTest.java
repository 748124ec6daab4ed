package org.sekisho.checker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.checker.JudgementJson;
import org.sekisho.checker.Samples;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.attack.RankTest;
import org.sekisho.checker.suppress.Suppressor;

class CommandsTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void explainsAFileInPlainWords() {
        var file = Samples.write(directory.resolve("t.csv"), "reg,n\nA,3\nB,50\nC,60\n");
        assertThat(run(file.toString(), "--rules", "ndb")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("ndb@2024-11")
                .contains("< 10")
                .doesNotContain("A,3");
    }

    @Test
    void saysOfEveryFindingRuleCellReasonAndRemedyInBothLanguages() {
        var file = Samples.write(directory.resolve("t.csv"), "reg,n\nA,3\nB,50\nC,60\n");
        run(file.toString(), "--rules", "ndb", "--lang", "en");
        assertThat(printed())
                .contains("x minimum-persons  row 1 n\n      Fewer than 10 persons stand behind this cell (< 10).")
                .contains("→ Leave it hidden, as the amended file has it (--out writes it), or merge categories.")
                .contains("? contributions-unknown\n")
                .contains("Secondary: row 2 n.");
        run(file.toString(), "--rules", "ndb", "--lang", "ja");
        assertThat(printed())
                .contains("審査者の判断が要ります")
                .contains("x minimum-persons  1 行目 n\n      このセルの人数は 10 人未満です。")
                .contains("→ 修正版（--out で書き出せます）")
                .contains("列: reg=区分、n=件数")
                .contains("二次: 2 行目 n。");
        assertThat(run(file.toString(), "--rules", "ndb", "--lang", "fr")).isEqualTo(2);
    }

    @Test
    void saysHowItIsCalledWhenAskedTo() {
        assertThat(run("--help")).isZero();
        assertThat(printed()).startsWith("usage: check FILE...");
    }

    @Test
    void fitsOnOneScreenWhateverIsFound() {
        var csv = new StringBuilder("reg,n,note,min_x,mean_y,z\n");
        for (int row = 0; row < 300; row++) {
            csv.append("A").append(row).append(row % 2 == 0 ? ",3," : ",-1.5,");
            csv.append("taro@example.jp 03-1234-5678 \u0430\u200B,1,2.123456789123,NaN\n");
        }
        var file = Samples.write(directory.resolve("t.csv"), csv.toString());
        for (var language : List.of("ja", "en")) {
            run(file.toString(), "--rules", "sacro", "--lang", language);
            assertThat(printed().lines())
                    .hasSizeLessThanOrEqualTo(28)
                    .allSatisfy(line -> assertThat(line).hasSizeLessThan(250));
        }
    }

    @Test
    void writesNothingInThePlaceOfWhatIsChecked() {
        var file = Samples.write(directory.resolve("t.csv"), "reg,n\nA,50\nB,60\n");
        assertThat(run(file.toString(), "--rules", "ndb", "--out", directory.toString()))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("a folder of its own");
        assertThat(run(file.toString(), "--rules", "ndb", "--out", file.toString()))
                .isEqualTo(2);
        var leaving = directory.resolve("new/leaving");
        assertThat(run(file.toString(), "--rules", "ndb", "--out", leaving.toString()))
                .isEqualTo(1);
        assertThat(leaving.resolve("t.csv")).exists();
    }

    @Test
    void judgesSeveralFilesTogether() throws IOException {
        var one = Samples.write(directory.resolve("t.csv"), "reg,n\nA,3\nB,50\nC,60\n");
        var elsewhere = Files.createDirectory(directory.resolve("x"));
        var two = Samples.write(elsewhere.resolve("u.csv"), "reg,n\nA,50\nB,60\n");
        assertThat(run(one.toString(), two.toString(), "--rules", "ndb", "--lang", "en"))
                .isEqualTo(1);
        assertThat(printed()).contains("several-tables").contains("minimum-persons  t.csv row 1 n");
        var same = Samples.write(elsewhere.resolve("t.csv"), "reg,n\nA,50\n");
        assertThat(run(one.toString(), same.toString(), "--rules", "ndb")).isEqualTo(1);
        assertThat(printed()).contains("file-name");
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsTheJudgementAsJson() {
        var file = Samples.write(directory.resolve("t.csv"), "reg,n\nA,30\nB,50\n");
        assertThat(run("--json", "--rules", "kaigo", file.toString())).isEqualTo(1);
        assertThat(JudgementJson.read(out.toString(StandardCharsets.UTF_8)).verdict())
                .isEqualTo(Verdict.REFER);
    }

    @Test
    void namesFileLineAndColumnOfBadInput() {
        var file = Samples.write(directory.resolve("t.csv"), "reg,n\nA,30,1\n");
        assertThat(run(file.toString(), "--rules", "ndb")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("t.csv:2:3:");
    }

    @Test
    void saysInJapaneseWhatCannotBeRead() throws IOException {
        Files.write(
                directory.resolve("sjis.csv"), "地域,n\n富山,120\n".getBytes(java.nio.charset.Charset.forName("MS932")));
        Samples.write(directory.resolve("fields.csv"), "area,n\nA,1,2\n");
        Samples.write(directory.resolve("quote.csv"), "area,n\n\"A,120\nB,30\n");
        Samples.write(directory.resolve("semicolons.csv"), "area;n\nA;120\n");
        Samples.write(directory.resolve("empty.csv"), "");
        Samples.write(directory.resolve("book.xlsx"), "PK\u0003\u0004");
        Samples.write(directory.resolve("book.ipynb"), "{}");
        Samples.write(directory.resolve("table.png"), "area,n\nA,120\n");
        Files.createDirectory(directory.resolve("folder"));
        assertThat(said("sjis.csv")).contains("UTF-8 ではありません").doesNotContain("save it");
        assertThat(said("fields.csv")).contains("fields.csv:2:3: 値が 3 個ありますが、見出しは 2 列です");
        assertThat(said("quote.csv")).contains("引用符").contains("quote.csv:2");
        assertThat(said("semicolons.csv")).contains("セミコロン");
        assertThat(said("empty.csv")).contains("空のファイル");
        assertThat(said("book.xlsx")).contains("Excel ブックとして読めません");
        assertThat(said("book.ipynb")).contains("形式 4 のノートブックではありません");
        assertThat(said("absent.csv")).contains("このファイルはありません");
        assertThat(said("folder")).contains("フォルダーです");
        assertThat(run(directory.resolve("fields.csv").toString(), "--lang", "ja", "--rules", "nobody"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("この名前のルールパックはありません");
        run(directory.resolve("table.png").toString(), "--lang", "ja", "--rules", "ndb");
        assertThat(printed()).contains(".csv, ");
    }

    private String said(String file) {
        assertThat(run(directory.resolve(file).toString(), "--lang", "ja", "--rules", "ndb"))
                .as(file)
                .isEqualTo(2);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysOfAQuotationMarkThatIsNotClosedWhatItIsAndOfAFolderThatItIsOne() {
        var quote = Samples.write(directory.resolve("quote.csv"), "area,n\n\"A,120\nB,30\n");
        run(quote.toString(), "--lang", "en", "--rules", "ndb");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("quote.csv:2:2: has 1 fields where the header has 2; perhaps a quotation mark is not closed");
        run(directory.toString(), "--lang", "en", "--rules", "ndb");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is a folder; name the files in it");
    }

    @Test
    void refusesWrongArguments() {
        assertThat(run("--rules", "ndb")).isEqualTo(2);
        assertThat(run("t.csv")).isEqualTo(2);
        assertThat(run("t.csv", "--rules", "nobody")).isEqualTo(2);
        assertThat(run("t.csv", "--rules", "ndb", "--loud")).isEqualTo(2);
        assertThat(run("t.xlsx", "--rules", "ndb")).isEqualTo(2);
        assertThat(run("absent.csv", "--rules", "ndb")).isEqualTo(2);
    }

    @Test
    void seesThatAHiddenCellOfAFinishedTableFollowsFromItsTotal() {
        var file = Samples.write(directory.resolve("t.csv"), "reg,n\nA,-\nB,50\nC,60\nTotal,115\n");
        assertThat(run(file.toString(), "--rules", "sacro")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("This hidden cell follows from the values that are shown.");
    }

    @Test
    void protectsTheBenchmarkTable() {
        var table = BenchTable.ALL.getFirst().crossed();
        var question = BenchCommand.question(table);
        var pattern = Suppressor.suppress(question);
        assertThat(table.values()).hasSize(4875);
        assertThat(pattern.unprotected().isEmpty()).isTrue();
        assertThat(pattern.secondary().cardinality()).isLessThan(708);
        assertThat(RankTest.run(table.equations(), pattern.hidden(question.primary()))
                        .computable()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void makesTheSameBenchmarkTableAsTheScript() throws IOException, InterruptedException {
        var script = script();
        assumeTrue(Files.exists(script), "SKIPPED: shared/bench/sdc_tables.py is not here to compare with");
        var process = new ProcessBuilder("python3", script.toString(), "B1").start();
        var theirs = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        var ours = new ArrayList<String>();
        ours.add("reg,mun,age,sex,chap,code,n");
        var bench = BenchTable.ALL.getFirst();
        bench.visit((town, age, sex, code, n) -> ours.add("R%02d,M%04d,A%02d,S%d,H%d,C%02d,%d"
                .formatted(town / bench.towns(), town, age, sex, code / bench.codes(), code, n)));
        assertThat(ours).isEqualTo(theirs);
    }

    private static Path script() {
        var here = Path.of("").toAbsolutePath();
        for (var up = here; up != null; up = up.getParent()) {
            var script = up.resolve("shared/bench/sdc_tables.py");
            if (Files.exists(script)) {
                return script;
            }
        }
        return here.resolve("../shared/bench/sdc_tables.py");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return new CheckCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }
}
