package org.sekisho.checker.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.table.Statistic.Kind;

class StatisticTest {
    private static final String NAMES = """
            n_risk                 | AT_RISK
            n.risk                 | AT_RISK
            num at risk            | AT_RISK
            リスク集合             | AT_RISK
            n.event                | EVENTS
            num events             | EVENTS
            イベント数             | EVENTS
            n.censor               | CENSORED
            打切り数               | CENSORED
            survival               | SURVIVAL
            Surv prob              | SURVIVAL
            KM_estimate            | SURVIVAL
            生存率                 | SURVIVAL
            max                    | MAXIMUM
            age_max                | MAXIMUM
            Max.                   | MAXIMUM
            最大値                 | MAXIMUM
            100%                   | MAXIMUM
            0%                     | MINIMUM
            p0                     | MINIMUM
            Min.                   | MINIMUM
            最小年齢               | MINIMUM
            std                    | SPREAD
            標準偏差               | SPREAD
            percent                | SHARE
            pct_dead               | SHARE
            死亡割合(%)            | SHARE
            高齢化率               | SHARE
            corr                   | CORRELATION
            相関係数               | CORRELATION
            odds_ratio             | ODDS_RATIO
            オッズ比               | ODDS_RATIO
            ci_lower               | LOWER_LIMIT
            lower 95% CI           | LOWER_LIMIT
            0.95LCL                | LOWER_LIMIT
            [0.025                 | LOWER_LIMIT
            97.5 %                 | UPPER_LIMIT
            95%CI上限              | UPPER_LIMIT
            Df Residuals           | RESIDUAL_DEGREES
            df.residual            | RESIDUAL_DEGREES
            残差自由度             | RESIDUAL_DEGREES
            std err                | COEFFICIENT
            P>|t|                  | COEFFICIENT
            回帰係数               | COEFFICIENT
            bin_start              | BIN_FROM
            bin_end                | BIN_TO
            mean                   | MEAN
            平均年齢               | MEAN
            n                      | COUNT
            人数                   | COUNT
            weighted_n             | WEIGHTED_COUNT
            推計患者数             | WEIGHTED_COUNT
            time                   | TIME
            経過日数               | TIME
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '^', textBlock = """
            median       ^ 0.5
            median_age   ^ 0.5
            中央値       ^ 0.5
            p5           ^ 0.05
            p95_cost     ^ 0.95
            1st Qu.      ^ 0.25
            3rd Qu.      ^ 0.75
            q1           ^ 0.25
            lower quartile ^ 0.25
            第3四分位数  ^ 0.75
            25%          ^ 0.25
            quantile_0.9 ^ 0.9
            90パーセンタイル ^ 0.9
            1st percentile ^ 0.01
            year_2020_p10 ^ 0.1
            """)
    void readsWhichPercentileANameMeans(String name, double quantile) {
        assertThat(Statistic.named(name)).hasValue(new Statistic(Kind.PERCENTILE, quantile));
    }

    @Test
    void tellsStatisticsByNamesAsProgrammesAndPeopleWriteThem() {
        var kinds = new TreeSet<Kind>(List.of(Kind.PERCENTILE));
        for (var line : NAMES.lines().toList()) {
            int bar = line.lastIndexOf(" | ");
            var name = line.substring(0, bar).strip();
            var kind = Kind.valueOf(line.substring(bar + 3).strip());
            assertThat(Statistic.named(name).map(Statistic::kind)).as(name).hasValue(kind);
            kinds.add(kind);
        }
        assertThat(kinds).as("every kind has a name here").containsAll(Arrays.asList(Kind.values()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "area",
                "minutes",
                "東京都",
                "hypertension",
                "",
                "I10",
                "maximal therapy given to nobody in particular at all and then some words more, and yet more of them, up to a sentence"
            })
    void leavesOtherNamesAlone(String name) {
        assertThat(Statistic.named(name)).isEmpty();
    }
}
