package org.sekisho.checker.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.suppress.Question;
import org.sekisho.checker.suppress.Suppressor;
import org.sekisho.checker.table.Crossing;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.Tree;

class IntervalAuditTest {
    /** Of intervals, in parts of the largest value. */
    private static final double SAME = 1e-7;

    @Property(tries = 120)
    void agreesWithAnotherSolverOnHierarchicalTables(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        agrees(crossed(random, randomTable(random)));
    }

    /** Equations that share cells in any way, with signs, decimals, bounds on both sides. */
    @Property(tries = 120)
    void agreesWithAnotherSolverOnWhateverEquationsShareCells(@ForAll long seed) {
        agrees(linked(new SplittableRandom(seed)));
    }

    /** Large enough that hundreds of cells stand at their bounds on the way. */
    @Test
    void agreesWithAnotherSolverOnALargeTable() {
        var random = new SplittableRandom(5);
        var dimensions = List.of(tree(random, 5, 6), tree(random, 4, 3), new Tree(List.of(-1, 0, 0)));
        var knowledge = crossed(random, Crossing.of(dimensions, inner(random, dimensions)));
        var asked = new BitSet();
        knowledge.hidden().stream().filter(_ -> random.nextInt(12) == 0).forEach(asked::set);
        assertThat(asked.cardinality()).isGreaterThan(30);
        var intervals = IntervalAudit.run(knowledge, asked);
        compare(IndependentAttacker.intervals(knowledge, asked), intervals, knowledge);
    }

    /** In tables of two dimensions, one of them grouped, an interval ends where some table of whole numbers ends. */
    @Property(tries = 60)
    void reachesExactlyAsFarAsTablesOfWholeNumbersDo(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var dimensions = List.of(
                random.nextBoolean() ? new Tree(List.of(-1, 0, 0, 0)) : new Tree(List.of(-1, 0, 0, 1, 1, 2)),
                new Tree(List.of(-1, 0, 0)));
        var table = Crossing.of(dimensions, inner(random, dimensions, 4));
        var hidden = new BitSet();
        random.ints(7, 0, table.values().length).forEach(hidden::set);
        var found = IntervalAudit.run(noneAboveTheLargest(knowledge(table, hidden, 0)));
        var truth = BruteForce.intervals(table.equations(), hidden, table.values(), 0);
        truth.forEach((cell, interval) -> {
            assertThat(at(found, cell).lower()).as("lowest of %s", cell).isCloseTo(interval.lower(), within(1e-6));
            assertThat(at(found, cell).upper()).as("highest of %s", cell).isCloseTo(interval.upper(), within(1e-6));
        });
    }

    /**
     * Groups by columns, all totals, counts that everybody knows to be 1 or more where they are hidden. Not so in three
     * dimensions, where an interval can be wider than what whole numbers allow.
     */
    @Property(tries = 60)
    void whatPassesIsNotBrokenByTryingEveryTable(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var dimensions = List.of(new Tree(List.of(-1, 0, 0, 1, 1, 2)), new Tree(List.of(-1, 0, 0)));
        var table = Crossing.of(dimensions, inner(random, dimensions, 6));
        var primary = new BitSet();
        var shown = new BitSet();
        for (int cell = 0; cell < table.values().length; cell++) {
            primary.set(cell, table.values()[cell] > 0 && table.values()[cell] < 3);
            shown.set(cell, table.values()[cell] == 0);
        }
        var cost = Arrays.stream(table.values())
                .asDoubleStream()
                .map(value -> 1 + value)
                .toArray();
        var hidden = Suppressor.suppress(new Question(table.equations(), cost, primary, shown))
                .hidden(primary);
        var audited = IntervalAudit.run(noneAboveTheLargest(knowledge(table, hidden, 1)));
        var truth = BruteForce.intervals(table.equations(), hidden, table.values(), 1);
        hidden.stream().forEach(cell -> {
            var possible = at(truth, cell);
            var claimed = at(audited, cell).whole();
            assertThat(claimed.lower()).isLessThanOrEqualTo(possible.lower());
            assertThat(claimed.upper()).isGreaterThanOrEqualTo(possible.upper());
            if (claimed.lower() < claimed.upper()) {
                assertThat(possible.lower())
                        .as("cell %s passes with %s", cell, claimed)
                        .isLessThan(possible.upper());
            }
        });
    }

