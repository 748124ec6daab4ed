package org.sekisho.checker.contribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import org.sekisho.checker.contribution.Difference.Kind;
import org.sekisho.checker.contribution.Difference.Of;
import org.sekisho.checker.contribution.Ledger.Comparison;

class LedgerTest {
    private static final int N = 10;

    private final List<Ledger.Release> releases = new ArrayList<>();

    @Test
    void findsAGroupThatGrewByOnePerson() {
        released("r-1", persons(0, 100), persons(100, 300));
        assertThat(told(against(persons(400, 500), persons(0, 101))))
                .containsExactly(difference(row(1), "r-1", row(0), Kind.MORE, 1));
    }

    @Test
    void findsAGroupThatShrankByNinePersons() {
        released("r-1", persons(0, 100));
        assertThat(told(against(persons(0, 91)))).containsExactly(difference(row(0), "r-1", row(0), Kind.FEWER, 9));
    }

    @Test
    void findsAnExchangeOfFew() {
        released("r-1", persons(0, 100));
        assertThat(told(against(persons(3, 104))))
                .containsExactly(difference(row(0), "r-1", row(0), Kind.EXCHANGED, 4));
    }

    @Test
    void saysNothingOfEqualGroupsNorOfThoseThatDifferByEnough() {
        released("r-1", persons(0, 100), persons(0, 110), persons(10, 110));
        assertThat(against(persons(0, 100)).differences()).isEmpty();
    }

    @Test
    void saysNothingOfSmallGroupsThatShareHardlyAnybody() {
        released("r-1", persons(0, 12));
        assertThat(against(persons(8, 17)).differences()).isEmpty();
    }

    @Test
    void findsATotalOfAllTownsButOneAndFewPersons() {
        released("r-1", persons(0, 40), persons(40, 90), persons(90, 200), persons(200, 300));
        assertThat(told(against(persons(0, 197))))
                .containsExactly(difference(row(0), "r-1", sum(0, 1, 2), Kind.FEWER, 3));
        assertThat(told(against(persons(40, 306))))
                .containsExactly(difference(row(0), "r-1", sum(1, 2, 3), Kind.MORE, 6));
    }

    @Tag("abuse-97")
    @Test
    void findsTownsThatAddUpToAnEarlierTotalButFew() {
        released("r-1", persons(0, 200));
        assertThat(told(against(persons(0, 50), persons(50, 120), persons(120, 196))))
                .containsExactly(difference(sum(0, 1, 2), "r-1", row(0), Kind.FEWER, 4));
    }

    @Test
    void findsTwoTablesOverDifferentKeysWhoseTotalsDifferByFew() {
        released("r-1", persons(0, 70), persons(70, 150), persons(150, 205));
        var odd = persons(0, 200);
        var even = persons(0, 200);
        IntStream.range(0, 200).forEach(person -> (person % 2 == 0 ? odd : even).remove(person));
        assertThat(told(against(odd, even))).containsExactly(difference(sum(0, 1), "r-1", sum(0, 1, 2), Kind.FEWER, 5));
    }

    @Test
    void aRowThatDiffersSpeaksForTheSumsOverIt() {
        released("r-1", persons(0, 100), persons(100, 200));
        assertThat(told(against(persons(0, 100), persons(100, 197))))
                .containsExactly(difference(row(1), "r-1", row(1), Kind.FEWER, 3));
    }

    @Test
    void countsSumsOfOverlappingCellsPersonByPerson() {
        // Everybody of 50 to 80 is in two cells: added up by size they would be too many.
        released("r-1", persons(0, 80), persons(50, 150));
        assertThat(told(against(persons(0, 155)))).containsExactly(difference(row(0), "r-1", sum(0, 1), Kind.MORE, 5));
        assertThat(against(persons(0, 180)).differences()).isEmpty();
    }

    @Test
    void findsTheOneFacilityThatWasTakenAway() {
        releases.add(Ledger.release("r-1", table(List.of(persons(0, 1_000)), List.of(persons(0, 5)))));
        var fewer = table(List.of(persons(0, 900)), List.of(persons(0, 4)));
        var ledger = new Ledger("o-new", releases, Map.of());
        assertThat(told(ledger.compare(List.of(fewer), N, 3)))
                .containsExactly(new Told(row(0), "r-1", row(0), Of.FACILITIES, Kind.FEWER, 1));
        assertThat(ledger.compare(List.of(fewer), N, 1).differences()).isEmpty();
    }

    @Test
    void aRowThatDiffersByAFacilityLeavesTheSumOverItToBeToldOf() {
        var earlier = Footprint.of("t.csv", Set.of("count"));
        earlier.cell(row(0), persons(0, 79), persons(0, 5));
        earlier.cell(row(1), persons(0, 200), null);
        releases.add(Ledger.release("r-1", earlier.build()));
        var fresh = Footprint.of("t.csv", Set.of("count"));
        var cells =
                new int[] {fresh.cell(row(0), persons(0, 60), persons(0, 4)), fresh.cell(row(1), persons(60, 196), null)
                };
        var table = fresh.layer(cells, List.of(cells)).build();
        assertThat(told(new Ledger("o-new", releases, Map.of()).compare(List.of(table), N, 3)))
                .containsExactlyInAnyOrder(
                        new Told(row(0), "r-1", row(0), Of.FACILITIES, Kind.FEWER, 1),
                        difference(sum(0, 1), "r-1", row(1), Kind.FEWER, 4));
    }

