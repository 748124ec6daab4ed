package org.sekisho.checker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.attack.Knowledge;
import org.sekisho.checker.table.Equations;

class IntervalSampleTest {
    private static final int PORTION = 100;

    /** Pairs of hidden cells whose sum is known; each tenth pair adds up to 0. */
    private static Knowledge pairs(int pairs) {
        var equations = Equations.over(2 * pairs);
        var values = new double[2 * pairs];
        for (int pair = 0; pair < pairs; pair++) {
            equations.known(2 * pair, 2 * pair + 1);
            Arrays.fill(values, 2 * pair, 2 * pair + 2, pair % 10 == 0 ? 0 : 7);
        }
        var hidden = new BitSet();
        hidden.set(0, 2 * pairs);
        return Knowledge.of(equations.build(), hidden, values, new double[2 * pairs]);
    }

    @Test
    void asksAsManyAsAreWantedWhereThereIsTime() {
        assertThat(IntervalSample.of(pairs(500), 1_000, PORTION, 1, () -> false))
                .isEqualTo(new IntervalSample(1_000, 100));
        assertThat(IntervalSample.of(pairs(500), 250, PORTION, 1, () -> false).asked())
                .isEqualTo(250);
    }

    @Test
    void endsWithThePortionInWhichTimeIsOverAndSaysHowManyWereAsked() {
        var looks = new AtomicInteger();
        var sample = IntervalSample.of(pairs(500), 1_000, PORTION, 1, () -> looks.incrementAndGet() > 2);
        assertThat(sample.asked()).isEqualTo(3 * PORTION);
    }

    @Test
    void asksOnePortionWhateverTheTime() {
        assertThat(IntervalSample.of(pairs(500), 1_000, PORTION, 1, () -> true).asked())
                .isEqualTo(PORTION);
    }
}
