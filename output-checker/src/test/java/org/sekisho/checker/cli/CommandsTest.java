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
                .contains("Some hidden cells follow from the values that are shown.");
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
        assumeTrue(Files.exists(script), "SKIPPED: no " + script + " to compare with");
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