    @Property(tries = 40)
    void doesNotDependOnTheOrderOfCellsAndEquations(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var knowledge = crossed(random, randomTable(random));
        var places = shuffled(random, knowledge.values().length);
        var moved = IntervalAudit.run(moved(knowledge, places, random));
        var back = new java.util.TreeMap<Integer, Interval>();
        knowledge.hidden().stream().forEach(cell -> back.put(cell, at(moved, places[cell])));
        compare(IntervalAudit.run(knowledge), back, knowledge);
    }

    @Property(tries = 40)
    void answersTheSameWhateverElseIsAsked(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var knowledge = crossed(random, randomTable(random));
        var all = IntervalAudit.run(knowledge);
        var asked = new BitSet();
        knowledge.hidden().stream().filter(_ -> random.nextBoolean()).forEach(asked::set);
        var some = IntervalAudit.run(knowledge, asked);
        asked.stream().forEach(cell -> assertThat(some.get(cell)).isEqualTo(all.get(cell)));
    }

    @Property(tries = 40)
    void climbsAsFarAsTheWholeProgrammeSays(@ForAll long seed) {
        int asked = 0;
        int unproved = 0;
        var random = new SplittableRandom(seed);
        var knowledge = linked(random);
        for (var cluster : Cluster.of(knowledge.equations(), knowledge.hidden())) {
            var bundles = new Bundles(knowledge.equations(), cluster);
            var leeway = Leeway.of(bundles, cluster, knowledge);
            var climb = new Climb(Elimination.of(bundles), leeway);
            try (var programme = new Programme(bundles, leeway)) {
                for (int bundle = 0; bundle < bundles.size(); bundle++) {
                    for (boolean upward : new boolean[] {false, true}) {
                        double climbed = climb.push(bundle, upward);
                        asked++;
                        if (Double.isNaN(climbed)) {
                            unproved++;
                        } else {
                            assertThat(climbed).isCloseTo(programme.push(bundle, upward), within(SAME * 1000));
                        }
                    }
                }
            }
        }
        // A climb may leave a question open, but if it did so often it would be of no use.
        assertThat(unproved).isLessThanOrEqualTo(1 + asked / 100);
    }

    /** Sums so wide that the audit leaves them to a solver. */
    @Test
    void agreesWithAnotherSolverOnWideSums() {
        var random = new SplittableRandom(3);
        var dimensions = List.of(new Tree(parents(260)), new Tree(List.of(-1, 0, 0, 0)));
        var table = Crossing.of(dimensions, inner(random, dimensions));
        var hidden = all(table.values().length);
        IntStream.range(0, 400).forEach(_ -> hidden.clear(random.nextInt(table.values().length)));
        var knowledge = knowledge(table, hidden, 1);
        var asked = new BitSet();
        hidden.stream().filter(_ -> random.nextInt(20) == 0).forEach(asked::set);
        compare(IndependentAttacker.intervals(knowledge, asked), IntervalAudit.run(knowledge, asked), knowledge);
    }

    private static List<Integer> parents(int leaves) {
        return IntStream.rangeClosed(0, leaves)
                .mapToObj(node -> node == 0 ? -1 : 0)
                .toList();
    }

    /** One equation alone needs no programme: signs, bounds on either side or none. */
    @Property(tries = 150)
    void agreesWithAnotherSolverOnASingleEquation(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var any = linked(random);
        var equation = Equations.over(any.values().length);
        any.hidden().stream()
                .filter(_ -> random.nextInt(3) > 0)
                .forEach(cell -> equation.add(cell, random.nextBoolean() ? 1 : -1));
        agrees(new Knowledge(equation.end().build(), any.hidden(), any.values(), any.lowest(), any.highest()));
    }

    private static void agrees(Knowledge knowledge) {
        compare(IndependentAttacker.intervals(knowledge), IntervalAudit.run(knowledge), knowledge);
    }

    private static void compare(Map<Integer, Interval> expected, Map<Integer, Interval> found, Knowledge knowledge) {
        double largest = Arrays.stream(knowledge.values()).map(Math::abs).max().orElse(0);
        var same = within(SAME * (1 + largest));
        assertThat(found.keySet()).containsAll(expected.keySet());
        expected.forEach((cell, interval) -> {
            assertThat(at(found, cell).lower()).as("lower end of %s", cell).isCloseTo(interval.lower(), same);
            assertThat(at(found, cell).upper()).as("upper end of %s", cell).isCloseTo(interval.upper(), same);
        });
    }

    private static Interval at(Map<Integer, Interval> intervals, int cell) {
        return Objects.requireNonNull(intervals.get(cell));
    }

