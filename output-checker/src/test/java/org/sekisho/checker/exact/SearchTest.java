package org.sekisho.checker.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.attack.IndependentAttacker;
import org.sekisho.checker.attack.IntervalAudit;
import org.sekisho.checker.attack.Knowledge;
import org.sekisho.checker.suppress.FourByFour;
import org.sekisho.checker.table.Crossing;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.Tree;

class SearchTest {
    private static final double SECONDS = 60;

    @Test
    void findsTheOneCellThatTheFourByFourTableNeedsAndProvesIt() {
        var values = Arrays.stream(FourByFour.TABLE.values()).asDoubleStream().toArray();
        var problem = problem(FourByFour.TABLE.equations(), values, FourByFour.hidden(), new BitSet(), values, 1);
        var result = Search.run(problem, () -> SECONDS);
        assertThat(result.optimal()).isTrue();
        assertThat(result.secondary().cardinality()).isEqualTo(1);
        var hidden = FourByFour.hidden();
        hidden.or(result.secondary());
        var interval = Objects.requireNonNull(
                IntervalAudit.run(Knowledge.of(FourByFour.TABLE.equations(), hidden, values, new double[values.length]))
                        .get(FourByFour.cell("wb")));
        assertThat(interval.lower()).isCloseTo(0, within(1e-6));
        assertThat(interval.upper()).isCloseTo(78, within(1e-6));
    }

    @Test
    void saysWhichDemandCannotBeMet() {
        var equations = Equations.over(3).total(0, 1, 2).build();
        var primary = BitSet.valueOf(new long[] {2});
        var shown = BitSet.valueOf(new long[] {5});
        var problem = problem(equations, new double[] {10, 3, 7}, primary, shown, new double[] {1, 1, 1}, 1);
        var result = Search.run(problem, () -> SECONDS);
        assertThat(result.impossible()).extracting(Demand::cell).containsExactly(1);
        assertThat(result.optimal()).isFalse();
    }

    @Test
    void hasASafePatternEvenWithoutTimeToImproveIt() {
        var values = Arrays.stream(FourByFour.TABLE.values()).asDoubleStream().toArray();
        var problem = problem(FourByFour.TABLE.equations(), values, FourByFour.hidden(), new BitSet(), values, 1);
        var result = Search.run(problem, () -> 0);
        assertThat(safe(problem, values, result.secondary())).isTrue();
    }

    /** Nine inner cells and sides of totals; every choice of up to ten cells is tried by another solver. */
    @Property(tries = 25)
    void costsWhatTheBestOfAllPatternsCosts(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var rows = new Tree(List.of(-1, 0, 0));
        var columns = random.nextBoolean() ? new Tree(List.of(-1, 0, 0)) : new Tree(List.of(-1, 0, 0, 0));
        var inner = new long[rows.size() * columns.size()];
        for (int cell = 0; cell < inner.length; cell++) {
            inner[cell] = random.nextLong(1, 30);
        }
        var table = Crossing.of(List.of(rows, columns), inner);
        var values = Arrays.stream(table.values()).asDoubleStream().toArray();
        var primary = new BitSet();
        for (int cell = 0; cell < values.length; cell++) {
            primary.set(cell, values[cell] < 8);
        }
        var cost = new double[values.length];
        for (int cell = 0; cell < cost.length; cell++) {
            cost[cell] = 1 + random.nextInt(20);
        }
        int kind = random.nextInt(3);
        var problem = known(random, problem(table.equations(), values, primary, new BitSet(), cost, kind));
        var result = Search.run(problem, () -> SECONDS);
        double best = best(problem, values);
        if (Double.isInfinite(best)) {
            assertThat(result.impossible()).isNotEmpty();
        } else {
            assertThat(result.optimal()).isTrue();
            assertThat(result.cost()).isEqualTo(best);
            assertThat(safe(problem, values, result.secondary())).isTrue();
        }
    }

    /** Now and then one of the primary cells is known to whoever attacks the others. */
    private static Problem known(SplittableRandom random, Problem problem) {
        var primary = problem.primary().stream().toArray();
        if (primary.length < 2 || random.nextBoolean()) {
            return problem;
        }
        int knower = primary[random.nextInt(primary.length)];
        var demands = new ArrayList<>(problem.demands());
        problem.demands().stream()
                .filter(demand -> demand.cell() != knower)
                .map(demand -> new Demand(demand.cell(), demand.side(), demand.level(), knower))
                .forEach(demands::add);
        return problem.asking(demands);
    }

    private static double best(Problem problem, double[] values) {
        var free = new ArrayList<Integer>();
        for (int cell = 0; cell < values.length; cell++) {
            if (!problem.primary().get(cell)) {
                free.add(cell);
            }
        }
        double best = Double.POSITIVE_INFINITY;
        for (int choice = 0; choice < 1 << free.size(); choice++) {
            var secondary = new BitSet();
            for (int at = 0; at < free.size(); at++) {
                secondary.set(free.get(at), (choice >> at & 1) == 1);
            }
            if (problem.cost(secondary) < best && safe(problem, values, secondary)) {
                best = problem.cost(secondary);
            }
        }
        return best;
    }

    private static boolean safe(Problem problem, double[] values, BitSet secondary) {
        var hidden = (BitSet) secondary.clone();
        hidden.or(problem.primary());
        var highest = values.clone();
        for (int cell = 0; cell < values.length; cell++) {
            highest[cell] += problem.above()[cell];
        }
        return problem.demands().stream().collect(Collectors.groupingBy(Demand::knower)).entrySet().stream()
                .allMatch(entry -> safe(problem, values, highest, hidden, entry.getKey(), entry.getValue()));
    }

    private static boolean safe(
            Problem problem, double[] values, double[] highest, BitSet hidden, int knower, List<Demand> demands) {
        var unknown = (BitSet) hidden.clone();
        var asked = (BitSet) problem.primary().clone();
        if (knower != Demand.NOBODY) {
            unknown.clear(knower);
            asked.clear(knower);
        }
        var knowledge = new Knowledge(problem.equations(), unknown, values, new double[values.length], highest);
        var intervals = IndependentAttacker.intervals(knowledge, asked);
        return demands.stream().allMatch(demand -> {
            var interval = intervals.get(demand.cell());
            double value = values[demand.cell()];
            return interval != null && demand.metBy(value - interval.lower(), interval.upper() - value);
        });
    }

    /** @param kind 0 a tenth above and below, at most twice the value; 1 a width of 1; 2 a width of 5, bounded */
    private static Problem problem(
            Equations equations, double[] values, BitSet primary, BitSet shown, double[] cost, int kind) {
        var above = new double[values.length];
        for (int cell = 0; cell < above.length; cell++) {
            above[cell] = kind == 1 ? Double.POSITIVE_INFINITY : values[cell];
        }
        var demands = new ArrayList<Demand>();
        primary.stream().forEach(cell -> {
            if (kind == 0) {
                demands.add(new Demand(cell, Demand.Side.ABOVE, 0.1 * values[cell]));
                demands.add(new Demand(cell, Demand.Side.BELOW, 0.1 * values[cell]));
            } else {
                demands.add(new Demand(cell, Demand.Side.WIDTH, kind == 1 ? 1 : 5));
            }
        });
        return new Problem(equations, values.clone(), above, cost, primary, shown, demands);
    }
}
