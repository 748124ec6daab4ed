package org.sekisho.checker.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.table.Crossing;
import org.sekisho.checker.table.Equations;
import org.sekisho.checker.table.Tree;

class WholeNumbersTest {
    private static final int PARTS = 7;
    private static final int SUMS = 5;
    private static final List<Tree> CUBE =
            List.of(new Tree(List.of(-1, 0, 0)), new Tree(List.of(-1, 0, 0)), new Tree(List.of(-1, 0, 0, 0)));

    @Property(tries = 100)
    void findsInThreeDimensionsWhatTryingEveryTableFinds(@ForAll long seed) {
        var random = new SplittableRandom(seed);
        var table = Crossing.of(CUBE, random.longs(Crossing.cells(CUBE), 0, 3).toArray());
        var hidden = new BitSet();
        random.ints(14, 0, table.values().length).forEach(hidden::set);
        compare(table.equations(), hidden, table.values());
    }

    /** Sums of two and three of seven counts: linked tables, in which fractions go farther than whole numbers do. */
    @Test
    void findsCellsThatTheirIntervalsLeaveOpen() {
        var random = new SplittableRandom(1);
        int found = 0;
        for (int table = 0; table < 300; table++) {
            var equations = Equations.over(PARTS + SUMS);
            var values = Arrays.copyOf(random.longs(PARTS, 0, 4).toArray(), PARTS + SUMS);
            for (int sum = PARTS; sum < values.length; sum++) {
                var parts =
                        random.ints(random.nextInt(2, 4), 0, PARTS).distinct().toArray();
                values[sum] =
                        Arrays.stream(parts).mapToLong(part -> values[part]).sum();
                equations.total(sum, parts);
            }
            var hidden = new BitSet();
            hidden.set(0, PARTS);
            found += compare(equations.build(), hidden, values);
        }
        assertThat(found).isGreaterThan(5);
    }

    /** An even number, 2 or 3. */
    @Test
    void knowsThatTwiceACountIsEven() {
        var equations =
                Equations.over(6).total(0, 1, 2).total(4, 1, 3).total(5, 2, 3).build();
        var hidden = BitSet.valueOf(new long[] {15});
        var knowledge = new Knowledge(
                equations, hidden, new double[] {2, 1, 1, 5, 6, 6}, new double[] {2, 0, 0, 0, 0, 0}, new double[] {
                    3, 9, 9, 9, 9, 9
                });
        assertThat(at(IntervalAudit.run(knowledge), 0).whole()).isEqualTo(new Interval(2, 3));
        assertThat(WholeNumbers.run(knowledge, hidden).fixed().stream()).containsExactly(0, 1, 2, 3);
    }

    /** @return how many cells have one whole value alone though their intervals hold several */
    private static int compare(Equations equations, BitSet hidden, long[] table) {
        var values = Arrays.stream(table).asDoubleStream().toArray();
        var highest = new double[values.length];
        Arrays.fill(highest, Arrays.stream(values).max().orElseThrow());
        var knowledge = new Knowledge(equations, hidden, values, new double[values.length], highest);
        var answer = WholeNumbers.run(knowledge, hidden);
        assertThat(answer.open().isEmpty()).isTrue();
        var truth = BruteForce.intervals(equations, hidden, table, 0);
        assertThat(answer.fixed().stream().boxed().toList())
                .isEqualTo(hidden.stream()
                        .filter(cell ->
                                at(truth, cell).lower() == at(truth, cell).upper())
                        .boxed()
                        .toList());
        var intervals = IntervalAudit.run(knowledge);
        return (int) answer.fixed().stream()
                .filter(cell -> !at(intervals, cell).whole().exact())
                .count();
    }

    private static Interval at(Map<Integer, Interval> intervals, int cell) {
        return Objects.requireNonNull(intervals.get(cell));
    }
}
