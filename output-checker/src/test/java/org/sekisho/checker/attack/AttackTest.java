package org.sekisho.checker.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.suppress.FourByFour;
import org.sekisho.checker.table.Crossing;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.Tree;

class AttackTest {
    @Test
    void findsTheOneComputableCellOfTheFourByFourTable() {
        var answer = RankTest.run(FourByFour.TABLE.equations(), FourByFour.hidden());
        assertThat(answer.computable().stream()).containsExactly(FourByFour.cell("wb"));
    }

    @Test
    void boundsTheCellOnceAnotherOneIsHidden() {
        var hidden = FourByFour.hidden();
        hidden.set(FourByFour.cell("xd"));
        assertThat(RankTest.run(FourByFour.TABLE.equations(), hidden)
                        .computable()
                        .isEmpty())
                .isTrue();
        var interval = intervals(FourByFour.TABLE, hidden, 0).get(FourByFour.cell("wb"));
        assertThat(interval).isNotNull();
        assertThat(interval.lower()).isCloseTo(0, within(1e-6));
        assertThat(interval.upper()).isCloseTo(78, within(1e-6));
    }

    @Test
    void seesThatAnIntervalOfOnePointIsExact() {
        var table = Crossing.of(List.of(new Tree(List.of(-1, 0, 0))), new long[] {0, 1, 1});
        var hidden = BitSet.valueOf(new long[] {6});
        assertThat(RankTest.run(table.equations(), hidden).computable().isEmpty())
                .isTrue();
        assertThat(intervals(table, hidden, 1).values()).allMatch(Interval::exact);
        assertThat(intervals(table, hidden, 0).values()).noneMatch(Interval::exact);
    }

    @Test
    void leavesACellWithoutEquationsUnbounded() {
        var found = IntervalAudit.run(Knowledge.of(
                Equations.over(1).build(), BitSet.valueOf(new long[] {1}), new double[] {7}, new double[] {1}));
        assertThat(found).containsExactly(java.util.Map.entry(0, new Interval(1, Double.POSITIVE_INFINITY)));
        assertThat(new Interval(1, Double.POSITIVE_INFINITY).exact()).isFalse();
    }

    @Test
    void tellsWhatSomebodyAloneInACellCanUndo() {
        var equations = Equations.over(4).known(0, 1).known(2, 3).build();
        var answer = RankTest.run(equations, BitSet.valueOf(new long[] {15}));
        assertThat(answer.undoneBy(BitSet.valueOf(new long[] {1})).stream()).containsExactly(1);
        assertThat(answer.undoneBy(BitSet.valueOf(new long[] {3})).stream()).containsExactly(0, 1);
    }

    @Test
    void believesNoWitnessThatBreaksAnEquation() {
        var equations = Equations.over(3).total(2, 0, 1).build();
        RankTest.verify(equations, new long[] {1, RankTest.P - 1, 0});
        assertThatIllegalStateException()
                .isThrownBy(() -> RankTest.verify(equations, new long[] {1, RankTest.P - 2, 0}));
    }

    @Property(tries = 150)
    void agreesWithExactArithmetic(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var table = Crossing.of(
                List.of(new Tree(List.of(-1, 0, 0, 1, 1, 2, 2)), new Tree(List.of(-1, 0, 0, 0))), new long[28]);
        var hidden = new BitSet();
        for (int cell = 0; cell < 28; cell++) {
            hidden.set(cell, random.nextInt(100) < 45);
        }
        assertThat(RankTest.run(table.equations(), hidden).computable().stream().boxed())
                .containsExactlyInAnyOrderElementsOf(ExactArithmetic.computable(table.equations(), hidden));
    }

    @Property(tries = 40)
    void intervalsHoldTheTruthAndAreExactWhereTheRankTestSaysSo(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var dimensions = List.of(new Tree(List.of(-1, 0, 0, 0)), new Tree(List.of(-1, 0, 0, 0)));
        var table = Crossing.of(
                dimensions,
                LongStream.range(0, 16).map(any -> random.nextLong(30)).toArray());
        var hidden = new BitSet();
        for (int cell = 0; cell < 16; cell++) {
            hidden.set(cell, random.nextInt(100) < 50);
        }
        var computable = RankTest.run(table.equations(), hidden).computable();
        intervals(table, hidden, 0).forEach((cell, interval) -> {
            double truth = (double) table.values()[cell];
            assertThat(interval.lower()).isLessThanOrEqualTo(truth + 1e-6);
            assertThat(interval.upper()).isGreaterThanOrEqualTo(truth - 1e-6);
            if (computable.get(cell)) {
                assertThat(interval.exact()).isTrue();
            }
        });
    }

    private static java.util.Map<Integer, Interval> intervals(Crossing table, BitSet hidden, double lowest) {
        var values = LongStream.of(table.values()).asDoubleStream().toArray();
        var bounds = new double[values.length];
        java.util.Arrays.fill(bounds, lowest);
        return IntervalAudit.run(Knowledge.of(table.equations(), hidden, values, bounds));
    }
}
