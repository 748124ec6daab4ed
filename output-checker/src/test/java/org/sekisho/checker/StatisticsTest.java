package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.checker.policy.RulePackParser;
import org.sekisho.checker.policy.RulePacks;

/** Statistics other than counts and sums, in tables as people submit them. */
class StatisticsTest extends SubmittedFiles {
    private static final String OLS = """
                                    OLS Regression Results
            ==============================================================================
            Dep. Variable:                   cost   R-squared:                       0.894
            Model:                            OLS   Adj. R-squared:                  0.893
            Date:                Thu, 26 Nov 2026   Prob (F-statistic):               0.00
            Time:                        10:11:12   Log-Likelihood:                -14495.
            No. Observations:              %6d   AIC:                         2.900e+04
            Df Residuals:                  %6d   BIC:                         2.902e+04
            Df Model:                           3
            ==============================================================================
                             coef    std err          t      P>|t|      [0.025      0.975]
            ------------------------------------------------------------------------------
            const       3.01e+05    5.33e+05      0.565      0.572   -7.45e+05    1.35e+06
            age           0.8846      0.025     35.956      0.000       0.836       0.933
            grants        0.0120      0.001      9.120      0.000       0.009       0.014
            ==============================================================================
            """;

    @Test
    void refusesAModelThatLeavesFewDegreesOfFreedom() {
        text("ols.txt", OLS.formatted(10, 6));
        var judgement = judge("ols.txt");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(of(judgement, "degrees-of-freedom"))
                .allSatisfy(finding -> assertThat(finding.message().en()).contains("line 8", "< 10"))
                .allSatisfy(finding -> assertThat(
                                finding.message().en() + finding.message().ja())
                        .doesNotContainPattern("\\b6\\b"))
                .anySatisfy(finding -> assertThat(finding.evidence().en()).contains("Value 6"));
    }

