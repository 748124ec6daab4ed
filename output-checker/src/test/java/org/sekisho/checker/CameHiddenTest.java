package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that somebody else protected: what an outsider makes of them is told without knowing what was hidden. */
class CameHiddenTest extends SubmittedFiles {
    @ParameterizedTest
    @ValueSource(strings = {"x", "*", "-", "", "…", "c", "<30", "30未満", "<=29", "≦29", "29以下"})
    void tellsBetweenWhatAHiddenCountMustBe(String mark) {
        text("t.csv", "area,n\nA," + mark + "\nB," + mark + "\nC,50\nTotal,80\n");
        var judgement = judge("t.csv");
        assertThat(intervals(judgement)).containsExactly("0 n 1..29", "1 n 1..29");
        assertThat(rules(judgement)).doesNotContain("hidden-but-computable", "hidden-cells-do-not-fit");
        assertThat(judgement.evidence().audit().intervals()).isTrue();
    }

    /** Of 26 in three cells, no more than 9 and 12 can be elsewhere. */
    @ParameterizedTest
    @CsvSource({"<10, <=12, 5..24", "10未満, 12以下, 5..24", "＜１０, ≦１２, 5..24"})
    void knowsWhatAMarkSays(String below, String atMost, String third) {
        text("t.csv", "area,n\nA," + below + "\nB," + atMost + "\nC,x\nD,100\nTotal,126\n");
        assertThat(intervals(judge("t.csv"))).containsExactly("0 n 1..9", "1 n 1..12", "2 n " + third);
    }

    @Test
    void saysWhatFollowsFromAMarkAndHidesMore() {
        text("t.csv", "area,n\nA,<10\nB,<10\nC,50\nTotal,68\n");
        var judgement = judge("t.csv");
        assertThat(rules(judgement)).contains("hidden-but-computable");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(read("amended-t.csv")).isEqualTo("area,n\nA,-\nB,-\nC,-\nTotal,68\n");
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
    }

    /** Two or more are hidden in each row and column, and yet w b follows: what w and x share with a and c goes off. */
    @Test
    void findsTheOneCellOfACrossingThatFollowsFromRowsAndColumns() {
        text("t.csv", """
                row,a,b,c,d,Total
                w,x,x,x,89,230
                x,x,124,x,31,250
                y,92,x,59,x,336
                z,800,x,651,x,3127
                Total,1012,1262,779,890,3943
                """);
        var judgement = judge("t.csv");
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("hidden-but-computable"))
                .extracting(Finding::where)
                .containsExactly(Where.cell(0, "b"));
        assertThat(intervals(judgement)).contains("0 b 1..77");
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
        assertThat(read("amended-t.csv")).contains("x,-,124,-,-,250");
    }

    @Test
    void saysWhatFollowsFromBeingNoZero() {
        text("t.csv", "area,n\nA,x\nB,x\nC,50\nTotal,52\n");
        assertThat(rules(judge("t.csv"))).contains("hidden-but-computable");
    }

    /** One person is all there is for two cells: whoever hid them hides zeros too. */
    @Test
    void takesAHiddenCountForAZeroWhereItMustBe() {
        text("t.csv", "area,n\nA,x\nB,x\nC,x\nD,50\nTotal,52\n");
        var judgement = judge("t.csv");
        assertThat(rules(judgement)).doesNotContain("hidden-cells-do-not-fit");
        assertThat(intervals(judgement)).containsExactly("0 n 0..2", "1 n 0..2", "2 n 0..2");
    }

    /** Either column alone gives its cell away, whatever else is hidden in the row of the other. */
    @Test
    void looksAtEachColumnByItself() {
        text("t.csv", "area,n,cost\nA,x,500.5\nB,40,x\nC,50,900.25\nTotal,190,2400.75\n");
        assertThat(rules(judge("t.csv"))).contains("hidden-but-computable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A,x\nB,x\nC,50\nTotal,40\n", "A,<10\nB,<10\nC,50\nTotal,90\n"})
    void saysWhereNothingThatCouldBeHiddenAgreesWithWhatIsShown(String rows) {
        text("t.csv", "area,n\n" + rows);
        var judgement = judge("t.csv");
        assertThat(rules(judgement)).contains("hidden-cells-do-not-fit");
        assertThat(judgement.verdict()).isNotEqualTo(Verdict.CLEAR);
    }

    @Test
    void tellsIntervalsOfSumsWithDecimals() {
        text("t.csv", "area,cost\nA,<100\nB,x\nC,1000.5\nTotal,1250.75\n");
        assertThat(intervals(judge("t.csv"))).containsExactly("0 cost 0..100", "1 cost 150.25..250.25");
    }

    @Test
    void tellsIntervalsOfACrossTableInWhichMoreHasToBeHidden() {
        text("t.csv", """
                area,sex,n
                A,F,x
                A,M,x
                A,Total,60
                B,F,x
                B,M,x
                B,Total,70
                C,F,30
                C,M,5
                C,Total,35
                Total,F,80
                Total,M,85
                Total,Total,165
                """);
        var judgement = judge("t.csv");
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
        assertThat(intervals(judgement)).hasSizeGreaterThan(5).allMatch(told -> !told.contains("null"));
    }

    private static List<String> rules(Judgement judgement) {
        return judgement.findings().stream().map(Finding::rule).distinct().toList();
    }

    private static List<String> intervals(Judgement judgement) {
        return judgement.evidence().cells().stream()
                .filter(cell -> cell.lower() != null)
                .map(cell -> cell.row() + " " + cell.column() + " " + plain(cell.lower()) + ".." + plain(cell.upper()))
                .toList();
    }

    private static String plain(@org.jspecify.annotations.Nullable Double value) {
        return value == null
                ? "null"
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(9))
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
