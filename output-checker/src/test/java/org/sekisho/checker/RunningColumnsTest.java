package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables in which a row tells of the one before it. */
class RunningColumnsTest extends SubmittedFiles {
    @ParameterizedTest
    @ValueSource(strings = {"area,n,cum_n", "地域,人数,累計", "area,n,upto"})
    void hidesSoMuchOfACumulativeCountThatNoSmallCountFollows(String header) {
        text("a.csv", header + "\nA,120,120\nB,9,129\nC,4000,4129\nD,35,4164\n");
        var judgement = judge("a.csv");
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
        assertThat(hidden("amended-a.csv", 1)).contains(1);
        assertThat(worked("amended-a.csv", 1)).doesNotContain(1);
        assertThat(judgement.findings()).extracting(Finding::rule).doesNotContain("runs-unknown");
    }

    /** In an order of the file that no label tells. */
    @Test
    void seesACumulativeCountInTheOrderOfTheFile() {
        text("a.csv", "area,n,upto\nC,4000,4000\nA,120,4120\nD,35,4155\nB,9,4164\n");
        judge("a.csv");
        // C, A, D, B of the file stand as A, B, C, D.
        var cells = cells("amended-a.csv");
        boolean shown = !cells.get(1)[2].equals("-") && !cells.get(3)[2].equals("-");
        assertThat(cells.get(1)).startsWith("B", "-");
        assertThat(shown).isFalse();
    }

    @Test
    void seesACountFromTheBottom() {
        text("a.csv", "age,n,at_least\n10,120,4164\n20,9,4044\n30,4000,4035\n40,35,35\n");
        var judgement = judge("a.csv");
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
        var cells = cells("amended-a.csv");
        assertThat(cells.get(1)).startsWith("20", "-");
        assertThat(cells.get(1)[2].equals("-") || cells.get(2)[2].equals("-")).isTrue();
    }

    @Test
    void seesAnotherChainInEachGroup() {
        text("a.csv", """
                area,age,n,running
                X,1,120,120
                X,2,9,129
                X,3,70,199
                Y,1,300,300
                Y,2,40,340
                Y,3,60,400
                """);
        var judgement = judge("a.csv");
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
        var cells = cells("amended-a.csv");
        assertThat(cells.get(1)).startsWith("X", "2", "-");
        assertThat(cells.get(0)[3].equals("-") || cells.get(1)[3].equals("-")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"year,n,change", "年度,人数,増減", "year,n,x"})
    void aChangeIsHiddenWithTheCountThatItTells(String header) {
        text("a.csv", header + "\n2020,9,\n2021,150,141\n2022,170,20\n2023,181,11\n2024,230,49\n");
        judge("a.csv");
        var cells = cells("amended-a.csv");
        assertThat(cells.get(0)).startsWith("2020", "-");
        assertThat(cells.get(1)[1].equals("-") || cells.get(1)[2].equals("-")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"年度,人数,前年比", "year,n,growth"})
    void hidesAllOfARatioToTheRowBefore(String header) {
        text("a.csv", header + "\n2020,9,\n2021,150,16.666667\n2022,180,1.2\n2023,190,1.055556\n");
        var judgement = judge("a.csv");
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("runs-unknown"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message().en()).contains(header.split(",")[2]));
        assertThat(cells("amended-a.csv")).allMatch(row -> row[2].equals("-"));
    }

    @Test
    void aSmallCountTakesItsSumAlongThoughBothRunOn() {
        text("a.csv", """
                area,n,yen,cum_n,cum_yen
                A,120,5000,120,5000
                B,9,700,129,5700
                C,4000,90000,4129,95700
                D,35,1200,4164,96900
                """);
        assertThat(judge("a.csv").evidence().audit().exactlyComputable()).isZero();
        assertThat(hidden("amended-a.csv", 1)).contains(1);
        assertThat(hidden("amended-a.csv", 2)).contains(1);
    }

    @Test
    void tellsOfAHiddenCountThatACumulativeOneGivesAway() {
        text("a.csv", "area,n,cum_n\nA,120,120\nB,<10,129\nC,4000,4129\nD,35,4164\nE,50,4214\n");
        assertThat(judge("a.csv").findings())
                .filteredOn(finding -> finding.severity() == Severity.FAIL)
                .extracting(Finding::rule)
                .contains("hidden-but-computable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "area,n\nA,120\nB,9\nC,4000\nD,35\n",
                "area,sex,n\n1,1,120\n1,2,150\n2,1,300\n2,2,4\n3,1,90\n3,2,80\n",
                "year,n,deaths\n2020,100,20\n2021,120,30\n2022,150,25\n2023,160,9\n",
                "age,men,women,total\n20,30,40,70\n30,50,60,110\n40,70,9,79\n50,90,100,190\n",
                "code,n\n13101,120\n13102,121\n13103,122\n13104,9\n",
                "age,n\n60,60\n61,61\n62,62\n63,9\n",
                "area,n,total_cost,mean_cost\nA,123,12300,100\nB,40,8000,200\nC,9,900,100\nD,70,700,10\n"
            })
    void ordinaryTablesStayAsTheyAre(String table) {
        text("a.csv", table);
        var judgement = judge("a.csv");
        assertThat(judgement.findings()).extracting(Finding::rule).doesNotContain("runs-unknown");
        assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
        int counts = table.startsWith("age,men") ? 3 : 0;
        assertThat(cells("amended-a.csv"))
                .filteredOn(row -> Arrays.asList(row).contains("-"))
                .as("a row is hidden as a whole, unless its columns add up")
                .allMatch(row -> counts > 0 || row[row.length - 1].equals("-"))
                .hasSizeLessThanOrEqualTo(3);
    }

    private List<String[]> cells(String file) {
        return read(file).lines().skip(1).map(row -> row.split(",", -1)).toList();
    }

    private Set<Integer> hidden(String file, int column) {
        var hidden = new HashSet<Integer>();
        var cells = cells(file);
        for (int row = 0; row < cells.size(); row++) {
            if (cells.get(row)[column].equals("-")) {
                hidden.add(row);
            }
        }
        return hidden;
    }

    /** Hidden counts that follow, one after another, from a cumulative count beside them. */
    private Set<Integer> worked(String file, int column) {
        var unknown = hidden(file, column);
        var cumulative = hidden(file, column + 1);
        var worked = new HashSet<Integer>();
        boolean more = true;
        while (more) {
            more = false;
            for (int row = 0; row < cells(file).size(); row++) {
                boolean before = row == 0 || !cumulative.contains(row - 1);
                boolean here = !cumulative.contains(row);
                boolean count = !unknown.contains(row);
                if (before && here && !count) {
                    unknown.remove(row);
                    worked.add(row);
                    more = true;
                } else if (count && here != before) {
                    cumulative.remove(here ? row - 1 : row);
                    more = true;
                }
            }
        }
        return worked;
    }
}
