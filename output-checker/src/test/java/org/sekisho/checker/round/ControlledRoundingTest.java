package org.sekisho.checker.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
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
            var rounded =
                    ControlledRounding.of(table.equations(), table.values(), 5).orElseThrow();
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
        assertThat(ControlledRounding.of(equations, new long[] {1, 1, 1, 3}, 5)).hasValue(new long[4]);
        // All up: 1 + 1 + 1 + 3. One part down: 1 + 1 + 4 + 2.
        assertThat(ControlledRounding.of(equations, new long[] {4, 4, 4, 12}, 5))
                .hasValue(new long[] {5, 5, 5, 15});
    }

    @Test
    void leavesMultiplesAlone() {
        var equations = Equations.over(3).total(2, 0, 1).build();
        assertThat(ControlledRounding.of(equations, new long[] {10, 15, 25}, 5)).hasValue(new long[] {10, 15, 25});
    }

    @Test
    void goesAStepFurtherWhereTheNearestMultiplesDoNotAddUp() {
        // The totals are multiples and would have to stay; then no part could be 0 or 2.
        var equations =
                Equations.over(6).total(3, 0, 1).total(4, 1, 2).total(5, 0, 2).build();
        var values = new long[] {1, 1, 1, 2, 2, 2};
        var rounded = ControlledRounding.of(equations, values, 2).orElseThrow();
        assertThat(rounded[3]).isEqualTo(rounded[0] + rounded[1]);
        assertThat(rounded[4]).isEqualTo(rounded[1] + rounded[2]);
        assertThat(rounded[5]).isEqualTo(rounded[0] + rounded[2]);
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
