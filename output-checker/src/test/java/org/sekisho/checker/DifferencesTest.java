package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.contribution.Difference;
import org.sekisho.checker.policy.RulePacks;

class DifferencesTest {
    private static final List<Difference> FOUND = List.of(
            new Difference(3, "r-7", "old.csv", 41, Difference.Kind.MORE, 6),
            new Difference(3, "r-7", "old.csv", 42, Difference.Kind.FEWER, 6),
            new Difference(3, "r-8", "other.csv", 0, Difference.Kind.EXCHANGED, 6));

    @Test
    void namesBothReleasesAndNeverTheNumber() {
        var findings = Differences.findings(RulePacks.load("ndb"), "new.csv", FOUND);
        assertThat(findings).hasSize(2).allSatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("differencing");
            assertThat(finding.severity()).isEqualTo(Severity.FAIL);
            assertThat(finding.file()).isEqualTo("new.csv");
            assertThat(finding.where()).isEqualTo(Where.row(3));
            assertThat(finding.message().ja() + finding.message().en() + finding.evidence())
                    .doesNotContain(" 6")
                    .doesNotContain("6 ");
        });
        assertThat(findings.getFirst().message().en()).contains("\"r-7\"").contains("< 10");
        assertThat(findings.getFirst().message().en()).doesNotContain("old.csv");
        assertThat(findings.getFirst().evidence().en()).contains("Row 42 of old.csv in r-7");
    }

    @Test
    void hasNothingToSayOfNothing() {
        assertThat(Differences.findings(RulePacks.load("ndb"), "new.csv", List.of()))
                .isEmpty();
    }
}
