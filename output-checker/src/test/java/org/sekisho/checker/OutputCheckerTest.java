package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.checker.Samples.column;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.checker.policy.RulePacks;

class OutputCheckerTest {
    @TempDir
    Path held;

    private final OutputChecker ndb = OutputChecker.with(RulePacks.load("ndb"));

    @Test
    void clearsATableWithEnoughPersonsEverywhere() {
        counts(new String[] {"北海道", "東京都"}, 120, 4000);
        var judgement = ndb.judgeResult(held, "result");
        assertThat(judgement.verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(judgement.amended()).isEmpty();
        assertThat(Samples.read(held.resolve("result.csv"))).isEqualTo("prefecture,n\n北海道,120\n東京都,4000\n");
    }

    @Test
    void refusesAValueThatNobodyCouldReview() {
        Samples.arrow(held.resolve("result.arrow"), column("area", "A", "x".repeat(10_001)), column("n", 120L, 400L));
        var judgement = ndb.judgeResult(held, "result");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("too-large");
        assertThat(judgement.files()).isEmpty();
    }

    @Tag("abuse-89")
    @Test
    void hidesASmallCountAndOneMoreSoThatAKnownTotalDoesNotGiveItAway() {
        counts(new String[] {"A", "B", "C", "D"}, 120, 4, 4000, 35);
        var judgement = ndb.judgeResult(held, "result");
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(Samples.read(held.resolve("amended-result.csv")))
                .isEqualTo("prefecture,n\nA,120\nB,-\nC,4000\nD,-\n");
        assertThat(judgement.evidence().cells())
                .filteredOn(cell -> cell.status() != CellStatus.SAFE)
                .extracting(Evidence.Cell::status, Evidence.Cell::lower, Evidence.Cell::upper)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(CellStatus.PRIMARY, 1.0, 38.0),
                        org.assertj.core.groups.Tuple.tuple(CellStatus.SECONDARY, 1.0, 38.0));
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
        assertThat(judgement.evidence().structure().assumed()).containsExactly("grand-total");
    }

