package org.sekisho.checker.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.table.Crossing;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.Tree;

class ControlledRoundingTest {
    @Test
    void keepsTotalsTheSumsOfTheirPartsAndMovesNoCellByABaseInFlatTables() {
        var random = new SplittableRandom(17);
        for (int round = 0; round < 25; round++) {
            var table = random(random);
            var rounded = rounded(table.equations(), table.values(), 5);
            assertThat(Crossing.of(table.dimensions(), rounded).values()).isEqualTo(rounded);
            for (int cell = 0; cell < rounded.length; cell++) {
                assertThat(rounded[cell] % 5).isZero();
                assertThat(Math.abs(rounded[cell] - table.values()[cell])).isLessThan(5);
            }
        }
    }

    @Test
    void isNoFartherFromTheTruthThanAnyOther() {
        var equations = Equations.over(4).total(3, 0, 1, 2).build();
        // All down: 1 + 1 + 1 + 3. One part and the total up: 4 + 1 + 1 + 2.
        assertThat(rounded(equations, new long[] {1, 1, 1, 3}, 5)).isEqualTo(new long[4]);
        // All up: 1 + 1 + 1 + 3. One part down: 1 + 1 + 4 + 2.
        assertThat(rounded(equations, new long[] {4, 4, 4, 12}, 5)).isEqualTo(new long[] {5, 5, 5, 15});
    }

    @Test
    void leavesMultiplesAlone() {
        var equations = Equations.over(3).total(2, 0, 1).build();
        assertThat(rounded(equations, new long[] {10, 15, 25}, 5)).isEqualTo(new long[] {10, 15, 25});
    }

    @Test
    void goesAStepFurtherWhereTheNearestMultiplesDoNotAddUp() {
        // The totals are multiples and would have to stay; then no part could be 0 or 2.
        var equations =
                Equations.over(6).total(3, 0, 1).total(4, 1, 2).total(5, 0, 2).build();
        var values = new long[] {1, 1, 1, 2, 2, 2};
        var rounded = rounded(equations, values, 2);
        assertThat(rounded[3]).isEqualTo(rounded[0] + rounded[1]);
        assertThat(rounded[4]).isEqualTo(rounded[1] + rounded[2]);
        assertThat(rounded[5]).isEqualTo(rounded[0] + rounded[2]);
    }

    /** Whoever gives a table that does not add up: no multiples next to its cells do. */
    @Test
    void saysThatThereIsNoneSoNearWhereThatIsProved() {
        var equations = Equations.over(9).total(8, 0, 1, 2, 3, 4, 5, 6, 7).build();
        var values = new long[] {94, 94, 94, 94, 94, 94, 94, 94, 32};
        assertThat(ControlledRounding.of(equations, values, 10, () -> 20))
                .isEqualTo(new ControlledRounding.NotRounded(ControlledRounding.Reason.NONE_SO_NEAR));
    }

    @Test
    void endsWhenTheTimeIsOverAndSaysSo() {
        var table = random(new SplittableRandom(3));
        assertThat(ControlledRounding.of(table.equations(), table.values(), 5, () -> 0))
                .isEqualTo(new ControlledRounding.NotRounded(ControlledRounding.Reason.OUT_OF_TIME));
    }

    /** Four dimensions, so many cells that the proof takes minutes. */
    @Test
    void takesTheBestThatWasFoundInTheTime() {
        var random = new SplittableRandom(8);
        var dimensions = List.of(flat(6), flat(6), flat(6), flat(6));
        var table = Crossing.of(
                dimensions, random.longs(Crossing.cells(dimensions), 0, 40).toArray());
        long begin = System.nanoTime();
        var answer = ControlledRounding.of(table.equations(), table.values(), 3, () -> 2 - seconds(begin));
        assertThat(seconds(begin)).isLessThan(20);
        switch (answer) {
            case ControlledRounding.Rounded rounded -> {
                assertThat(Crossing.of(dimensions, rounded.values()).values()).isEqualTo(rounded.values());
                assertThat(LongStream.of(rounded.values())).allMatch(value -> value % 3 == 0);
            }
            case ControlledRounding.NotRounded none ->
                assertThat(none.reason()).isEqualTo(ControlledRounding.Reason.OUT_OF_TIME);
        }
    }

    @Test
    void saysWhenATableIsTooLarge() {
        assertThat(ControlledRounding.of(Equations.over(5_001).build(), new long[5_001], 5, () -> 1))
                .isEqualTo(new ControlledRounding.NotRounded(ControlledRounding.Reason.TOO_LARGE));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long[] rounded(Equations equations, long[] values, long base) {
        var answer = ControlledRounding.of(equations, values, base, () -> 60);
        assertThat(answer).isInstanceOf(ControlledRounding.Rounded.class);
        var rounded = (ControlledRounding.Rounded) answer;
        assertThat(rounded.nearest()).isTrue();
        return rounded.values();
    }

    private static Crossing random(SplittableRandom random) {
        var dimensions = List.of(flat(random.nextInt(2, 5)), flat(random.nextInt(2, 5)));
        var inner = new long[Crossing.cells(dimensions)];
        for (int cell = 0; cell < inner.length; cell++) {
            inner[cell] = random.nextInt(30);
        }
        return Crossing.of(dimensions, inner);
    }

    private static Tree flat(int leaves) {
        var parents = new java.util.ArrayList<Integer>();
        parents.add(-1);
        for (int leaf = 0; leaf < leaves; leaf++) {
            parents.add(0);
        }
        return new Tree(parents);
    }
}
