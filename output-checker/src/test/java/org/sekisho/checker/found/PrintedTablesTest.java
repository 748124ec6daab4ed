package org.sekisho.checker.found;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as programmes print them, and prose that must not be taken for one. */
class PrintedTablesTest {
    @Test
    void readsWhatStataTabulatesWithItsTotal() {
        assertThat(table("""
                        sex |      Freq.     Percent        Cum.
                ------------+-----------------------------------
                          F |          3        2.44        2.44
                          M |        120       97.56      100.00
                ------------+-----------------------------------
                      Total |        123      100.00
                """)).startsWith("sex=F,M,Total", "Freq.=3,120,123").hasSize(4);
    }

    @Test
    void readsAFrameThatPolarsPrinted() {
        assertThat(table("""
                shape: (2, 2)
                ┌─────┬─────┐
                │ sex ┆ n   │
                │ --- ┆ --- │
                │ str ┆ i64 │
                ╞═════╪═════╡
                │ F   ┆ 3   │
                │ M   ┆ 120 │
                └─────┴─────┘
                """)).containsExactly("sex=F,M", "n=3,120");
    }

    @Test
    void readsATableThatDuckDbPrinted() {
        assertThat(table("""
                ┌─────────┬───────┐
                │   sex   │   n   │
                │ varchar │ int64 │
                ├─────────┼───────┤
                │ F       │     3 │
                │ M       │   120 │
                └─────────┴───────┘
                """)).containsExactly("sex=F,M", "n=3,120");
    }

    @Test
    void readsMarkdownWithTheCountInFront() {
        assertThat(table("| n | sex |\n|---|---|\n| 3 | F |\n| 120 | M |\n")).containsExactly("n=3,120", "sex=F,M");
    }

    @Test
    void readsMarkdownWithAWordAmongTheNumbers() {
        assertThat(table("| area | n |\n|---|---|\n| 大阪 | なし |\n| 東京 | 3 |\n| 神戸 | なし |\n| 京都 | 12 |\n| 奈良 | 40 |\n"))
                .first()
                .isEqualTo("area=大阪,東京,神戸,京都,奈良");
    }

    @Test
    void readsMarkdownLabelsOfSeveralWordsThatAreNotAligned() {
        assertThat(table("| area | n |\n|---|---|\n| New York | 3 |\n| Tokyo | 120 |\n"))
                .containsExactly("area=New York,Tokyo", "n=3,120");
    }

    @Test
    void readsOneRowOfMarkdown() {
        assertThat(table("| F | M |\n|---|---|\n| 3 | 120 |\n")).containsExactly("F=3", "M=120");
    }

    @Test
    void readsCountsBeforeWhatTheyCount() {
        assertThat(table("    120 Osaka\n      3 New York\n     40 20-29\n"))
                .containsExactly("n=120,3,40", "column 2=Osaka,New York,20-29");
        assertThat(table("      1 Tokyo\n      2 Osaka\n")).startsWith("n=1,2");
    }

    @Test
    void readsATableOfOneDimensionThatRPrinted() {
        assertThat(table("x\n\n  F   M   U \n  3 120  40 \n")).containsExactly("F=3", "M=120", "U=40");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1. First\n2. Second\n3. Third\n",
                "1 First\n2 Second\n3 Third\n",
                "7 Methods\n8 Results\n",
                "2019 Tokyo\n2020 Osaka\n2024 Kyoto\n",
                "In 2019\nwe began, and by\nthe end of 2020 all was done.\n",
                "12:30:01 start\n12:30:05 stop\n",
                "2024-01-01 12:30:01 INFO read 12 files\n2024-01-01 12:30:05 INFO wrote 3 files\n",
                "We saw 12 towns in 3 regions, and of these towns\n120 were larger than the others that we saw in the\n3 regions of the north.\n",
                "12 towns were seen.\n30 towns were not.\n",
                "The value of a | b is 3 of 7\nand that is all\n",
                "F M U\nwere 3 kinds\n",
                "one two\n2019 2020 2021\n",
                "| name | meaning |\n|---|---|\n| n | number of persons |\n| age | in years |\n"
            })
    void takesProseForNoTable(String prose) {
        assertThat(TextTables.in(prose).tables()).isEmpty();
    }

    @Test
    void doesNotTakeNamesThatAreNumbersForARow() {
        assertThat(table("| area | 2020 |\n|---|---|\n| A | 3 |\n| B | 120 |\n"))
                .containsExactly("area=A,B", "2020=3,120");
    }

    private static List<String> table(String text) {
        var found = TextTables.in(text).tables();
        assertThat(found).hasSize(1);
        return FoundTablesTest.columns(found.getFirst().table());
    }
}