    /** A hundred areas by a hundred ages with all totals; a little less than half of the counts are 1 to 9. */
    @Test
    void refersATableOfWhichSoMuchIsHiddenThatNoIntervalsCanBeComputed() {
        int size = 100;
        var random = new SplittableRandom(5);
        var counts = new long[size + 1][size + 1];
        for (int cell = 0; cell < size * size; cell++) {
            long count = random.nextInt(100) < 46 ? random.nextLong(1, 10) : random.nextLong(10, 300);
            for (int area : new int[] {cell / size, size}) {
                counts[area][cell % size] += count;
                counts[area][size] += count;
            }
        }
        var areas = new ArrayList<String>();
        var ages = new ArrayList<String>();
        for (int area = 0; area <= size; area++) {
            for (int age = 0; age <= size; age++) {
                areas.add(area == size ? "Total" : "area " + area);
                ages.add(age == size ? "Total" : "age " + age);
            }
        }
        var persons = Arrays.stream(counts).flatMapToLong(Arrays::stream).toArray();
        Samples.arrow(
                held.resolve("result.arrow"),
                column("area", areas.toArray()),
                column("age", ages.toArray()),
                column("n", LongStream.of(persons).boxed().toArray()));
        contributions(List.of("area", "age"), persons, "n:count:rows");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.severity() == Severity.REVIEW)
                .extracting(Finding::rule)
                .containsExactly("intervals-not-computed");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.amended()).hasSize(1);
        assertThat(judgement.evidence().audit().method()).contains("no intervals");
    }

    /** Every number is more than all that follow it together: no label can be told from the sum of others quickly. */
    @Test
    void refersATableThatIsMadeToTakeLong() {
        int labels = 1_000;
        int rows = 40 * labels;
        var values = IntStream.range(0, rows)
                .mapToObj(row -> Math.pow(2, labels - row % labels))
                .toArray();
        var columns = new ArrayList<Samples.Values>();
        columns.add(column(
                "code",
                IntStream.range(0, rows)
                        .mapToObj(row -> "code " + (labels + row % labels))
                        .toArray()));
        columns.add(column(
                "area",
                IntStream.range(0, rows).mapToObj(row -> "area " + row / labels).toArray()));
        var measures = new String[6];
        for (int measure = 0; measure < measures.length; measure++) {
            measures[measure] = "points" + measure + ":sum:rows";
            columns.add(column("points" + measure, values));
        }
        Samples.arrow(held.resolve("result.arrow"), columns.toArray(Samples.Values[]::new));
        contributions(
                List.of("code", "area"),
                IntStream.range(0, rows).mapToLong(_ -> 50).toArray(),
                measures);
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.findings()).extracting(Finding::rule).contains("groups-unknown");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
    }

    @Test
    void textThatAnAggregateMadeIsNoKeyAndIsHiddenWithItsRow() {
        Samples.arrow(
                held.resolve("result.arrow"),
                column("area", "A", "B", "C"),
                column("n", 120L, 4L, 4000L),
                column("m", "120", "4", "4000"));
        contributions(List.of("area"), new long[] {120, 4, 4000}, "n:count:rows", "m:other");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("measure-for-review");
        assertThat(Samples.read(held.resolve("amended-r.csv"))).isEqualTo("area,n,m\nA,-,-\nB,-,-\nC,4000,4000\n");
    }

    @Test
    void refersTextThatAnAggregateMadeOfLargeGroups() {
        Samples.arrow(held.resolve("result.arrow"), column("area", "A", "B"), column("who", "x", "y"));
        contributions(List.of("area"), new long[] {120, 400}, "who:other");
        assertThat(ndb.judgeResult(held, "r").verdict()).isEqualTo(Verdict.REFER);
    }

    @Test
    void refersATableWhoseRowsAreMostlyOfFewPersons() {
        counts(new String[] {"A", "B", "C"}, 1, 2, 4000);
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("mostly-few");
    }

    @Test
    void refersSmallRowsThatWereChosenByWhatTheyHold() throws Exception {
        counts(new String[] {"A", "B", "C"}, 120, 7, 4000);
        var statement = held.resolve("statement.json");
        Files.writeString(
                statement, Files.readString(statement).replace("{\"version\":1", "{\"version\":1,\"chosen\":true"));
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("rows-chosen-by-value");
        counts(new String[] {"A", "B", "C"}, 120, 70, 4000);
        Files.writeString(
                statement, Files.readString(statement).replace("{\"version\":1", "{\"version\":1,\"chosen\":true"));
        assertThat(ndb.judgeResult(held, "r").verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void statesTheHashOfTheVeryBytes() throws Exception {
        counts(new String[] {"A", "B", "C"}, 120, 4, 4000);
        var amended = ndb.judgeResult(held, "result.csv").amended().getFirst();
        var bytes = Files.readAllBytes(held.resolve(amended.name()));
        var digest = java.security.MessageDigest.getInstance("SHA-256").digest(bytes);
        assertThat(amended.sha256()).isEqualTo(java.util.HexFormat.of().formatHex(digest));
        assertThat(amended.bytes()).isEqualTo(bytes.length);
    }

    @Test
    void givesTheSameJudgementTwice() {
        counts(new String[] {"A", "B", "C", "D"}, 120, 4, 4000, 35);
        assertThat(ndb.judgeResult(held, "r")).isEqualTo(ndb.judgeResult(held, "r"));
    }

    @Test
    void judgesCountsOfClaimsByThePersonsBehindThem() {
        Samples.arrow(held.resolve("result.arrow"), column("age", "0-4", "5-9"), column("n", 300L, 40L));
        contributions(List.of("age"), new long[] {30, 3}, "n:count:rows");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(Samples.read(held.resolve("amended-r.csv"))).isEqualTo("age,n\n0-4,-\n5-9,-\n");
    }

    @Test
    void neverTellsAuthorsTheCount() {
        counts(new String[] {"A", "B", "C"}, 120, 7, 4000);
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.findings())
                .allSatisfy(finding -> assertThat(
                                finding.message().ja() + finding.message().en())
                        .doesNotContain("7")
                        .doesNotContain("120"));
        assertThat(judgement.findings())
                .anySatisfy(finding -> assertThat(finding.evidence().en()).contains("7"));
    }

    @Test
    void refersWhenNobodyKnowsWhoStandsBehindTheCells() {
        Samples.arrow(held.resolve("result.arrow"), column("sex", "F", "M"), column("n", 500L, 600L));
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("contributions-unknown");
    }

    @Test
    void doesNotBelieveAStatementThatDoesNotFitTheResult() {
        counts(new String[] {"A", "B"}, 120, 4000);
        Samples.arrow(held.resolve("contributions.arrow"), column("row", 0L), column("persons", 9000L));
        assertThat(ndb.judgeResult(held, "r").verdict()).isEqualTo(Verdict.REFER);
    }

    @Test
    void hidesTheMeanWithItsCount() {
        Samples.arrow(
                held.resolve("result.arrow"),
                column("code", "x", "y", "z"),
                column("n", 5L, 20L, 30L),
                column("points", 1000.5, 800.25, 900.0));
        contributions(List.of("code"), new long[] {5, 20, 30}, "n:count:persons", "points:mean");
        ndb.judgeResult(held, "r");
        assertThat(Samples.read(held.resolve("amended-r.csv"))).isEqualTo("code,n,points\nx,-,-\ny,-,-\nz,30,900\n");
    }

    @Test
    void protectsATableWithItsTotals() {
        Samples.arrow(
                held.resolve("result.arrow"),
                column("reg", "N", "N", "N", "S", "S", "S", null, null, null),
                column("sex", "F", "M", null, "F", "M", null, "F", "M", null),
                column("n", 50L, 4L, 54L, 70L, 80L, 150L, 120L, 84L, 204L));
        contributions(List.of("reg", "sex"), new long[] {50, 4, 54, 70, 80, 150, 120, 84, 204}, "n:count:persons");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(judgement.evidence().structure().totalRows()).hasSize(5);
        assertThat(Samples.read(held.resolve("amended-r.csv")))
                .isEqualTo("reg,sex,n\nN,F,-\nN,M,-\nN,,54\nS,F,-\nS,M,-\nS,,150\n,F,120\n,M,84\n,,204\n");
    }

    @Test
    void hidesCellByCellWhereColumnsAddUp() {
        Samples.arrow(
                held.resolve("result.arrow"),
                column("reg", "A", "B", "C"),
                column("men", 3L, 40L, 50L),
                column("women", 30L, 45L, 60L),
                column("both", 33L, 85L, 110L));
        contributions(List.of("reg"), new long[] {33, 85, 110}, "men:count", "women:count", "both:count:rows");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(Samples.read(held.resolve("amended-r.csv")))
                .contains("A,-,-,33\n")
                .contains("C,50,60,110\n");
    }

    @Test
    void takesTotalsOfDistinctPersonsForTotalsAlthoughPartsOverlap() {
        Samples.arrow(
                held.resolve("result.arrow"), column("code", "a", "b", "c", null), column("n", 4L, 300L, 400L, 650L));
        contributions(List.of("code"), new long[] {4, 300, 400, 650}, "n:count-distinct:persons");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(judgement.evidence().audit().secondary()).isPositive();
    }

    @Test
    void judgesALargeTableInBoundedTime() {
        int rows = 60_000;
        Samples.arrow(
                held.resolve("result.arrow"),
                column(
                        "code",
                        IntStream.range(0, rows).mapToObj(code -> "c" + code).toArray()),
                column(
                        "n",
                        LongStream.range(0, rows).mapToObj(code -> code % 50).toArray()));
        contributions(
                List.of("code"),
                LongStream.range(0, rows).map(code -> code % 50).toArray(),
                "n:count:persons");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(judgement.evidence().cellsTruncated()).isTrue();
        assertThat(judgement.evidence().audit().intervals()).isTrue();
        assertThat(judgement.findings()).hasSizeLessThan(200);
    }

    @Test
    void readsJapaneseNames() {
        Samples.arrow(held.resolve("result.arrow"), column("都道府県", "北海道", "沖縄県", "全国"), column("患者数", 30L, 40L, 70L));
        var judgement = ndb.judgeResult(held, "結果");
        assertThat(judgement.files()).extracting(CheckedFile::name).containsExactly("結果.csv");
        assertThat(judgement.evidence().structure().totalRows()).containsExactly(2);
        assertThat(judgement.evidence().structure().columns())
                .extracting(Evidence.ColumnRole::role)
                .containsExactly(Evidence.Role.KEY, Evidence.Role.COUNT);
    }

    @Test
    void namesEachOddityOfAFinishedFile() {
        var file = Samples.write(held.resolve("t.csv"), "a,a,n,m\n=1,x\u200B,-3,0.5\n=1,x\u200B,5.5,inf\n");
        assertThat(ndb.judgeFile(file).findings())
                .extracting(Finding::rule)
                .contains(
                        "same-column-name",
                        "formula",
                        "invisible-characters",
                        "negative-count",
                        "count-not-whole",
                        "duplicate-keys",
                        "not-a-number",
                        "contributions-unknown");
    }

    @Test
    void refusesARowLevelFile() {
        var file = Samples.write(held.resolve("t.csv"), "患者ID,年齢\nP01,30\nP02,41\n");
        assertThat(ndb.judgeFile(file).verdict()).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void refusesRowsOfPersons() {
        Samples.arrow(
                held.resolve("result.arrow"),
                column("person_id", LongStream.range(0, 50).boxed().toArray()),
                column("age", LongStream.range(0, 50).boxed().toArray()));
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.amended()).isEmpty();
    }

    @Test
    void refusesATableWhoseRowsAreOnePersonEach() {
        Samples.arrow(
                held.resolve("result.arrow"),
                column("born", IntStream.range(0, 40).mapToObj(day -> "d" + day).toArray()),
                column("n", LongStream.range(0, 40).mapToObj(any -> 1L).toArray()));
        contributions(List.of("born"), LongStream.range(0, 40).map(any -> 1).toArray(), "n:count:persons");
        assertThat(ndb.judgeResult(held, "r").verdict()).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void refusesExtremesAndRefersOddNumbers() {
        Samples.arrow(
                held.resolve("result.arrow"),
                column("code", "a", "b"),
                column("n", 50L, 60L),
                column("top", 10.0, Double.NaN));
        contributions(List.of("code"), new long[] {50, 60}, "n:count:persons", "top:max");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("extreme", "not-a-number");
    }

    @Test
    @Tag("abuse-89")
    void judgesDominanceByTheLargestContributions() {
        Samples.arrow(
                held.resolve("result.arrow"), column("code", "a", "b", "c"), column("points", 1000.0, 1000.0, 5000.0));
        Samples.statement(held, 3, List.of("code"), "points:sum");
        Samples.arrow(
                held.resolve("contributions.arrow"),
                column("row", 0L, 1L, 2L),
                column("persons", 50L, 50L, 50L),
                column("facilities", 5L, 5L, 5L),
                column("points/total", 1000.0, 1000.0, 5000.0),
                column("points/largest-1", 800.0, 100.0, 300.0),
                column("points/largest-2", 150.0, 90.0, 200.0));
        var judgement = OutputChecker.with(RulePacks.load("sacro")).judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("dominance", "p-percent");
        assertThat(Samples.read(held.resolve("amended-r.csv"))).isEqualTo("code,points\na,-\nb,1000\nc,5000\n");
    }

    @Test
    void letsFewFacilitiesBeJudgedOrBarredAsThePackSays() {
        Samples.arrow(held.resolve("result.arrow"), column("code", "a", "b", "c"), column("n", 90L, 50L, 60L));
        Samples.statement(held, 3, List.of("code"), "n:count:persons");
        Samples.arrow(
                held.resolve("contributions.arrow"),
                column("row", 0L, 1L, 2L),
                column("persons", 90L, 50L, 60L),
                column("facilities", 2L, 9L, 9L));
        assertThat(ndb.judgeResult(held, "r").verdict()).isEqualTo(Verdict.REFER);
        assertThat(ndb.judgeResult(held, "r").amended()).isEmpty();
        var kaigo = OutputChecker.with(RulePacks.load("kaigo")).judgeResult(held, "r");
        assertThat(kaigo.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(Samples.read(held.resolve("amended-r.csv"))).startsWith("code,n\na,-\n");
    }

    @Test
    void treatsAMissingKeyThatIsNoTotalAsAGroup() {
        Samples.arrow(held.resolve("result.arrow"), column("code", null, "a", "b"), column("n", 50L, 60L, 70L));
        contributions(List.of("code"), new long[] {50, 60, 70}, "n:count:persons");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(judgement.findings()).extracting(Finding::rule).containsExactly("missing-key");
    }

    @Test
    void clearsAnEmptyResultThatIsKnown() {
        Samples.arrow(held.resolve("result.arrow"), column("code"), column("n"));
        contributions(List.of("code"), new long[0], "n:count:persons");
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.findings()).extracting(Finding::rule).containsExactly("empty");
        assertThat(judgement.verdict()).isEqualTo(Verdict.CLEAR);
        assertThat(Samples.read(held.resolve("r.csv"))).isEqualTo("code,n\n");
    }

    @Test
    void hidesTheOnlyRowWhenItIsSmall() {
        counts(new String[] {"A"}, 5);
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(Samples.read(held.resolve("amended-r.csv"))).isEqualTo("prefecture,n\nA,-\n");
    }

    @Test
    void sortsRowsSoThatTheirOrderTellsNothing() {
        counts(new String[] {"10", "9", "total", "1"}, 20, 30, 111, 61);
        ndb.judgeResult(held, "r");
        assertThat(Samples.read(held.resolve("r.csv"))).isEqualTo("prefecture,n\n1,61\n9,30\n10,20\ntotal,111\n");
    }

    @Test
    void hidesMoreWhenWholePositiveNumbersGiveACellAway() {
        // Two hidden ones that add up to two can only be one and one.
        counts(new String[] {"A", "B", "C", "D"}, 1, 1, 40, 5000);
        var judgement = ndb.judgeResult(held, "r");
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(Samples.read(held.resolve("amended-r.csv"))).isEqualTo("prefecture,n\nA,-\nB,-\nC,-\nD,5000\n");
    }

    private void counts(String[] labels, long... counts) {
        Samples.arrow(
                held.resolve("result.arrow"),
                column("prefecture", (Object[]) labels),
                column("n", LongStream.of(counts).boxed().toArray()));
        contributions(List.of("prefecture"), counts, "n:count:persons");
    }

    private void contributions(List<String> keys, long[] persons, String... measures) {
        Samples.statement(held, persons.length, keys, measures);
        Samples.arrow(
                held.resolve("contributions.arrow"),
                column("row", LongStream.range(0, persons.length).boxed().toArray()),
                column("persons", LongStream.of(persons).boxed().toArray()),
                column(
                        "facilities",
                        LongStream.of(persons).map(any -> 50).boxed().toArray()));
    }
}
