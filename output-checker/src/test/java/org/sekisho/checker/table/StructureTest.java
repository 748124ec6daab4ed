package org.sekisho.checker.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.table.Measure.Kind;

class StructureTest {
    @Test
    void findsTotalsOfACrossTableInBothDirections() {
        var table = table(
                words("reg", "N", "N", "N", "S", "S", "S", "計", "計", "計"),
                words("sex", "F", "M", "計", "F", "M", "計", "F", "M", "計"),
                whole("人数", 1, 2, 3, 4, 5, 9, 5, 7, 12));
        var found = structure(table);
        assertThat(found.totals().stream()).containsExactly(2, 5, 6, 7, 8);
        assertThat(found.equations()).hasSize(6);
        assertThat(found.broken()).isEmpty();
    }

    @Test
    void saysThatSumsAreUnknownWhereEachOfManyRowsThatLookAlikeMayBeThatOfAll() {
        int rows = 12_000;
        var region = new String[rows];
        var persons = new long[rows];
        Arrays.fill(region, 0, rows / 2, "N");
        Arrays.fill(persons, 7);
        var found = structure(table(words("reg", region), whole("n", persons)));
        assertThat(found.groupsUnknown()).isTrue();
        assertThat(found.equations()).hasSizeLessThan(rows / 2);
    }

    @Test
    void findsSubtotalsOfAHierarchyMadeByRollup() {
        var table = table(
                words("reg", "N", "N", "N", "S", "S", "S", null),
                words("mun", "n1", "n2", null, "s1", "s2", null, null),
                whole("n", 1, 2, 3, 4, 5, 9, 12));
        var found = structure(table);
        assertThat(found.totals().stream()).containsExactly(2, 5, 6);
        assertThat(found.equations()).hasSize(3);
        assertThat(found.hierarchies()).containsExactly(List.of(0, 1));
    }

    @Test
    void findsAGrandTotalOverTwoKeysWithoutSubtotals() {
        var table = table(
                words("reg", "N", "N", "S", "Total"), words("sex", "F", "M", "F", "Total"), whole("n", 1, 2, 4, 7));
        assertThat(structure(table).totals().stream()).containsExactly(3);
    }

    @Test
    void saysWhichTotalDoesNotAddUp() {
        var table = table(words("reg", "N", "S", "Total"), whole("n", 10, 20, 31));
        assertThat(structure(table).broken()).containsExactly(new Structure.Broken(2, 1, 31, 30));
    }

    @Test
    void findsRegionsAndTheirTownsInOneColumn() {
        var found = structure(table(
                words("area", "North", "n1", "n2", "South", "s1", "s2", "s3", "Total"),
                whole("n", 121, 51, 70, 266, 60, 93, 113, 387)));
        assertThat(found.broken()).isEmpty();
        assertThat(sums(found)).containsExactlyInAnyOrder("0=1+2", "3=4+5+6", "7=0+3");
        assertThat(found.totals().stream()).containsExactly(0, 3, 7);
    }

    @Test
    void findsThemInWhateverOrderTheyStand() {
        var found = structure(table(
                words("area", "s2", "n2", "Total", "s3", "South", "n1", "North", "s1"),
                whole("n", 93, 70, 387, 113, 266, 51, 121, 60)));
        assertThat(sums(found)).containsExactlyInAnyOrder("6=1+5", "4=0+3+7", "2=4+6");
    }

    @Test
    void findsThemWithoutATotalWhenAllColumnsOfNumbersAgree() {
        var found = structure(table(
                words("area", "North", "n1", "n2", "North", "n1", "n2", "West", "West"),
                words("sex", "F", "F", "F", "M", "M", "M", "F", "M"),
                whole("n", 120, 50, 70, 133, 60, 73, 91, 80)));
        assertThat(sums(found)).containsExactlyInAnyOrder("0=1+2", "3=4+5");
    }

    @Test
    void findsGroupsWithinGroups() {
        var found = structure(table(
                words("area", "A", "A1", "A11", "A12", "A2", "B", "B1", "B2", "Total"),
                whole("n", 1000, 600, 250, 350, 400, 500, 180, 320, 1500)));
        assertThat(sums(found)).containsExactlyInAnyOrder("1=2+3", "0=1+4", "5=6+7", "8=0+5");
    }

