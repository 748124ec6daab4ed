package org.sekisho.checker.exact;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.Loader;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.table.Equations;

class AttackerTest {
    private static final BitSet HIDDEN = BitSet.valueOf(new long[] {3});

    @BeforeAll
    static void solver() {
        Loader.loadNativeLibraries();
    }

    @Test
    void holdsWhatTheOutsiderKnows() {
        assertThat(pushed(5, 1)).isZero();
        assertThat(pushed(5, Demand.NOBODY)).isEqualTo(1);
    }

    @Test
    void holdsNothingWhereWhatHeKnowsIsPublished() {
        assertThat(pushed(5, 2)).isEqualTo(1);
    }

    @Test
    void takesNoErrorOfTheSolverForFreedom() {
        assertThat(pushed(Double.NaN, Demand.NOBODY)).isZero();
    }

    /** Two hidden cells whose sum is known, and a published one. */
    private static double pushed(double room, int knower) {
        var rooms = new double[3];
        Arrays.fill(rooms, room);
        var problem = new Problem(
                Equations.over(3).total(2, 0, 1).build(), rooms, rooms, new double[3], HIDDEN, new BitSet(), List.of());
        try (var attacker = new Attacker(problem, HIDDEN)) {
            return attacker.push(new Demand(0, Demand.Side.WIDTH, 1, knower), 1);
        }
    }
}
