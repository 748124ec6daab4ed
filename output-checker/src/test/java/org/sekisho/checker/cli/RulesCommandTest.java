package org.sekisho.checker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.Samples;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.RulePacks;

class RulesCommandTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    static List<String> packs() {
        return RulePacks.all().stream().map(RulePack::name).toList();
    }

    @ParameterizedTest
    @MethodSource("packs")
    void everyPackHoldsItsExamples(String pack) throws IOException {
        try (var in = RulePacks.class.getResourceAsStream("examples/" + pack + ".yaml")) {
            assertThat(in).as("examples of " + pack).isNotNull();
            var file = directory.resolve(pack + ".yaml");
            Files.write(file, in.readAllBytes());
            int exit = run("test", file.toString());
            assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("WRONG");
            assertThat(exit).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("packs")
    void everyRuleOfAPackHasAnExample(String pack) throws IOException {
        try (var in = RulePacks.class.getResourceAsStream("examples/" + pack + ".yaml")) {
            assertThat(in).isNotNull();
            var examples = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            var rules = new TreeSet<>(RulePacks.load(pack).sources().keySet());
            // Compared with releases, of which an example has none; the other two show in the tables of all.
            rules.removeAll(List.of("differencing", "digits", "suppressed-mark"));
            assertThat(rules).isNotEmpty();
            assertThat(rules)
                    .allSatisfy(rule -> assertThat(examples).containsPattern("name: .*" + rule + "( and [a-z-]+)* - "));
        }
    }

    @Test
    void saysWhatDoesNotFitInWhoStandsBehind() {
        for (var wrong : List.of(
                "persons: [1]",
                "facilities: [1, 2]",
                "persons: [1, 2], nobody: 3",
                "persons: [a, b]",
                "persons: [1, 2], largest: {area: [[1, 1], [1, 1]]}",
                "persons: [1, 2], everybody: {n: [1, 2]}",
                "persons: [1, 2], everybody: {n: [[1], [2]]}, weights: [[1], [0.5]]",
                "persons: [1, 2], everybody: {n: [[1], [2]]}, weights: [[1]]",
                "persons: [1, 2], largest: {n: [[1], [1]]}",
                "persons: [1, 2], largest: {n: [[1, 2], [1, 1]]}")) {
            var file = Samples.write(
                    directory.resolve("t.yaml"),
                    "rules: ndb\nexamples:\n  - name: wrong\n    table: \"area,n\\nA,120\\nB,4\\n\"\n    finds: [minimum-persons]\n    behind: {"
                            + wrong + "}\n");
            assertThat(run("test", file.toString())).as(wrong).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8)).contains("'behind' of 'wrong'");
        }
    }

    @Test
    void saysWhatIsNotAsExpected() {
        var file = Samples.write(
                directory.resolve("t.yaml"),
                "rules: ndb\nexamples:\n  - name: wrong\n    table: \"area,n\\nA,120\\nB,4\\n\"\n    verdict: clear\n    finds: [dominance]\n    amended: x\n");
        assertThat(run("test", file.toString())).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("WRONG wrong")
                .contains("verdict: expected clear, is refer")
                .contains("finds: expected [dominance]")
                .contains("amended: expected x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "rules: ndb",
                "rules: nobody\nexamples: []",
                "rules: ndb\nexamples: []",
                "rules: absent.yaml\nexamples: [1]",
                "rules: ndb\nexamples: [1]",
                "rules: ndb\nexamples:\n  - name: a",
                "rules: [",
                "rules: ndb\nexamples:\n  - name: a\n    table: 'a,b\n\n      1'"
            })
    void saysWhatIsWrongWithTheFile(String yaml) {
        var file = Samples.write(directory.resolve("t.yaml"), yaml);
        assertThat(run("test", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "find: [minimum-persons] | unknown key 'find'",
                "finds: minimum-persons  | 'finds' of 'one' must be a list of rules: [minimum-persons]",
                "lacks: {a: b}           | 'lacks' of 'one' must be a list",
                "behind: {persons: [9]}  | 'one' expects nothing"
            })
    void noExampleIsAsExpectedThatExpectsNothing(String expected, String said) {
        var file = Samples.write(
                directory.resolve("t.yaml"),
                "rules: ndb\nexamples:\n  - name: one\n    table: \"area,n\\nA,120\\n\"\n    " + expected + "\n");
        assertThat(run("test", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(said);
    }

    @Test
    void listsThePacks() {
        assertThat(run("list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("opensafely@2025")
                .contains("ndb@2024-11");
        assertThat(run()).isEqualTo(2);
        assertThat(run("test")).isEqualTo(2);
        assertThat(run("test", "absent.yaml")).isEqualTo(2);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return new RulesCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }
}
