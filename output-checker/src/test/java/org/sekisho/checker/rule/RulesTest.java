package org.sekisho.checker.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
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
        "1,50, 0,0,0, false"
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
}
