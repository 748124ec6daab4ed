package org.sekisho.gateway.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    @TempDir
    Path folder;

    @Test
    void comeWithTheGatewayInBothLanguages() {
        var rules = Rules.shipped();
        assertThat(rules.zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(rules.permits()).isEqualTo(Duration.ofDays(14));
        assertThat(rules.all())
                .extracting(Rule::id)
                .contains(
                        "failed-sign-ins",
                        "refused-statements",
                        "many-releases",
                        "download-at-odd-hours",
                        "first-use-of-a-table",
                        "differencing",
                        "expiring-permit",
                        "recording-failed",
                        "log-broken");
        assertThat(rules.all()).allSatisfy(rule -> {
            assertThat(rule.title().ja()).matches(".*[\\u3040-\\u30ff\\u4e00-\\u9fff].*");
            assertThat(rule.todo().ja()).endsWith("。");
            assertThat(rule.happened().en() + rule.todo().en()).matches("[ -~]+");
        });
    }

    @Test
    void areChangedMemberByMemberAndAddedTo() {
        var rules = Post.rules(folder, """
                zone: Europe/Helsinki
                rules:
                  - {id: failed-sign-ins, count: 3}
                  - {id: refused-statements, measure: suspend-person}
                  - {id: many-releases, enabled: false}
                  - id: looks-at-recordings
                    watch: {actions: [recording.play], phase: intent}
                    per: person
                    count: 5
                    within: P1D
                    severity: notice
                    title: {ja: 録画, en: Recordings}
                    happened: {ja: 再生, en: Played}
                    do: {ja: 確認, en: Ask}
                """);
        assertThat(rules.zone()).isEqualTo(ZoneId.of("Europe/Helsinki"));
        assertThat(rules.permits()).isEqualTo(Duration.ofDays(14));
        var failed = rules.all().stream()
                .filter(rule -> rule.id().equals("failed-sign-ins"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.count()).isEqualTo(3);
        assertThat(failed.within()).isEqualTo(Duration.ofMinutes(10));
        assertThat(failed.measure()).isNull();
        assertThat(rules.all())
                .filteredOn(rule -> rule.id().equals("refused-statements"))
                .extracting(Rule::measure)
                .containsExactly(Measure.SUSPEND_PERSON);
        assertThat(rules.all())
                .extracting(Rule::id)
                .contains("looks-at-recordings")
                .doesNotContain("many-releases");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "rules: [{id: failed-sign-ins, cuont: 3}] | rule failed-sign-ins: 'cuont' is not known here, or of the wrong kind",
                "rules: [{id: failed-sign-ins, count: many}] | 'count' is not known here, or of the wrong kind",
                "rules: [{id: failed-sign-ins, count: 0}] | rule failed-sign-ins: count is a number from 1 to 10000",
                "rules: [{id: failed-sign-ins, within: P90D}] | within is a time such as PT10M or P7D, at most 31 days",
                "rules: [{id: failed-sign-ins, within: soon}] | 'within' is not known here, or of the wrong kind",
                "rules: [{id: failed-sign-ins, measure: hold-project}] | the measure is of another kind than per",
                "rules: [{id: failed-sign-ins, measure: suspend-person}] | rule failed-sign-ins: no measure against a person follows refused sign-ins",
                "rules: [{id: failed-sign-ins, measure: lock-workspaces}] | anybody can make them under any name",
                "rules: [{id: refused-statements, watch: {actions: [job.refused, session.refused-many]}, measure: suspend-person}] | rule refused-statements: no measure against a person",
                "rules: [{id: failed-sign-ins, measure: shout}] | 'measure' is not known here, or of the wrong kind",
                "rules: [{id: log-broken, per: person}] | a condition is per everybody",
                "rules: [{id: Neu, count: 1}] | rule Neu",
                "rules: [{id: new, count: 1}] | rule new: watch has actions or a condition",
                "rules: [{count: 1}] | every rule has an id",
                "rules: {} | zone, permits and a list of rules are known here",
                "ruels: [] | zone, permits and a list of rules are known here",
                "zone: Atlantis | zone is a name such as Asia/Tokyo",
                "{ | this is not YAML"
            })
    void areRefusedWithTheirPlaceWhenSomethingIsWrong(String yaml, String why) {
        assertThatThrownBy(() -> Post.rules(folder, yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rules.yaml")
                .hasMessageContaining(why);
    }
}
