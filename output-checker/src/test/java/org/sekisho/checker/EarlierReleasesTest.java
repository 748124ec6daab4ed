package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.checker.Samples.column;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;
import org.sekisho.checker.contribution.FootprintFile;
import org.sekisho.checker.contribution.Ledger;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.RulePackParser;
import org.sekisho.checker.policy.RulePacks;

/** Judging beside what the project was given before. Persons are numbers; a table has one count for each label. */
class EarlierReleasesTest {
    @TempDir
    Path home;

    private RulePack pack = RulePacks.load("ndb");
    private final List<Ledger.Release> releases = new ArrayList<>();
    private int outputs;

    @Test
    void theSameTableAgainTellsNothingNew() {
        release("o-1", row("A", persons(0, 120)), row("B", persons(120, 124)), row("C", persons(124, 300)));
        var again = judge(row("A", persons(0, 120)), row("B", persons(120, 124)), row("C", persons(124, 300)));
        assertThat(rules(again)).doesNotContain("differencing").contains("minimum-persons");
        assertThat(again.verdict()).isEqualTo(Verdict.AMENDABLE);
        assertThat(compared(again).releases()).isEqualTo(1);
        assertThat(compared(again).known()).isTrue();
    }

    @Test
    @Tag("abuse-89")
    void aRowWithoutThreePersonsOfBeforeIsHiddenWithAnother() {
        release("o-1", row("A", persons(0, 120)), row("B", persons(120, 220)), row("C", persons(220, 500)));
        var judgement = judge(row("A", persons(0, 117)), row("B", persons(120, 220)), row("C", persons(220, 500)));
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        var finding = only(judgement, "differencing");
        assertThat(finding.severity()).isEqualTo(Severity.FAIL);
        assertThat(finding.where()).isEqualTo(Where.row(0));
        assertThat(finding.message().en())
                .contains("\"o-new\"")
                .contains("\"o-1\"")
                .contains("< 10");
        assertThat(finding.message().ja()).contains("「o-new」").contains("「o-1」").contains("10 人未満");
        assertThat(finding.message() + " " + finding.evidence())
                .doesNotContain("117")
                .doesNotContain("120")
                .doesNotContain(" 3 ");
        assertThat(amended()).isEqualTo("area,n\nA,-\nB,-\nC,280\n");
        assertThat(compared(judgement).differences()).singleElement().satisfies(told -> {
            assertThat(told.now()).isEqualTo(117);
            assertThat(told.then()).isEqualTo(120);
            assertThat(told.common()).isEqualTo(117);
            assertThat(told.kind()).isEqualTo("fewer");
            assertThat(told.hidden()).isTrue();
        });
        assertThat(judgement.evidence().cells())
                .filteredOn(cell -> cell.status() == CellStatus.PRIMARY)
                .extracting(Evidence.Cell::rules)
                .containsExactly(List.of("differencing"));
    }

