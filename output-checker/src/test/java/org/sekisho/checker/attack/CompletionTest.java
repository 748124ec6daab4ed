package org.sekisho.checker.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.table.Crossing;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.Tree;

class CompletionTest {
    private static final List<Tree> DIMENSIONS =
            List.of(new Tree(List.of(-1, 0, 0, 1, 1)), new Tree(List.of(-1, 0, 0)), new Tree(List.of(-1, 0, 0, 0)));

    /** Intervals do not depend on which table they are measured from. */
    @Property(tries = 60)
    void findsATableFromWhichIntervalsAreTheSameAsFromTheTrueOne(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var truth = knowledge(random);
        var forgotten = truth.values().clone();
        truth.hidden().stream().forEach(cell -> forgotten[cell] = Double.NaN);
        var known = new Knowledge(truth.equations(), truth.hidden(), forgotten, truth.lowest(), truth.highest());
        var table = Completion.of(known).orElseThrow();
        fits(truth, table);
        var found = IntervalAudit.run(
                new Knowledge(truth.equations(), truth.hidden(), table, truth.lowest(), truth.highest()));
        IntervalAudit.run(truth).forEach((cell, interval) -> {
            var its = Objects.requireNonNull(found.get(cell));
            assertThat(its.lower()).isCloseTo(interval.lower(), within(1e-5));
            assertThat(its.upper()).isCloseTo(interval.upper(), within(1e-5));
        });
        var whole = Completion.ofWholeNumbers(known).orElseThrow();
        fits(truth, whole);
        assertThat(whole).containsExactly(Arrays.stream(whole).map(Math::rint).toArray());
    }

    @Test
    void findsNoneWhereThereIsNone() {
        var equations = Equations.over(3).total(2, 0, 1).build();
        var hidden = BitSet.valueOf(new long[] {3});
        assertThat(Completion.of(Knowledge.of(equations, hidden, new double[] {0, 0, 5}, new double[3])))
                .isPresent();
        assertThat(Completion.of(Knowledge.of(equations, hidden, new double[] {0, 0, -5}, new double[3])))
                .isEmpty();
        assertThat(Completion.of(new Knowledge(
                        equations, hidden, new double[] {0, 0, 5}, new double[3], new double[] {2, 2, 9})))
                .isEmpty();
    }

    /** Twice one cell is an odd number. */
    @Test
    void findsNoWholeNumbersWhereOnlyFractionsFit() {
        var odd = Equations.over(4).total(3, 0, 1).total(3, 0, 2).total(3, 1, 2).build();
        var hidden = BitSet.valueOf(new long[] {7});
        var knowledge = Knowledge.of(odd, hidden, new double[] {0, 0, 0, 5}, new double[4]);
        assertThat(Completion.of(knowledge)).hasValue(new double[] {2.5, 2.5, 2.5, 5});
        assertThat(Completion.ofWholeNumbers(knowledge)).isEmpty();
    }

    private static void fits(Knowledge knowledge, double[] table) {
        var equations = knowledge.equations();
        for (int equation = 0; equation < equations.size(); equation++) {
            double sum = 0;
            for (int at = equations.from(equation); at < equations.from(equation + 1); at++) {
                sum += equations.sign(at) * table[equations.cell(at)];
            }
            assertThat(sum).isCloseTo(0, within(1e-6));
        }
        for (int cell = 0; cell < table.length; cell++) {
            if (knowledge.hidden().get(cell)) {
                assertThat(table[cell])
                        .isBetween(knowledge.lowest()[cell], knowledge.highest()[cell]);
            } else {
                assertThat(table[cell]).isEqualTo(knowledge.values()[cell]);
            }
        }
    }

    private static Knowledge knowledge(SplittableRandom random) {
        var table = Crossing.of(
                DIMENSIONS, random.longs(Crossing.cells(DIMENSIONS), 0, 20).toArray());
        var hidden = new BitSet();
        var values = Arrays.stream(table.values()).asDoubleStream().toArray();
        var highest = new double[values.length];
        Arrays.fill(highest, Double.POSITIVE_INFINITY);
        for (int cell = 0; cell < values.length; cell++) {
            hidden.set(cell, random.nextInt(100) < 50);
            if (random.nextInt(4) == 0) {
                highest[cell] = values[cell] + random.nextInt(5);
            }
        }
        return new Knowledge(table.equations(), hidden, values, new double[values.length], highest);
    }
}