    @Test
    void takesNoGroupForGrantedThatCouldBeChance() {
        assertThat(structure(table(words("area", "A", "B", "C", "D"), whole("n", 3, 1, 2, 4)))
                        .equations())
                .isEmpty();
        assertThat(structure(table(words("area", "A", "B", "C", "Total"), whole("n", 300, 100, 200, 600)))
                        .equations())
                .hasSize(1);
    }

    /** In every column of sexes C happens to be A and B together; the one total over areas is that of all four. */
    @Test
    void takesNoGroupThatATotalStatedInOneContextContradicts() {
        var found = structure(fourAreasAndATotal(205));
        assertThat(sums(found)).contains("12=2+5+8+11").doesNotContain("8=2+5");
        assertThat(found.broken()).isEmpty();
    }

    /** The second column has no total that adds up, so that its numbers make C a group; the first one has. */
    @Test
    void addsUpATotalFromAllPartsWhereItDoesNotWithoutThoseOfAGroup() {
        var cells = fourAreasAndATotal(205);
        var more = new ArrayList<>(cells.columns());
        more.add(whole("cost_sum", 200, 300, 500, 300, 200, 500, 500, 500, 1000, 20, 30, 50, 2100));
        assertThat(sums(structure(new Table(more, cells.rows())))).contains("12=2+5+8+11", "8=2+5");
    }

    private static Table fourAreasAndATotal(long total) {
        return table(
                words("area", "A", "A", "A", "B", "B", "B", "C", "C", "C", "D", "D", "D", "Total"),
                words("sex", "F", "M", "Total", "F", "M", "Total", "F", "M", "Total", "F", "M", "Total", "Total"),
                whole("n", 20, 30, 50, 30, 20, 50, 50, 50, 100, 2, 3, 5, total));
    }

    /** e is a and c, and it is b and d. */
    @Test
    void takesNoGroupThatCouldBeMadeInTwoWays() {
        var found = structure(table(
                words("area", "a", "b", "c", "d", "e", "a", "b", "c", "d", "e"),
                words("sex", "F", "F", "F", "F", "F", "M", "M", "M", "M", "M"),
                whole("n", 60, 70, 40, 30, 100, 160, 170, 240, 230, 400)));
        assertThat(found.equations()).isEmpty();
    }

    @Test
    void takesNoGroupAndSaysSoWhereTellingOneTakesTooLong() {
        var table = table(
                words("area", "North", "n1", "n2", "South", "s1", "s2", "s3", "Total"),
                whole("n", 121, 51, 70, 266, 60, 93, 113, 387));
        var found = Structure.of(table, Guess.roles(table), false, new Effort(3));
        assertThat(found.groupsUnknown()).isTrue();
        assertThat(sums(found)).doesNotContain("0=1+2", "3=4+5+6");
        assertThat(structure(table).groupsUnknown()).isFalse();
    }

    /** Six thousand towns, thirty in each of two hundred regions that stand before them. */
    @Test
    void findsGroupsAmongThousandsOfLabels() {
        var random = new java.util.SplittableRandom(4);
        int regions = 200;
        int towns = 30;
        var names = new String[regions * (towns + 1)];
        var counts = new long[names.length];
        for (int region = 0; region < regions; region++) {
            int at = region * (towns + 1);
            names[at] = "area %03d".formatted(region);
            for (int town = 1; town <= towns; town++) {
                names[at + town] = "area %03d-%02d".formatted(region, town);
                counts[at + town] = random.nextLong(1_000, 9_000_000);
                counts[at] += counts[at + town];
            }
        }
        var found = structure(table(words("area", names), whole("n", counts)));
        assertThat(found.equations()).hasSize(regions);
        assertThat(found.groupsUnknown()).isFalse();
    }

    /** Two keys of which neither says anything of the other: two thousand labels in as many contexts. */
    @Test
    void saysSoWhereThereAreTooManyNumbersToLookForGroups() {
        int rows = 2_000;
        var left = new String[rows];
        var right = new String[rows];
        Arrays.setAll(left, row -> "l" + row);
        Arrays.setAll(right, row -> "r" + row);
        var counts = new long[rows];
        Arrays.fill(counts, 50);
        assertThat(structure(table(words("a", left), words("b", right), whole("n", counts)))
                        .groupsUnknown())
                .isTrue();
    }