    @Test
    @Tag("abuse-97")
    void manySmallReleasesAreEachComparedWith() {
        for (int step = 0; step < 12; step++) {
            release("o-" + step, row("A", persons(0, 200 + 10L * step)));
        }
        assertThat(rules(judge(row("A", persons(0, 320))))).doesNotContain("differencing");
        var judgement = judge(row("A", persons(0, 255)));
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("differencing"))
                .extracting(finding -> finding.message().en())
                .hasSize(2)
                .anySatisfy(message -> assertThat(message).contains("\"o-5\""))
                .anySatisfy(message -> assertThat(message).contains("\"o-6\""));
        assertThat(judgement.verdict()).isNotEqualTo(Verdict.CLEAR);
    }

    @Test
    void aTotalBesideRowsOfWhichOneWasDroppedTellsOfIt() {
        // HAVING count(*) >= 10 has dropped the four persons of D.
        release("o-1", row("A", persons(0, 50)), row("B", persons(50, 120)), row("C", persons(120, 300)));
        var judgement = judge(row("all", persons(0, 304)));
        assertThat(only(judgement, "differencing").where()).isEqualTo(Where.row(0));
        assertThat(judgement.verdict()).isNotEqualTo(Verdict.CLEAR);
        assertThat(compared(judgement).differences().getFirst().earlier().rows())
                .containsExactly(0, 1, 2);
    }

    @Test
    void rowsThatAddUpToAnEarlierTotalButFewAreNotAllShown() {
        release("o-1", row("all", persons(0, 304)));
        var judgement = judge(row("A", persons(0, 50)), row("B", persons(50, 120)), row("C", persons(120, 300)));
        var finding = only(judgement, "differencing");
        assertThat(finding.where()).isEqualTo(Where.WHOLE_FILE);
        assertThat(finding.message().en()).contains("the sum of rows 1, 2, 3");
        assertThat(judgement.verdict()).isNotEqualTo(Verdict.CLEAR);
    }

    @Test
    void whatATotalLeavesForHiddenRowsIsShownToo() {
        // B and C are hidden; together they are what the total leaves.
        release(
                "o-1",
                row("A", persons(0, 100)),
                row("B", persons(100, 105)),
                row("C", persons(105, 130)),
                row("計", persons(0, 130)));
        assertThat(amended()).isEqualTo("area,n\nA,100\nB,-\nC,-\n計,130\n");
        var judgement = judge(row("C", persons(105, 130)), row("E", persons(500, 700)));
        assertThat(compared(judgement).differences())
                .extracting(
                        told -> told.earlier().kind(), told -> told.earlier().rows(), Evidence.Beside::kind)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("rest", List.of(1, 2), "fewer"));
        assertThat(judgement.verdict()).isEqualTo(Verdict.AMENDABLE);
        // And the other way round: what was shown before may not be part of what is hidden now.
        releases.clear();
        release("o-2", row("C", persons(105, 130)), row("E", persons(500, 700)));
        var other = judge(
                row("A", persons(0, 100)),
                row("B", persons(100, 105)),
                row("C", persons(105, 130)),
                row("計", persons(0, 130)));
        assertThat(rules(other)).contains("differencing-remains");
        assertThat(other.verdict()).isEqualTo(Verdict.REFER);
        assertThat(other.amended()).isEmpty();
    }

    @Test
    void whatIsKeptOfAnAmendedTableIsOnlyWhatItShows() {
        release("o-1", row("A", persons(0, 100)), row("B", persons(100, 104)), row("C", persons(104, 144)));
        assertThat(amended()).isEqualTo("area,n\nA,100\nB,-\nC,-\n");
        // C was hidden with B: 40 persons and 43 do not tell of three.
        var judgement = judge(row("C", persons(104, 147)), row("E", persons(500, 700)));
        assertThat(judgement.verdict()).isEqualTo(Verdict.CLEAR);
    }

    @Test
    void oneFacilityMoreBreaksTheRuleOrAsksForALookAsThePackSays() {
        for (var name : List.of("kaigo", "ndb")) {
            releases.clear();
            pack = RulePacks.load(name);
            keep("o-1", judge(List.of(row("A", persons(0, 1_000))), List.of(persons(0, 6))));
            var judgement = judge(List.of(row("A", persons(0, 900))), List.of(persons(0, 5)));
            var finding = only(judgement, "differencing");
            assertThat(finding.message().en()).contains("< 3").contains("facilities");
            assertThat(finding.severity()).isEqualTo(name.equals("kaigo") ? Severity.FAIL : Severity.REVIEW);
        }
    }

    @Test
    void nothingIsClearBesideAReleaseOfWhichNothingIsKnown() throws IOException {
        releases.add(new Ledger.Release.Unknown("o-1"));
        var judgement = judge(row("A", persons(0, 120)));
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(only(judgement, "earlier-release-unknown").message().en())
                .contains("o-1")
                .contains("o-new");
        var lenient = new String(
                        Objects.requireNonNull(RulePacks.class.getResourceAsStream("ndb.yaml"))
                                .readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8)
                + "differencing:\n  value: 20\n  unknown-releases: note\n  source: \"ours\"\n";
        pack = RulePackParser.parse("ours.yaml", lenient);
        assertThat(judge(row("A", persons(0, 120))).verdict()).isEqualTo(Verdict.CLEAR);
        release("o-2", row("A", persons(0, 120)));
        assertThat(only(judge(row("A", persons(0, 135))), "differencing")
                        .message()
                        .en())
                .contains("< 20");
    }

    @Test
    void nothingIsClearBesideADamagedLedger() {
        releases.add(new Ledger.Release.Damaged("o-1"));
        releases.add(new Ledger.Release.Known("o-2", Optional::empty));
        var judgement = judge(row("A", persons(0, 120)));
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(only(judgement, "ledger-damaged").message().en()).contains("o-1, o-2");
        assertThat(compared(judgement).damaged()).containsExactly("o-1", "o-2");
    }

    @Test
    void nothingIsClearWhenNobodyKnowsWhoTheyAre() {
        var folder = folder(row("A", persons(0, 120)));
        Samples.statement(folder, 1, List.of("area"), "n:count:rows");
        var judgement = OutputChecker.with(pack).judgeResult(folder, "result", ledger());
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(rules(judgement)).contains("contributors-not-named");
        assertThat(compared(judgement).footprints()).isEmpty();
        assertThat(compared(judgement).known()).isFalse();
        // A file of sets that is not the one that was written with the statement is no better than none.
        folder = folder(row("A", persons(0, 120)));
        Samples.write(folder.resolve("contributors.sets"), "SKSETS01");
        assertThat(rules(OutputChecker.with(pack).judgeResult(folder, "result", ledger())))
                .contains("contributors-not-named");
    }

    @Test
    void saysThatThereAreMorePlacesThanItTells() {
        release("o-1", groups(230, 50));
        var judgement = judge(groups(230, 47));
        var told = judgement.findings().stream()
                .filter(finding -> finding.rule().equals("differencing"))
                .toList();
        assertThat(told).hasSize(201);
        assertThat(told.getLast().severity()).isEqualTo(Severity.FAIL);
        assertThat(told.getLast().message().en()).contains("more places").doesNotContain("30");
        assertThat(told.getLast().evidence().en()).contains("30 more");
        assertThat(compared(judgement).differences()).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void tellsOfWhatLeftSinceItWasJudged() throws IOException {
        judge(row("A", persons(0, 117)), row("B", persons(200, 400)));
        var kept = Files.readAllBytes(last().resolve("result.csv.cells"));
        var checker = OutputChecker.with(pack);
        assertThat(checker.tellsOfNobody(kept, ledger())).isTrue();
        release("o-1", row("A", persons(0, 120)));
        assertThat(checker.tellsOfNobody(kept, ledger())).isFalse();
        assertThat(checker.tellsOfNobody(new byte[] {0, 0, 0, 9}, ledger())).isFalse();
        releases.clear();
        releases.add(new Ledger.Release.Unknown("o-2"));
        assertThat(checker.tellsOfNobody(kept, ledger())).isFalse();
    }

    private record Row(String label, RoaringBitmap persons) {}

    private static Row row(String label, RoaringBitmap persons) {
        return new Row(label, persons);
    }

    private static RoaringBitmap persons(long from, long to) {
        var persons = new RoaringBitmap();
        persons.add(from, to);
        return persons;
    }

    /** So many rows of so many persons each, no person in two. */
    private static Row[] groups(int rows, int persons) {
        return IntStream.range(0, rows)
                .mapToObj(row -> row("G" + row, persons(100L * row, 100L * row + persons)))
                .toArray(Row[]::new);
    }

    private Path folder(Row... rows) {
        return folder(List.of(rows), List.of());
    }

    private Path folder(List<Row> rows, List<RoaringBitmap> facilities) {
        var folder = home.resolve("held-" + outputs++);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Samples.arrow(
                folder.resolve("result.arrow"),
                column("area", rows.stream().map(Row::label).toArray()),
                column(
                        "n",
                        rows.stream()
                                .map(row -> row.persons().getLongCardinality())
                                .toArray()));
        Samples.statement(folder, rows.size(), List.of("area"), "n:count:rows");
        var numbers =
                rows.stream().map(row -> row.persons().getLongCardinality()).toArray();
        Samples.arrow(
                folder.resolve("contributions.arrow"),
                column(
                        "row",
                        java.util.stream.LongStream.range(0, rows.size())
                                .boxed()
                                .toArray()),
                column("persons", numbers),
                column(
                        "facilities",
                        facilities.isEmpty()
                                ? rows.stream().map(row -> 50L).toArray()
                                : facilities.stream()
                                        .map(RoaringBitmap::getLongCardinality)
                                        .toArray()));
        Samples.sets(folder, "n", rows.stream().map(Row::persons).toList(), facilities);
        return folder;
    }

    private Judgement judge(Row... rows) {
        return judge(Arrays.asList(rows), List.of());
    }

    private Judgement judge(List<Row> rows, List<RoaringBitmap> facilities) {
        return OutputChecker.with(pack).judgeResult(folder(rows, facilities), "result", ledger());
    }

    private Ledger ledger() {
        return new Ledger("o-new", releases, Map.of());
    }

    /** Releases what the rules let out. */
    private void release(String name, Row... rows) {
        keep(name, judge(rows));
    }

    private void keep(String name, Judgement judgement) {
        var file = judgement.amended().isEmpty() ? "result.csv" : "amended-result.csv";
        try {
            var bytes = ByteBuffer.wrap(Files.readAllBytes(last().resolve(file + FootprintFile.ENDING)));
            releases.add(new Ledger.Release.Known(name, () -> FootprintFile.parse(bytes)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path last() {
        return home.resolve("held-" + (outputs - 1));
    }

    private String amended() {
        return Samples.read(last().resolve("amended-result.csv"));
    }

    private static Evidence.Compared compared(Judgement judgement) {
        return Objects.requireNonNull(
                JudgementJson.read(JudgementJson.write(judgement)).evidence().compared());
    }

    private static List<String> rules(Judgement judgement) {
        return judgement.findings().stream().map(Finding::rule).toList();
    }

    private static Finding only(Judgement judgement, String rule) {
        var found = judgement.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
