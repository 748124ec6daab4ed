package org.sekisho.checker.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.table.Equations;

class ProgrammeTest {
    /** Two equations of different cells, so that nothing moves as one. */
    private final Equations equations =
            Equations.over(6).total(0, 1, 2, 3).total(1, 2, 4, 5).build();

    @Test
    void neverTakesAnErrorOfTheSolverForFreedomWhereThereIsABound() {
        assertThat(pushed(1, 1.1, false)).containsOnly(0.0);
        assertThat(pushed(1, 1.1, true)).containsOnly(0.0);
    }

    /** A bound that is no number is none of the solver's answers either. */
    @Test
    void neverTakesAQuestionThatTheSolverCannotReadForFreedom() {
        assertThat(pushed(Double.NaN, 5, true)).containsOnly(0.0);
        assertThat(pushed(-5, Double.NaN, false)).containsOnly(0.0);
    }

    @Test
    void saysWhatHasNoBoundAndGoesNowhere() {
        assertThat(pushed(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true))
                .contains(Double.POSITIVE_INFINITY)
                .doesNotContain(0.0);
    }

    private double[] pushed(double low, double high, boolean upward) {
        var cluster = Cluster.of(equations, BitSet.valueOf(new long[] {63})).getFirst();
        var bundles = new Bundles(equations, cluster);
        var lows = new double[bundles.size()];
        var highs = new double[bundles.size()];
        Arrays.fill(lows, low);
        Arrays.fill(highs, high);
        var pushed = new double[bundles.size()];
        assertThat(pushed).hasSizeGreaterThan(2);
        try (var programme = new Programme(bundles, new Leeway(lows, highs, 0))) {
            Arrays.setAll(pushed, bundle -> programme.push(bundle, upward));
        }
        return pushed;
    }
}
