package org.sekisho.checker.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.rule.PPercent;
import org.sekisho.checker.rule.PercentileTail;
import org.sekisho.checker.rule.ResidualDegreesOfFreedom;
import org.sekisho.checker.rule.SurvivalStep;

class RulePacksTest {
    @Test
    void shipsEightPacks() {
        assertThat(RulePacks.all())
                .extracting(RulePack::id)
                .containsExactly(
                        "ndb@2024-11",
                        "kaigo@2023-10",
                        "nanbyo-shoman@2024-02",
                        "sacro@1.0.1",
                        "ehds@2025-327",
                        "opensafely@2025",
                        "abs-datalab@2025",
                        "us-census-drb@2025");
    }

    @Test
    void findsAPackByNameAndByNameWithVersion() {
        assertThat(RulePacks.load("ndb")).isEqualTo(RulePacks.load("ndb@2024-11"));
    }

    @Test
    void refusesAnUnknownPackAndSaysWhichThereAre() {
        assertThatThrownBy(() -> RulePacks.load("ndb@1999-01"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("ndb@2024-11");
    }

    @Test
    void namesASourceForEveryDemand() {
        assertThat(RulePacks.all())
                .allSatisfy(pack -> assertThat(pack.sources())
                        .containsKeys("minimum-persons", "zeros", "suppressed-mark", "assume-known", "digits")
                        .allSatisfy((key, source) -> assertThat(source).isNotBlank()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    digits:              | digit:              | unknown key 'digit'
                    value: publish       | value: maybe        | protect, publish
                    value: 10            | value: ten          | whole number
                    value: 10            | value: -1           | whole number
                    value: 15            | value: 16           | 1 to 15
                    otherwise: review    | otherwise: ignore   | fail, review
                    value: refuse        | value: perhaps      | refuse, review
                    value: grand-total   | value: everything   | grand-total, nothing
                    rule-pack: ndb       | rule-pack:          | rule-pack
                    zeros:               | digits:             | stands twice
                    version: "2024-11"   | version: [           | not YAML
                    """)
    void saysWhereAPackIsWrong(String right, String wrong, String told) throws IOException {
        var pack = shipped("ndb.yaml");
        assertThat(pack).contains(right);
        assertThatThrownBy(() -> RulePackParser.parse("my.yaml", pack.replaceFirst(right, wrong)))
                .isInstanceOf(Unreadable.class)
                .hasMessageMatching("(?s)my\\.yaml(:\\d+:\\d+)?: .*")
                .hasMessageContaining(told);
    }

    @Test
    void namesTheLineOfAnUnknownKey() throws IOException {
        var pack = shipped("ndb.yaml") + "extra: 1\n";
        var line = pack.split("\n").length;
        assertThatThrownBy(() -> RulePackParser.parse("my.yaml", pack))
                .hasMessageStartingWith("my.yaml:" + line + ":1: ");
    }

    @Test
    void everyKeyOfAPackStandsInTheReadme() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        assertThat(RulePackParser.knownKeys())
                .hasSizeGreaterThan(10)
                .allSatisfy(key -> assertThat(readme).containsPattern("(?m)^\\| .*`" + key + "`.* \\|"));
    }

    @Test
    void takesPriorPosteriorForThePPercentRuleOfItsQuotientAndNeverBoth() throws IOException {
        var pack = shipped("ndb.yaml") + "p-q:\n  p: 10\n  q: 50\n  source: ours\n";
        assertThat(RulePackParser.parse("my.yaml", pack).pPercent()).contains(new PPercent(20));
        assertThatThrownBy(() -> RulePackParser.parse("my.yaml", pack + "p-percent:\n  p: 10\n  source: ours\n"))
                .hasMessageContaining("one of them");
        assertThatThrownBy(() -> RulePackParser.parse("my.yaml", pack.replace("q: 50", "q: 5")))
                .hasMessageContaining("0 < p < q <= 100");
    }

    @Test
    void packsThatNameNoNumberForStatisticsTakeTheirMinimumAndTen() throws IOException {
        var pack = shipped("opensafely.yaml");
        var plain = RulePackParser.parse("my.yaml", pack.substring(0, pack.indexOf("percentiles:")))
                .statistics();
        assertThat(plain)
                .isEqualTo(new StatisticRules(
                        new PercentileTail(8),
                        StatisticRules.Otherwise.FAIL,
                        new ResidualDegreesOfFreedom(10),
                        new SurvivalStep(8),
                        Optional.empty(),
                        StatisticRules.Otherwise.REVIEW));
    }

    @Test
    void refusesAnEmptyFile() {
        assertThatThrownBy(() -> RulePackParser.parse("my.yaml", "")).hasMessageContaining("is empty");
    }

    private static String shipped(String name) throws IOException {
        try (var in = RulePacks.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