    @Test
    void saysThatTooManyCellsShareSomebodyInsteadOfKeepingThemAll() {
        int cells = 1 + (int) Math.sqrt(Comparing.PAIRS_AT_MOST);
        var everywhere = persons(0, N);
        var many = new RoaringBitmap[cells];
        Arrays.fill(many, everywhere);
        releases.add(Ledger.release("r-1", apart(many)));
        assertThat(new Ledger("o-new", releases, Map.of())
                        .compare(List.of(apart(many)), N, 1)
                        .complete())
                .isFalse();
    }

    /** Rows that nobody adds up. */
    private static Footprint apart(RoaringBitmap... rows) {
        var builder = Footprint.of("t.csv", Set.of("count"));
        IntStream.range(0, rows.length).forEach(row -> builder.cell(row(row), rows[row], null));
        return builder.build();
    }

    @Test
    void subtractsOnlyWhatIsMeasuredAlike() {
        releases.add(Ledger.release("r-1", rows("sum claim.points", persons(0, 98))));
        assertThat(new Ledger("o-new", releases, Map.of())
                        .compare(List.of(rows("count", persons(0, 100))), N, 1)
                        .differences())
                .isEmpty();
    }

    @Test
    void knowsPersonsWhoTurnedOutToBeOne() {
        released("r-1", persons(0, 100));
        // Person 99 of then is person 500 of now: nobody came, nobody went.
        var now = persons(0, 99);
        now.add(500);
        var ledger = new Ledger("o-new", releases, Map.of(99, 500));
        assertThat(ledger.compare(List.of(rows("count", now)), N, 1).differences())
                .isEmpty();
        assertThat(against(now).differences()).hasSize(1);
        // And where both were there, there is one fewer of them.
        released("r-2", now);
        assertThat(new Ledger("o-new", releases, Map.of(98, 500))
                        .compare(List.of(rows("count", persons(0, 98))), N, 1)
                        .differences())
                .extracting(Difference::release, Difference::number)
                .contains(org.assertj.core.groups.Tuple.tuple("r-2", 1L));
    }

    @Test
    void namesEveryReleaseThatItCannotBeComparedWith() {
        released("r-1", persons(0, 100));
        releases.add(new Ledger.Release.Unknown("r-2"));
        releases.add(new Ledger.Release.Damaged("r-3"));
        releases.add(new Ledger.Release.Known("r-4", Optional::empty));
        released("r-5", persons(0, 99));
        var comparison = against(persons(0, 101));
        assertThat(comparison.unknown()).containsExactly("r-2");
        assertThat(comparison.damaged()).containsExactly("r-3", "r-4");
        assertThat(comparison.differences()).extracting(Difference::release).containsExactlyInAnyOrder("r-1", "r-5");
        assertThat(comparison.cells()).isEqualTo(2);
    }

    private void released(String name, RoaringBitmap... rows) {
        releases.add(Ledger.release(name, rows("count", rows)));
    }

    private Comparison against(RoaringBitmap... rows) {
        return new Ledger("o-new", releases, Map.of()).compare(List.of(rows("count", rows)), N, 1);
    }

    /** A table with one key: any of its rows can be added up. */
    static Footprint rows(String measure, RoaringBitmap... rows) {
        var builder = Footprint.of("t.csv", Set.of(measure));
        var cells = IntStream.range(0, rows.length)
                .map(row -> builder.cell(row(row), rows[row], null))
                .toArray();
        return builder.layer(cells, List.of(cells)).build();
    }

    private static Footprint table(List<RoaringBitmap> persons, List<RoaringBitmap> facilities) {
        var builder = Footprint.of("t.csv", Set.of("count"));
        for (int row = 0; row < persons.size(); row++) {
            builder.cell(row(row), persons.get(row), facilities.get(row));
        }
        return builder.build();
    }

    /** What a difference says. */
    private record Told(Place fresh, String release, Place earlier, Of of, Kind kind, long number) {}

    private static List<Told> told(Comparison comparison) {
        return comparison.differences().stream()
                .map(each ->
                        new Told(each.fresh(), each.release(), each.earlier(), each.of(), each.kind(), each.number()))
                .toList();
    }

    private static Told difference(Place fresh, String release, Place earlier, Kind kind, int persons) {
        return new Told(fresh, release, earlier, Of.PERSONS, kind, persons);
    }

    static Place row(int row) {
        return new Place(Place.Kind.ROW, List.of(row), List.of("n"));
    }

    private static Place sum(Integer... rows) {
        return new Place(Place.Kind.SUM, Arrays.asList(rows), List.of("n"));
    }

    static RoaringBitmap persons(long from, long to) {
        var persons = new RoaringBitmap();
        persons.add(from, to);
        return persons;
    }
}