    private static List<String> sums(Structure found) {
        return found.equations().stream()
                .map(sum -> sum.total() + "="
                        + Arrays.stream(sum.parts())
                                .sorted()
                                .mapToObj(Integer::toString)
                                .collect(java.util.stream.Collectors.joining("+")))
                .toList();
    }

    @Test
    void takesAMissingKeyThatDoesNotAddUpForAGroup() {
        var table = table(words("reg", "N", "S", null), whole("n", 10, 20, 5));
        var found = structure(table);
        assertThat(found.totals().isEmpty()).isTrue();
        assertThat(found.broken()).isEmpty();
    }

    @Test
    void tellsATotalFromAGroupWithoutALabel() {
        var table = table(words("reg", "N", "S", null, null), whole("n", 10, 20, 5, 35));
        var found = structure(table);
        assertThat(found.totals().stream()).containsExactly(3);
        assertThat(found.equations().getFirst().parts()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(found.duplicates().isEmpty()).isTrue();
    }

    @Test
    void findsColumnsThatAddUp() {
        var table =
                table(words("reg", "N", "S"), whole("men", 10, 20), whole("women", 11, 25), whole("both_n", 21, 45));
        assertThat(structure(table).columnSums()).containsExactly(new Structure.ColumnSum(3, List.of(1, 2)));
    }

    @Test
    void seesRowsWithTheSameKeys() {
        var table = table(words("reg", "N", "S", "N"), whole("n", 10, 20, 30));
        assertThat(structure(table).duplicates().stream()).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Total", "TOTAL ", "計", "合計", "総数", "全体", "All", "（計）", "[Total]", "ＴＯＴＡＬ"})
    void knowsTheLabelsOfTotals(String label) {
        assertThat(TotalLabels.isTotal(label)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"北海道", "Totality", "計画", "Allergy"})
    void doesNotTakeOtherLabelsForTotals(String label) {
        assertThat(TotalLabels.isTotal(label)).isFalse();
    }

    @Test
    void guessesWhatColumnsAre() {
        var table = table(
                words("region", "A", "A", "B", "B"),
                whole("fylke", 1, 1, 5, 5),
                whole("年齢", 20, 30, 20, 30),
                whole("患者数", 3, 4, 5, 6),
                whole("ant", 3, 4, 5, 6),
                real("avg_points", 1.5, 2, 3, 4),
                real("cost", 1.5, 2, 3, 4),
                real("p90", 1.5, 2, 3, 4));
        assertThat(Guess.roles(table))
                .extracting(Measure::kind)
                .containsExactly(Kind.KEY, Kind.KEY, Kind.KEY, Kind.COUNT, Kind.COUNT, Kind.MEAN, Kind.SUM, Kind.OTHER);
    }

    @Test
    void seesAColumnThatNamesPersons() {
        var table = table(whole("person_id", 5, 6, 7), words("性別", "男", "女", "男"));
        assertThat(Guess.namesPersons(table, 0)).isTrue();
        assertThat(Guess.namesPersons(table, 1)).isFalse();
    }

    @Test
    void ordersRowsByKeysWithTotalsLast() {
        var table = table(words("age", "10-19", "計", "5-9", null, "0-4"), whole("n", 1, 2, 3, 4, 5));
        assertThat(Arrays.stream(table.orderBy(List.of(0))).boxed()).startsWith(4, 2, 0);
    }

    private static Structure structure(Table table) {
        return Structure.of(table, Guess.roles(table), false);
    }

    private static Table table(Column... columns) {
        return new Table(List.of(columns), columns[0].rows());
    }

    private static Column words(String name, @Nullable String... values) {
        return new Column.Words(name, new ArrayList<@Nullable String>(Arrays.asList(values)));
    }

    private static Column whole(String name, long... values) {
        var doubles = Arrays.stream(values).asDoubleStream().toArray();
        return new Column.Numbers(name, doubles, new BitSet(), values);
    }

    private static Column real(String name, double... values) {
        return new Column.Numbers(name, values, new BitSet(), null);
    }
}
