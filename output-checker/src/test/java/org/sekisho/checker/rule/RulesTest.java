package org.sekisho.checker.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    @ParameterizedTest
    @CsvSource({"0,false", "1,true", "9,true", "10,false", "1000,false"})
    void minimumCountBarsCountsFromOneUpToTheMinimum(long count, boolean unsafe) {
        assertThat(new MinimumCount(10, true).unsafe(count)).isEqualTo(unsafe);
    }

    @Test
    void minimumCountBarsZeroWhereZerosAreProtected() {
        assertThat(new MinimumCount(10, false).unsafe(0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1,85, 1000,851,0, true",
        "1,85, 1000,850,0, false",
        "2,90, 1000,800,101, true",
        "2,90, 1000,800,100, false",
        "1,50, 0,0,0, false",
        "1,50, 0,70,70, true"
    })
    void dominanceComparesTheLargestWithTheTotal(
            int n, double k, double total, double largest, double second, boolean unsafe) {
        assertThat(new Dominance(n, k).unsafe(new Contributions(total, largest, second)))
                .isEqualTo(unsafe);
    }

    @ParameterizedTest
    @CsvSource({"10, 1000,800,121, true", "10, 1000,800,120, false", "10, 800,800,0, true", "10, 0,0,0, false"})
    void pPercentComparesTheRestWithTheLargest(double p, double total, double largest, double second, boolean unsafe) {
        assertThat(new PPercent(p).unsafe(new Contributions(total, largest, second)))
                .isEqualTo(unsafe);
    }

    @Test
    void protectionLevelsFollowTheirFormulas() {
        var cell = new Contributions(1000, 800, 150);
        assertThat(new Dominance(1, 50).upperProtection(cell)).isCloseTo(600, within(1e-9));
        assertThat(new PPercent(10).upperProtection(cell)).isCloseTo(30, within(1e-9));
    }

    /** By the meaning of a protection level. */
    @Property
    void raisingACellToItsProtectionLevelMakesItSafe(
            @ForAll @DoubleRange(min = 1, max = 1e6) double largest,
            @ForAll @DoubleRange(min = 0, max = 1) double share) {
        var cell = new Contributions(largest * (1 + share * 0.5), largest, largest * share * 0.5);
        var rule = new PPercent(20);
        double raised = cell.total() + rule.upperProtection(cell) * (1 + 1e-9);
        assertThat(rule.unsafe(new Contributions(raised, largest, cell.second())))
                .isFalse();
    }

    @Test
    void refusesNumbersThatMakeNoRule() {
        assertThatThrownBy(() -> new MinimumCount(0, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Dominance(3, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Dominance(1, 101)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PPercent(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Contributions(1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void priorPosteriorIsThePPercentRuleOfItsQuotient() {
        assertThat(new PriorPosterior(10, 50).asPPercent()).isEqualTo(new PPercent(20));
        assertThatThrownBy(() -> new PriorPosterior(50, 50)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PriorPosterior(10, 101)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void negativeContributionsCountByTheirSize() {
        assertThat(Contributions.of(100, -800, 50, -50)).isEqualTo(new Contributions(1000, 800, 100));
        assertThat(Contributions.of()).isEqualTo(new Contributions(0, 0, 0));
    }

    /** The largest stands for two and a half: the two largest are both as large as it. */
    @Test
    void weightsReplicateContributions() {
        assertThat(Contributions.weighted(new double[] {10, 100}, new double[] {1, 2.5}))
                .isEqualTo(new Contributions(260, 100, 100));
        assertThat(Contributions.weighted(new double[] {100, 10}, new double[] {1.5, 3}))
                .isEqualTo(new Contributions(180, 100, 55));
        assertThatThrownBy(() -> Contributions.weighted(new double[] {1}, new double[] {0.5}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Contributions.weighted(new double[] {1}, new double[] {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void weightsOfOneChangeNothing(@ForAll @Size(max = 20) List<@DoubleRange(min = -1e6, max = 1e6) Double> all) {
        var values = all.stream().mapToDouble(Double::doubleValue).toArray();
        var ones = new double[values.length];
        Arrays.fill(ones, 1);
        assertThat(Contributions.weighted(values, ones)).isEqualTo(Contributions.of(values));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 195,200, false",
        "6, 195,200, true",
        "5, 195,200, false",
        "1, 200,200, true",
        "1, 0,200, false",
        "1, 0,0, false",
        "10, 10,19, false",
        "10, 81,90, true"
    })
    void classDisclosureComparesACellWithItsMargin(long few, double cell, double margin, boolean unsafe) {
        assertThat(new ClassDisclosure(few).unsafe(cell, margin)).isEqualTo(unsafe);
    }

    @ParameterizedTest
    @CsvSource({"0.5,20,false", "0.5,19,true", "0.05,200,false", "0.95,200,false", "0.05,199,true", "0,100000,true"})
    void percentilesNeedPersonsOnEitherSide(double quantile, long persons, boolean unsafe) {
        assertThat(new PercentileTail(10).unsafe(quantile, persons)).isEqualTo(unsafe);
    }

    @ParameterizedTest
    @CsvSource({"0.5,20,false", "0.05,120,true", "0.95,120,true", "0,120,false", "1,120,false", "0.0833,120,false"})
    void sharesAreTwoCounts(double share, long persons, boolean unsafe) {
        assertThat(new ShareParts(new MinimumCount(10, true)).unsafe(share, persons))
                .isEqualTo(unsafe);
        assertThat(new ShareParts(new MinimumCount(10, false)).unsafe(0, 120)).isTrue();
    }

    @Test
    void correlationsNeedPersonsAndMustNotBePerfect() {
        var rule = new Correlation(10);
        assertThat(rule.unsafe(0.9, 10)).isFalse();
        assertThat(rule.unsafe(0.9, 9)).isTrue();
        assertThat(rule.unsafe(-1, 1000)).isTrue();
        assertThatThrownBy(() -> new Correlation(2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oddsRatiosAreFourCounts() {
        var rule = new OddsRatio(new MinimumCount(10, false));
        assertThat(rule.unsafe(10, 20, 30, 40)).isFalse();
        assertThat(rule.unsafe(10, 20, 9, 40)).isTrue();
        assertThat(rule.unsafe(0)).isTrue();
        assertThat(rule.unsafe(Double.POSITIVE_INFINITY)).isTrue();
        assertThat(rule.unsafe(2.5)).isFalse();
    }

    /** What the interval proves is true: the smallest count is never above what it says. */
    @Property
    void confidenceLimitsBoundTheSmallestCount(
            @ForAll @IntRange(min = 1, max = 5000) int a,
            @ForAll @IntRange(min = 1, max = 5000) int b,
            @ForAll @IntRange(min = 1, max = 5000) int c,
            @ForAll @IntRange(min = 1, max = 5000) int d) {
        double ratio = (double) a * d / ((double) b * c);
        double spread = Math.exp(1.959964 * Math.sqrt(1.0 / a + 1.0 / b + 1.0 / c + 1.0 / d));
        double most = OddsRatio.smallestAtMost(ratio / spread, ratio * spread);
        int smallest = Math.min(Math.min(a, b), Math.min(c, d));
        assertThat((double) smallest).isBetween(most / 4 - 1e-6, most * (1 + 1e-6));
    }

    @ParameterizedTest
    @CsvSource({"811,4,false", "14,4,false", "13,4,true", "4,4,true", "3,4,true"})
    void modelsLeaveDegreesOfFreedom(long observations, long parameters, boolean unsafe) {
        assertThat(new ResidualDegreesOfFreedom(10).unsafe(observations, parameters))
                .isEqualTo(unsafe);
    }

    @Test
    void stepsOfSurvivalTablesSpeakOfNobodyOrEnough() {
        var rule = new SurvivalStep(10);
        assertThat(rule.atRiskUnsafe(9)).isTrue();
        assertThat(rule.atRiskUnsafe(10)).isFalse();
        assertThat(rule.few(0)).isFalse();
        assertThat(rule.few(9)).isTrue();
        assertThat(rule.few(10)).isFalse();
        assertThat(SurvivalStep.events(388, 0.925, 0.97)).isEqualTo(18);
    }

    @Test
    void edgesOfHistogramsTellUnlessTheyAreRoundOrOpen() {
        assertThat(HistogramEdges.telling(0, 10, 20, 30)).isFalse();
        assertThat(HistogramEdges.telling(17.9, 28.3, 38.7)).isTrue();
        assertThat(HistogramEdges.telling(Double.NEGATIVE_INFINITY, 17.9, 28.3, Double.POSITIVE_INFINITY))
                .isFalse();
        assertThat(HistogramEdges.telling(0, 0.1, 0.2, 0.3)).isFalse();
        assertThat(HistogramEdges.telling(0, 10, 20, 27)).isTrue();
        assertThat(HistogramEdges.telling(5)).isFalse();
    }

    @Test
    void refusesNumbersThatMakeNoRuleOfStatistics() {
        assertThatThrownBy(() -> new ClassDisclosure(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PercentileTail(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ResidualDegreesOfFreedom(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SurvivalStep(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
