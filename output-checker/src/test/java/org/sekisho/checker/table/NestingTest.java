package org.sekisho.checker.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables that are made to take long. */
class NestingTest {
    private static final int LABELS = 1_500;
    private static final int CONTEXTS = 100;

    @Test
    void spendsNothingOnLabelsWithoutNumbers() {
        var effort = new Effort(0);
        assertThat(Nesting.of(new double[LABELS][CONTEXTS], noTotals(), orders(), effort))
                .isEmpty();
        assertThat(effort.spent()).isFalse();
    }

    @Test
    void putsALabelWithoutNumbersIntoTheGroupThatItStandsIn() {
        var values = new double[30][1];
        values[0][0] = 1_234_567;
        values[1][0] = 1_000_000;
        values[3][0] = 234_567;
        values[4][0] = 99;
        var order = List.of(IntStream.range(0, 30).boxed().toList());
        var parents = Nesting.of(values, noTotals(1), order, new Effort(Effort.AT_MOST))
                .orElseThrow();
        assertThat(parents).startsWith(-1, 0, 0, 0, -1, -1).endsWith(-1);
    }

    /** Each number is more than all that follow it together, so that no sum of them ever comes to an end. */
    @Test
    void givesUpWhereEveryLabelWouldHaveToBeComparedWithAllThatFollow() {
        var values = new double[LABELS / 2][2 * CONTEXTS];
        for (int label = 0; label < values.length; label++) {
            java.util.Arrays.fill(values[label], Math.pow(2, values.length - label));
        }
        var order = List.of(IntStream.range(0, values.length).boxed().toList());
        var effort = new Effort(10_000_000);
        assertThat(Nesting.of(values, noTotals(2 * CONTEXTS), order, effort)).isEmpty();
        assertThat(effort.spent()).isTrue();
    }

    /** However early the search is broken off: what was found until then might not be all. */
    @Test
    void believesAllGroupsOrNone() {
        var values = new double[][] {{1000}, {600}, {250}, {350}, {400}, {500}, {180}, {320}};
        var totals = new Totals(new double[] {1500}, BitSet.valueOf(new long[] {1}));
        var order = List.of(IntStream.range(0, values.length).boxed().toList());
        var whole =
                Nesting.of(values, totals, order, new Effort(Effort.AT_MOST)).orElseThrow();
        int broken = 0;
        for (long atMost = 0; ; atMost++) {
            var effort = new Effort(atMost);
            var found = Nesting.of(values, totals, order, effort);
            if (!effort.spent()) {
                assertThat(found.orElseThrow()).isEqualTo(whole);
                break;
            }
            assertThat(found).isEmpty();
            broken++;
        }
        assertThat(broken).isGreaterThan(20);
    }

    private static List<List<Integer>> orders() {
        return List.of(IntStream.range(0, LABELS).boxed().toList());
    }

    private static Totals noTotals() {
        return noTotals(CONTEXTS);
    }

    private static Totals noTotals(int contexts) {
        return new Totals(new double[contexts], new BitSet());
    }
}
