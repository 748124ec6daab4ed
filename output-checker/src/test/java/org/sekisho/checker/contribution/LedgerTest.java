package org.sekisho.checker.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import org.sekisho.checker.contribution.Difference.Kind;

class LedgerTest {
    private final Ledger ledger = new Ledger();

    @Test
    void findsAGroupThatGrewByOnePerson() {
        ledger.add("r-1", "a.csv", List.of(persons(0, 100), persons(100, 300)));
        assertThat(ledger.against(List.of(persons(400, 500), persons(0, 101)), 10))
                .containsExactly(new Difference(1, "r-1", "a.csv", 0, Kind.MORE, 1));
    }

    @Test
    void findsAGroupThatShrankByNinePersons() {
        ledger.add("r-1", "a.csv", List.of(persons(0, 100)));
        assertThat(ledger.against(List.of(persons(0, 91)), 10))
                .containsExactly(new Difference(0, "r-1", "a.csv", 0, Kind.FEWER, 9));
    }

    @Test
    void findsAnExchangeOfFew() {
        ledger.add("r-1", "a.csv", List.of(persons(0, 100)));
        assertThat(ledger.against(List.of(persons(3, 104)), 10))
                .containsExactly(new Difference(0, "r-1", "a.csv", 0, Kind.EXCHANGED, 4));
    }

    @Test
    void saysNothingOfEqualGroupsNorOfThoseThatDifferByEnough() {
        ledger.add("r-1", "a.csv", List.of(persons(0, 100), persons(0, 110), persons(10, 110)));
        assertThat(ledger.against(List.of(persons(0, 100)), 10)).isEmpty();
    }

    @Test
    void saysNothingOfSmallGroupsThatShareHardlyAnybody() {
        ledger.add("r-1", "a.csv", List.of(persons(0, 12)));
        assertThat(ledger.against(List.of(persons(8, 17)), 10)).isEmpty();
    }

    @Test
    void namesEveryRelease() {
        ledger.add("r-1", "a.csv", List.of(persons(0, 100)));
        ledger.add("r-2", "b.csv", List.of(persons(500, 600), persons(0, 99)));
        assertThat(ledger.against(List.of(persons(0, 101)), 10))
                .extracting(Difference::release, Difference::earlierRow)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("r-1", 0), org.assertj.core.groups.Tuple.tuple("r-2", 1));
        assertThat(ledger.cells()).isEqualTo(3);
    }

    @Test
    void agreesWithComparingAllPairs() {
        var random = new SplittableRandom(5);
        for (int round = 0; round < 60; round++) {
            var fresh = new Ledger();
            var earlier = new ArrayList<List<RoaringBitmap>>();
            for (int release = 0; release < 4; release++) {
                earlier.add(table(random));
                fresh.add("r-" + release, "t.csv", earlier.getLast());
            }
            var rows = table(random);
            int n = random.nextInt(2, 12);
            Set<Difference> expected = new HashSet<>();
            for (int release = 0; release < 4; release++) {
                for (int old = 0; old < earlier.get(release).size(); old++) {
                    for (int row = 0; row < rows.size(); row++) {
                        add(expected, rows.get(row), row, earlier.get(release).get(old), "r-" + release, old, n);
                    }
                }
            }
            assertThat(new HashSet<>(fresh.against(rows, n))).isEqualTo(expected);
        }
    }

    private static void add(
            Set<Difference> expected, RoaringBitmap now, int row, RoaringBitmap then, String release, int old, int n) {
        int more = RoaringBitmap.andNot(now, then).getCardinality();
        int fewer = RoaringBitmap.andNot(then, now).getCardinality();
        int common = RoaringBitmap.and(now, then).getCardinality();
        if (more < n && fewer < n && more + fewer > 0 && common >= more + fewer) {
            var kind = fewer == 0 ? Kind.MORE : more == 0 ? Kind.FEWER : Kind.EXCHANGED;
            expected.add(new Difference(row, release, "t.csv", old, kind, Math.max(more, fewer)));
        }
    }

    /** Runs of persons that begin and end nearly alike. */
    private static List<RoaringBitmap> table(SplittableRandom random) {
        var rows = new ArrayList<RoaringBitmap>();
        for (int row = 0; row < 20; row++) {
            int from = random.nextInt(6) * 20 + random.nextInt(4);
            var cell = persons(from, from + random.nextInt(1, 4) * 15 + random.nextInt(5));
            for (int change = random.nextInt(4); change > 0; change--) {
                cell.flip((long) random.nextInt(200), (long) random.nextInt(200, 202));
            }
            rows.add(cell);
        }
        return rows;
    }

    private static RoaringBitmap persons(long from, long to) {
        var persons = new RoaringBitmap();
        persons.add(from, to);
        return persons;
    }
}