    @Test
    void takesNeitherTheTimeNorPValuesOfAModelForCounts() {
        text("ols.txt", OLS.formatted(811, 807));
        var judgement = judge("ols.txt");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.findings()).noneMatch(finding -> finding.severity() == Severity.FAIL);
        assertThat(of(judgement, "regression")).isNotEmpty();
        assertThat(judgement.amended()).isEmpty();
    }

    @Test
    void seesAModelInANotebookWhetherAsTextOrAsHtml() {
        var html =
                "<table class=\\\"simpletable\\\"><tr><th>No. Observations:</th><td>    10</td><th>  AIC:</th><td>58.1</td></tr>"
                        + "<tr><th>Df Residuals:</th><td>     6</td><th>  BIC:</th><td>59.3</td></tr></table>";
        for (var data :
                List.of("\"text/html\": \"" + html + "\"", "\"text/plain\": \"Df Residuals:      6   BIC: 59.3\"")) {
            text(
                    "n.ipynb",
                    "{\"nbformat\": 4, \"nbformat_minor\": 5, \"metadata\": {}, \"cells\": [{\"cell_type\": \"code\","
                            + " \"execution_count\": 1, \"metadata\": {}, \"source\": \"m.summary()\", \"outputs\": [{\"output_type\":"
                            + " \"execute_result\", \"execution_count\": 1, \"metadata\": {}, \"data\": {" + data
                            + "}}]}]}");
            assertThat(judge("n.ipynb").verdict()).as(data).isEqualTo(Verdict.REFUSE);
            assertThat(of(judge("n.ipynb"), "degrees-of-freedom")).as(data).isNotEmpty();
        }
    }

    @Test
    void seesAModelPastedIntoMarkdownAndTheNumberInACaption() {
        text("r.md", "Table 1 (n = 4)\n\n| | |\n|---|---|\n| Df Residuals: | 5 |\n| R-squared: | 0.99991 |\n");
        assertThat(rules(judge("r.md"))).contains("degrees-of-freedom", "saturated-model", "small-number-in-text");
    }

    @Test
    void judgesATableOfModelsByItsDegreesOfFreedom() {
        text("glance.csv", "model,r.squared,df.residual,nobs\nsmall,0.91,6.0,10\nlarge,0.89,806.5,811\n");
        var judgement = judge("glance.csv");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(of(judgement, "degrees-of-freedom"))
                .extracting(Finding::where)
                .containsExactly(Where.cell(1, "df.residual"));
    }

    @Test
    void judgesASummaryPastedIntoACsv() {
        text("s.csv", "statistic,value\nNo. Observations,10\nDf Residuals,6\nR-squared,0.71\n");
        assertThat(of(judge("s.csv"), "degrees-of-freedom")).hasSize(1);
        assertThat(judge("s.csv").verdict()).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void judgesPercentilesThatStandInRows() {
        text("q.csv", "quantile,n,value\n0.05,120,21.5\n0.5,120,61.0\n0.95,120,88.5\n1,120,104.0\n");
        assertThat(of(judge("q.csv"), "percentile"))
                .extracting(Finding::where)
                .containsExactlyInAnyOrder(Where.cell(0, "value"), Where.cell(2, "value"));
        assertThat(of(judge("q.csv"), "extreme")).extracting(Finding::where).containsExactly(Where.row(3));
    }

    @ParameterizedTest
    @CsvSource({"10, false", "9, true", "1, true", "0, false"})
    void judgesStepsOfAPrintedSurvivalTable(int events, boolean unsafe) {
        text("km.txt", kaplanMeier(events));
        assertThat(rules(judge("km.txt")).contains("survival-step")).isEqualTo(unsafe);
        assertThat(judge("km.txt").verdict()).isEqualTo(unsafe ? Verdict.REFUSE : Verdict.REFER);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            time,n_risk,n_event\\n30,400,12\\n60,388,12\\n90,380,12        | row 2 n_risk: 8 fewer
            時間,リスク集合,イベント数\\n30,400,12\\n60,388,9\\n90,370,12  | few events, in Japanese
            time,at_risk,survival\\n30,400,0.97\\n60,380,0.9675\\n90,350,0.9 | the curve says one event
            time,n_risk,n_event,n_censor\\n30,400,12,3\\n60,385,12,20       | few lost
            event_at,removed,observed,censored,at_risk\\n30,15,12,3,400\\n60,20,20,0,385 | few lost, as lifelines has it
            time,n_risk,n_event\\n30,40,12\\n60,8,0                         | few at risk
            """)
    void findsFewPersonsInAnyPartOfASurvivalTable(String table, String why) {
        text("km.csv", table.replace("\\n", "\n") + "\n");
        assertThat(rules(judge("km.csv"))).as(why).contains("survival-step");
    }

    @Test
    void asksForTheNumbersBehindASurvivalCurve() {
        text("km.csv", "time,survival\n30,0.97\n60,0.93\n90,0.87\n");
        assertThat(rules(judge("km.csv"))).contains("survival-unknown");
    }

    @Test
    void hidesPercentilesBeyondWhichFewLieAndRefusesExtremes() {
        text("q.csv", "area,n,p5,median,p95\nA,120,21.5,61.5,88.5\nB,450,22.5,60.5,89.5\nC,19,30.5,62.5,80.5\n");
        var judgement = judge("q.csv");
        assertThat(of(judgement, "percentile"))
                .extracting(Finding::where)
                .containsExactlyInAnyOrder(
                        Where.cell(0, "p5"),
                        Where.cell(0, "p95"),
                        Where.cell(2, "p5"),
                        Where.cell(2, "median"),
                        Where.cell(2, "p95"));
        assertThat(read("amended-q.csv")).contains("A,-,-,-,-\n", "C,-,-,-,-\n", "B,450,");
        text("x.csv", "地域,人数,最大値\n東京,120,101\n大阪,450,104\n");
        assertThat(judge("x.csv").verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(rules(judge("x.csv"))).contains("extreme");
    }

    @Test
    void refersExtremesWhereThePackDoes() {
        var pack = shipped().replaceFirst("value: refuse", "value: review");
        var checker = OutputChecker.with(RulePackParser.parse("my.yaml", pack));
        text("x.csv", "area,n,max\nA,120,101\nB,450,104\n");
        assertThat(checker.judgeFiles(submitted, List.of("x.csv"), leaving).verdict())
                .isEqualTo(Verdict.REFER);
    }

    @Test
    void judgesWhatDescribePrintsByItsCount() {
        text("d.txt", """
                             age
                count   7.000000
                mean   64.142857
                std    11.510864
                min    45.000000
                25%    57.500000
                50%    66.000000
                75%    71.500000
                max    80.000000
                """);
        var judgement = judge("d.txt");
        assertThat(rules(judgement))
                .contains("minimum-persons", "percentile", "extreme")
                .doesNotContain("numbers-in-text");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void judgesTheOneLineThatSummaryPrints() {
        text(
                "s.txt",
                "   Min. 1st Qu.  Median    Mean 3rd Qu.    Max. \n  18.00   31.00   45.00   47.22   61.00  104.00 \n");
        assertThat(rules(judge("s.txt"))).contains("extreme");
        assertThat(of(judge("s.txt"), "minimum-persons")).isEmpty();
    }

    /** Japanese letters take twice the room, so that names do not stand over their columns. */
    @Test
    void readsNamesOfColumnsThatJapaneseLettersPushAside() {
        text(
                "j.txt",
                "群       n   平均     標準偏差  最小値  最大値\n男性    80   61.2     10.1      45      80\n女性   120   60.1      9.2      21     101\n");
        assertThat(of(judge("j.txt"), "extreme"))
                .extracting(Finding::where)
                .contains(Where.column("最小値"), Where.column("最大値"));
    }

    @Test
    void refersTheResidualsThatEveryModelOfRPrints() {
        text(
                "s.txt",
                "Residuals:\n    Min      1Q  Median      3Q     Max \n-12.100  -3.200  -0.110   2.910  44.021 \n");
        assertThat(judge("s.txt").verdict()).isEqualTo(Verdict.REFER);
        assertThat(rules(judge("s.txt"))).contains("measure-for-review").doesNotContain("extreme");
    }

    @Test
    void judgesSharesByTheirPartsUnlessTheyAreOfTheTotal() {
        text("p.csv", "area,n,pct_of_total,pct_dead\nA,120,20.4,2.5\nB,450,76.5,12.2\nC,18,3.1,50.0\n");
        assertThat(of(judge("p.csv"), "share"))
                .extracting(Finding::where)
                .containsExactlyInAnyOrder(Where.cell(0, "pct_dead"), Where.cell(2, "pct_dead"));
        text("r.csv", "地域,人数,死亡割合\n東京,120,0.025\n大阪,450,0.122\n");
        assertThat(rules(judge("r.csv"))).contains("share");
    }

    @Test
    void findsPerfectCorrelationsAndAsksForTheirNumber() {
        text("c.csv", ",age,los,points\nage,1.0,0.42,0.31\nlos,0.42,1.0,-0.9999\npoints,0.31,-0.9999,1.0\n");
        var judgement = judge("c.csv");
        assertThat(of(judgement, "correlation"))
                .filteredOn(finding -> finding.severity() == Severity.FAIL)
                .extracting(Finding::where)
                .containsExactlyInAnyOrder(Where.cell(1, "points"), Where.cell(2, "los"));
        assertThat(of(judgement, "correlation")).anyMatch(finding -> finding.severity() == Severity.REVIEW);
        text("k.csv", "pair,n,corr\nage and los,12,0.42\nage and cost,9,0.31\n");
        assertThat(of(judge("k.csv"), "correlation")).extracting(Finding::where).contains(Where.cell(0, "corr"));
    }

    @Test
    void provesFromAConfidenceIntervalThatACountBehindAnOddsRatioIsSmall() {
        text("or.csv", "exposure,odds_ratio,ci_lower,ci_upper\ndiabetes,12.4,0.9,170.1\nsmoker,2.1,1.7,2.6\n");
        assertThat(of(judge("or.csv"), "odds-ratio"))
                .extracting(Finding::where)
                .containsExactly(Where.cell(0, "odds_ratio"));
    }

    @Test
    void refersEdgesOfBinsThatMayBeValuesOfPersons() {
        text("h.csv", "bin_start,bin_end,count\n17.9,28.3,120\n28.3,38.7,450\n38.7,49.1,230\n");
        assertThat(rules(judge("h.csv"))).contains("histogram-edges");
        text("r.csv", "from,to,count\n0,10,120\n10,20,450\n20,30,230\n");
        assertThat(rules(judge("r.csv"))).doesNotContain("histogram-edges", "minimum-persons");
        text("c.csv", "age,count\n\"(17.919, 28.3]\",120\n\"(28.3, 38.6]\",450\n");
        assertThat(rules(judge("c.csv"))).contains("histogram-edges");
    }

    @Test
    void refersCountsByWeightAndCountsByAnotherName() {
        text("w.csv", "area,weighted_n\nA,1200.5\nB,4000.5\n");
        text("w2.csv", "area,weighted_n\nA,1200\nB,4000\n");
        assertThat(rules(judge("w2.csv"))).contains("weighted-count");
        text("b.csv", "area,rate,mean\nA,3,4\nB,12,7\nC,5,9\n");
        assertThat(of(judge("b.csv"), "count-by-another-name"))
                .extracting(Finding::where)
                .containsExactly(Where.column("rate"), Where.column("mean"));
        assertThat(judge("w.csv").verdict()).isEqualTo(Verdict.REFER);
    }

    @Test
    void findsClassesWhereThePackAsks() {
        var ehds = OutputChecker.with(RulePacks.load("ehds"));
        text("c.csv", "area,recovered,died,total\nA,400,10,410\nB,495,9,504\n");
        var judgement = ehds.judgeFiles(submitted, List.of("c.csv"), leaving);
        assertThat(of(judgement, "class-disclosure"))
                .extracting(Finding::where)
                .containsExactly(Where.cell(1, "recovered"));
        assertThat(rules(judge("c.csv"))).doesNotContain("class-disclosure");
    }

    @Test
    void neverSaysMoreThanTheThresholdToTheAuthor() {
        text("q.csv", "area,n,median,pct_dead\nA,17,61.5,23.5\nB,450,60.5,50.2\n");
        assertThat(judge("q.csv").findings())
                .filteredOn(finding -> finding.severity() == Severity.FAIL)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(
                                finding.message().ja() + finding.message().en())
                        .doesNotContain("17")
                        .doesNotContain("23.5"));
    }

    private static String kaplanMeier(int events) {
        return """
            Call: survfit(formula = Surv(time, status) ~ sex, data = lung)

                            sex=1
             time n.risk n.event survival std.err lower 95%% CI upper 95%% CI
              100    400      12   0.9700  0.0124       0.9542        0.990
              200    388      18   0.9250  0.0143       0.9034        0.941
              300    370      %2d   0.9000  0.0174       0.8831        0.921
            """.formatted(events);
    }

    private static Stream<Finding> found(Judgement judgement, Predicate<Finding> wanted) {
        return judgement.findings().stream().filter(wanted);
    }

    private static List<Finding> of(Judgement judgement, String rule) {
        return found(judgement, finding -> finding.rule().equals(rule)).toList();
    }

    private static List<String> rules(Judgement judgement) {
        return found(judgement, _ -> true).map(Finding::rule).distinct().toList();
    }

    private static String shipped() {
        return Samples.read(Path.of("src/main/resources/org/sekisho/checker/policy/ndb.yaml"));
    }
}
