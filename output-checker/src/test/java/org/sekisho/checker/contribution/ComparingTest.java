package org.sekisho.checker.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import org.sekisho.checker.contribution.Difference.Kind;

/**
 * Small tables over few persons, against every subset of rows that there is. Where rows share persons, a sum tells of its
 * rows of the data, not of its persons alone: then what is reported must be there, but not every subset is.
 */
class ComparingTest {
    private static final int PERSONS = 60;
    private static final int ROUNDS = 1_500;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsWhatTryingAllSumsFindsAndNothingElse(boolean apart) {
        var random = new SplittableRandom(apart ? 1 : 2);
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int n = random.nextInt(2, 7);
            var then = rows(random, n, apart, List.of());
            var now = rows(random, n, apart, then);
            var reported = new Comparing(
                            new Sought(LedgerTest.rows("count", now.toArray(RoaringBitmap[]::new))),
                            n,
                            1,
                            "r",
                            LedgerTest.rows("count", then.toArray(RoaringBitmap[]::new)))
                    .run();
            reported.forEach(difference -> holds(difference, now, then, n));
            assertThat(pairs(reported)).isEqualTo(allPairs(now, then, n));
            if (!apart) {
                continue;
            }
            for (int row = 0; row < now.size(); row++) {
                int here = row;
                if (sums(then).anyMatch(sum -> tells(now.get(here), sum, n))) {
                    assertThat(reported).anyMatch(each -> each.fresh().rows().equals(List.of(here)));
                    found++;
                }
            }
            for (int row = 0; row < then.size(); row++) {
                int there = row;
                if (sums(now).anyMatch(sum -> tells(sum, then.get(there), n))) {
                    assertThat(reported).anyMatch(each -> each.earlier().rows().equals(List.of(there)));
                    found++;
                }
            }
            var all = sum(now, IntStream.range(0, now.size()).boxed().toList());
            if (now.size() > 1 && sums(then).anyMatch(sum -> tells(all, sum, n))) {
                assertThat(reported).anyMatch(each -> each.fresh().rows().size() == now.size());
                found++;
            }
        }
        assertThat(found > ROUNDS / 5).isEqualTo(apart);
    }

    /** What is reported is there: the sets that the places name differ just so. */
    private static void holds(Difference difference, List<RoaringBitmap> now, List<RoaringBitmap> then, int n) {
        var fresh = sum(now, difference.fresh().rows());
        var earlier = sum(then, difference.earlier().rows());
        int more = RoaringBitmap.andNot(fresh, earlier).getCardinality();
        int fewer = RoaringBitmap.andNot(earlier, fresh).getCardinality();
        assertThat(Math.max(more, fewer)).isEqualTo(difference.number()).isBetween(1, n - 1);
        assertThat(difference.kind()).isEqualTo(fewer == 0 ? Kind.MORE : more == 0 ? Kind.FEWER : Kind.EXCHANGED);
    }

    /** One holds all of the other and few more. */
    private static boolean tells(RoaringBitmap one, RoaringBitmap other, int n) {
        int more = RoaringBitmap.andNot(one, other).getCardinality();
        int fewer = RoaringBitmap.andNot(other, one).getCardinality();
        return RoaringBitmap.intersects(one, other) && (more == 0 ^ fewer == 0) && more + fewer < n;
    }

    private static Set<List<Integer>> pairs(Set<Difference> reported) {
        var pairs = new HashSet<List<Integer>>();
        reported.stream()
                .filter(each ->
                        each.fresh().kind() == Place.Kind.ROW && each.earlier().kind() == Place.Kind.ROW)
                .forEach(each -> pairs.add(List.of(
                        each.fresh().rows().getFirst(), each.earlier().rows().getFirst())));
        return pairs;
    }

    private static Set<List<Integer>> allPairs(List<RoaringBitmap> now, List<RoaringBitmap> then, int n) {
        var pairs = new HashSet<List<Integer>>();
        for (int row = 0; row < now.size(); row++) {
            for (int old = 0; old < then.size(); old++) {
                int more = RoaringBitmap.andNot(now.get(row), then.get(old)).getCardinality();
                int fewer = RoaringBitmap.andNot(then.get(old), now.get(row)).getCardinality();
                int common = RoaringBitmap.and(now.get(row), then.get(old)).getCardinality();
                boolean few = more < n && fewer < n && more + fewer > 0 && common > 0;
                if (few && (more == 0 || fewer == 0 || common >= more + fewer)) {
                    pairs.add(List.of(row, old));
                }
            }
        }
        return pairs;
    }

    /** Every sum of two rows and more. */
    private static Stream<RoaringBitmap> sums(List<RoaringBitmap> rows) {
        return IntStream.range(1, 1 << rows.size())
                .filter(chosen -> Integer.bitCount(chosen) > 1)
                .mapToObj(chosen -> sum(
                        rows,
                        IntStream.range(0, rows.size())
                                .filter(row -> (chosen >> row & 1) == 1)
                                .boxed()
                                .toList()));
    }

    private static RoaringBitmap sum(List<RoaringBitmap> rows, List<Integer> chosen) {
        var sum = new RoaringBitmap();
        chosen.forEach(row -> sum.or(rows.get(row)));
        return sum;
    }

    /** Rows of n persons and more, as those that leave have; often nearly sums or parts of the other table's. */
    private static List<RoaringBitmap> rows(SplittableRandom random, int n, boolean apart, List<RoaringBitmap> like) {
        var rows = new ArrayList<RoaringBitmap>();
        var taken = new RoaringBitmap();
        for (int row = random.nextInt(1, 6); row > 0; row--) {
            var cell = new RoaringBitmap();
            if (!like.isEmpty() && random.nextInt(3) > 0) {
                like.forEach(other -> {
                    if (random.nextBoolean()) {
                        cell.or(other);
                    }
                });
            } else {
                int from = random.nextInt(PERSONS);
                cell.add(from, (long) from + random.nextInt(n, 20));
            }
            for (int change = random.nextInt(4); change > 0; change--) {
                int person = random.nextInt(PERSONS);
                cell.flip(person, person + 1L);
            }
            if (apart) {
                cell.andNot(taken);
            }
            if (cell.getCardinality() >= n) {
                taken.or(cell);
                rows.add(cell);
            }
        }
        return rows.isEmpty() ? List.of(LedgerTest.persons(0, n)) : rows;
    }
}
