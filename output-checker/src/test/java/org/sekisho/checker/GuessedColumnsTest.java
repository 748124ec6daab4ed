package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts that look like something else, and something else that looks like counts. */
class GuessedColumnsTest extends SubmittedFiles {
    @Test
    void oneEmptyCellOfAPivotTableKeepsNoCountFromBeingJudged() {
        text("pivot.txt", """
                sex        F      M
                area
                Tokyo    3.0  120.0
                Osaka    NaN   60.0
                Kyoto   55.0   40.0
                """);
        var judgement = judge("pivot.txt");
        assertThat(rules(judgement)).contains("minimum-persons").doesNotContain("not-a-number");
        assertThat(read("amended-pivot.txt"))
                .doesNotContain("3.0", "NaN")
                .contains("Tokyo", "Osaka", "Kyoto   55.0   40.0");
    }

    @Test
    void whatPandasPrintsForNoNumberIsJudgedLikeTheEmptyFieldThatItWrites() {
        for (var nothing : List.of("NaN", "")) {
            text("t.csv", "area,f,m,all\nA,3.0,120,123\nB," + nothing + ",60,60\nC,55.0,40,95\n");
            var judgement = judge("t.csv");
            assertThat(rules(judgement)).contains("minimum-persons").doesNotContain("not-a-number");
            assertThat(judgement.evidence().audit().exactlyComputable()).isZero();
            assertThat(read("amended-t.csv")).as(nothing).contains("A,-,-,123\n");
        }
    }

    @Test
    void aColumnOfNothingButNaNIsNoCount() {
        text("t.csv", "area,n,x\nA,120,NaN\nB,400,NaN\n");
        assertThat(rules(judge("t.csv"))).contains("not-a-number", "measure-for-review");
    }

    @Test
    void monthsSideBySideAreJudgedLikeTheirSum() {
        text("t.csv", "地域,4月,5月,6月,計\nA,120,3,150,273\nB,80,95,4,179\nC,400,410,420,1230\n");
        assertThat(of(judge("t.csv"), "minimum-persons"))
                .extracting(Finding::where)
                .containsExactly(Where.cell(0, "5月"), Where.cell(1, "6月"));
        assertThat(read("amended-t.csv")).doesNotContain(",3,").doesNotContain(",4,");
    }