    private static Crossing randomTable(SplittableRandom random) {
        var dimensions = List.of(
                tree(random, 1 + random.nextInt(3), random.nextInt(3)),
                tree(random, 2, random.nextInt(3)),
                new Tree(random.nextBoolean() ? List.of(-1) : List.of(-1, 0, 0)));
        return Crossing.of(dimensions, inner(random, dimensions));
    }

    private static Tree tree(SplittableRandom random, int groups, int members) {
        var parents = new java.util.ArrayList<Integer>(List.of(-1));
        IntStream.range(0, groups).forEach(_ -> parents.add(0));
        for (int group = 1; group <= groups; group++) {
            int its = members == 0 ? 0 : random.nextInt(members + 1);
            for (int member = 0; member < its; member++) {
                parents.add(group);
            }
        }
        return new Tree(parents);
    }

    private static long[] inner(SplittableRandom random, List<Tree> dimensions) {
        return inner(random, dimensions, 40);
    }

    private static long[] inner(SplittableRandom random, List<Tree> dimensions, int below) {
        return random.longs(Crossing.cells(dimensions), 0, below).toArray();
    }

    private static Knowledge crossed(SplittableRandom random, Crossing table) {
        int percent = random.nextInt(20, 90);
        var hidden = new BitSet();
        for (int cell = 0; cell < table.values().length; cell++) {
            hidden.set(cell, random.nextInt(100) < percent);
        }
        return knowledge(table, hidden, random.nextInt(2));
    }

    private static Knowledge knowledge(Crossing table, BitSet hidden, double lowest) {
        var values = Arrays.stream(table.values()).asDoubleStream().toArray();
        var bounds = new double[values.length];
        Arrays.setAll(bounds, cell -> Math.min(lowest, values[cell]));
        return Knowledge.of(table.equations(), hidden, values, bounds);
    }

    private static Knowledge noneAboveTheLargest(Knowledge known) {
        var highest = new double[known.values().length];
        Arrays.fill(highest, Arrays.stream(known.values()).max().orElse(0));
        return new Knowledge(known.equations(), known.hidden(), known.values(), known.lowest(), highest);
    }

    private static Knowledge linked(SplittableRandom random) {
        int cells = random.nextInt(3, 25);
        var values = random.doubles(cells, -20, 60)
                .map(value -> Math.rint(value * 100) / 100)
                .toArray();
        var lowest = new double[cells];
        var highest = new double[cells];
        for (int cell = 0; cell < cells; cell++) {
            lowest[cell] = random.nextInt(6) == 0
                    ? Double.NEGATIVE_INFINITY
                    : values[cell] - (random.nextInt(4) == 0 ? 0 : random.nextInt(50));
            highest[cell] = random.nextInt(3) == 0
                    ? Double.POSITIVE_INFINITY
                    : values[cell] + (random.nextInt(4) == 0 ? 0 : random.nextInt(90));
        }
        var equations = Equations.over(cells);
        for (int equation = random.nextInt(1, 1 + cells); equation > 0; equation--) {
            for (int cell = 0; cell < cells; cell++) {
                if (random.nextInt(cells) < 4) {
                    equations.add(cell, random.nextBoolean() ? 1 : -1);
                }
            }
            equations.end();
        }
        var hidden = all(cells);
        hidden.clear(random.nextInt(cells));
        return new Knowledge(equations.build(), hidden, values, lowest, highest);
    }

    private static BitSet all(int cells) {
        var all = new BitSet();
        all.set(0, cells);
        return all;
    }

    private static int[] shuffled(SplittableRandom random, int size) {
        var places = IntStream.range(0, size).toArray();
        for (int at = size - 1; at > 0; at--) {
            int other = random.nextInt(at + 1);
            int place = places[at];
            places[at] = places[other];
            places[other] = place;
        }
        return places;
    }

    private static Knowledge moved(Knowledge knowledge, int[] places, SplittableRandom random) {
        int size = knowledge.values().length;
        var values = new double[size];
        var lowest = new double[size];
        var highest = new double[size];
        var hidden = new BitSet();
        for (int cell = 0; cell < size; cell++) {
            values[places[cell]] = knowledge.values()[cell];
            lowest[places[cell]] = knowledge.lowest()[cell];
            highest[places[cell]] = knowledge.highest()[cell];
            hidden.set(places[cell], knowledge.hidden().get(cell));
        }
        var from = knowledge.equations();
        var equations = Equations.over(size);
        for (int equation : shuffled(random, from.size())) {
            for (int at = from.from(equation); at < from.from(equation + 1); at++) {
                equations.add(places[from.cell(at)], from.sign(at));
            }
            equations.end();
        }
        return new Knowledge(equations.build(), hidden, values, lowest, highest);
    }
}