    /** In place of one count. */
    @ParameterizedTest
    @ValueSource(strings = {"3*", "-３人", "03", "③", "三", "~3", "3?", "1-9", "1’234", "−3", "約3", "不明", "3 ※"})
    void oneWordAmongNumbersDoesNotKeepTheOthersFromBeingLookedAt(String word) {
        text("t.csv", "area,cases,deaths\nA,120,4\nB,80," + word + "\nC,400,12\n");
        var judgement = judge("t.csv");
        assertThat(of(judgement, "numbers-in-text")).as(word).singleElement().satisfies(finding -> {
            assertThat(finding.where()).isEqualTo(Where.column("deaths"));
            assertThat(finding.message().en()).contains("(row 2)");
            assertThat(finding.message().ja()).contains("2 行目");
        });
        text("u.csv", "area,x,y\nA,120,4\nB,80," + word + "\nC,400,12\n");
        assertThat(rules(judge("u.csv"))).as(word).contains("numbers-in-text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"−", "―", "なし", "該当なし", "秘匿", "<NA>", "None"})
    void aWordForNoneOrHiddenStandsForANumber(String mark) {
        text("t.csv", "area,cases,deaths\nA,120,3\nB,80," + mark + "\nC,400,12\n");
        var judgement = judge("t.csv");
        assertThat(of(judgement, "minimum-persons")).extracting(Finding::where).contains(Where.cell(0, "deaths"));
        assertThat(read("amended-t.csv")).isEqualTo("area,cases,deaths\nA,-,-\nB,-,-\nC,400,12\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~4,~120", "4?,120?", "4*,120*", "4†,120†", "約4,約120", "4’000,1’200", "四,百二十", "004,120"})
    void numbersThatAreAllWrittenAsTextAreReferred(String words) {
        var each = words.split(",");
        text("t.csv", "area,cases,deaths\nA,120," + each[0] + "\nB,80," + each[1] + "\n");
        assertThat(of(judge("t.csv"), "numbers-in-text"))
                .extracting(Finding::where)
                .containsExactly(Where.column("deaths"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code,name,n\n01100,札幌,120\n13101,千代田,400\n",
                "code,name,n\n01,北海道,120\n02,青森,400\n計,全国,520\n",
                "jis,name,n\n01,北海道,120\n02,青森,400\n",
                "年齢,性別,n\n20,男,120\n20,女,130\n30,男,400\n計,男,520\n",
                "age,n\n98,120\n99,400\n100+,90\n",
                "age,label,n\n0,baby,120\n1-4,child,400\n5,more,90\n",
                "year,n\n2019,120\n2020,400\nTotal,520\n",
                "年度,地域,n\n令和元,A,120\n2,A,400\n3,A,90\n",
                "要介護度,n\n1,120\n2,400\n計,520\n",
                "area,要介護度,n\nA,1,120\nA,要支援,400\nB,1,90\nB,要支援,70\n",
                "group,n\n一,120\n二,400\n",
                "icd10,name,n\n250,x,120\nE11,y,400\n",
                "day,n\n2020-01-01,120\n2020-01-02,400\n"
            })
    void labelsWithDigitsAreNoNumbersInText(String csv) {
        text("t.csv", csv.replace("\\n", "\n"));
        assertThat(rules(judge("t.csv"))).as(csv).doesNotContain("numbers-in-text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "患者氏名",
                "氏名",
                "受診者ID",
                "利用者番号",
                "ID1",
                "id1n",
                "ID2",
                "生年月日",
                "date_of_birth",
                "dob",
                "カルテ番号",
                "last_name",
                "patient_name",
                "症例番号"
            })
    void aListOfPersonsIsRefusedByTheNameOfItsColumn(String name) {
        var csv = new StringBuilder(name + ",性別,年齢,点数\n");
        for (int row = 0; row < 30; row++) {
            csv.append("p")
                    .append(row)
                    .append(row % 2 == 0 ? ",男," : ",女,")
                    .append(40 + row % 9 + "," + (1000 + 37 * row) + "\n");
        }
        text("t.csv", csv.toString());
        assertThat(rules(judge("t.csv"))).contains("row-level");
        assertThat(judge("t.csv").verdict()).isEqualTo(Verdict.REFUSE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prefecture_id",
                "facility_id",
                "施設ID",
                "医療機関コード",
                "保険者番号",
                "category_id",
                "生年",
                "birth_year",
                "受診者区分",
                "利用者負担区分コード",
                "drug_name",
                "病名",
                "都道府県名",
                "id_type"
            })
    void aTableByPlaceOrKindIsNoListOfPersons(String name) {
        text("t.csv", name + ",n\n1101,120\n1202,400\n1305,90\n");
        assertThat(rules(judge("t.csv"))).doesNotContain("row-level");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base",
                "Base N",
                "denominator",
                "N",
                "母数",
                "対象者",
                "対象者数",
                "died",
                "deaths",
                "死亡",
                "死亡数",
                "総数",
                "n_base",
                "分母"
            })
    void aBaseThatIsTheSameInSeveralRowsIsJudged(String name) {
        text("t.csv", "area,outcome,pct," + name + "\nA,died,25,4\nA,alive,75,4\nB,died,10,100\nB,alive,90,100\n");
        assertThat(of(judge("t.csv"), "minimum-persons"))
                .extracting(Finding::where)
                .contains(Where.cell(0, name), Where.cell(1, name));
    }

    @Test
    void aNumberThatGroupsLabelsStaysALabel() {
        text("t.csv", "town,sex,block,n\nA,m,1,120\nA,f,1,130\nB,m,2,400\nB,f,2,410\n");
        assertThat(rules(judge("t.csv"))).doesNotContain("minimum-persons");
    }

    private static List<Finding> of(Judgement judgement, String rule) {
        return judgement.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
    }

    private static List<String> rules(Judgement judgement) {
        return judgement.findings().stream().map(Finding::rule).toList();
    }
}
